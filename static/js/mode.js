// Quiet or thorough: the switch by key, and not while something is being typed that it would lose.
import { plain } from "./address.js";
import { within } from "./find.js";
import { register } from "./keys.js";
import { say } from "./status.js";
import { unsaved } from "./unsaved.js";

const wired = new WeakSet();
let listening = false;

// The switch leads back to the point and the flag that are chosen now, not to those of the page's start.
function keepPlace(form) {
  const point = document.querySelector("[data-point-list] [data-point][aria-current]")?.dataset.point;
  if (!point || !form?.hasAttribute("hx-push-url")) return;
  const flag = document.querySelector("[data-discrepancy][aria-current]")?.dataset.discrepancy;
  const [path, query] = form.elements.next.value.split("?");
  const asked = new URLSearchParams(query);
  asked.delete("point");
  const layout = asked.size ? plain(`&${asked}`) : "";
  const thorough = form.querySelector('[value="thorough"]') ? "&mode=thorough" : "";
  form.elements.next.value = `${path}?point=${point}${flag ? `&flag=${flag}` : ""}${layout}`;
  form.setAttribute("hx-push-url", `${path}?point=${point}${layout}${thorough}`);
}

function held(event) {
  keepPlace(event.target.closest("form"));
  const page = document.querySelector("#comparison, [data-review]");
  if (!page || !unsaved(page)) return;
  event.preventDefault();
  event.stopPropagation();
  say(event.currentTarget.dataset.unsaved, { seen: true });
}

export function init(root) {
  for (const box of within(root, "[data-mode-switch]")) {
    if (wired.has(box)) continue;
    wired.add(box);
    box.addEventListener("click", held, { capture: true });
  }
  if (listening || !document.querySelector("[data-mode-switch]")) return;
  listening = true;
  register("t", () => {
    document.querySelector('[data-mode-switch] [aria-pressed="false"]')?.click();
  });
}
