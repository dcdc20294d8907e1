// Quiet or thorough: the switch by key, and not while something is being typed that it would lose.
import { within } from "./find.js";
import { register } from "./keys.js";
import { say } from "./status.js";
import { unsaved } from "./unsaved.js";

const wired = new WeakSet();
let listening = false;

function held(event) {
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
