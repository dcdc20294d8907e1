// The queue by keyboard: from flag to flag, and to the flag's point on its page.
import { current, makeCurrent } from "./decide.js";
import { stepFrom } from "./find.js";
import { register } from "./keys.js";

const link = (row) => row?.querySelector("[data-queue-open]");
let listening = false;

function step(by) {
  const next = stepFrom([...document.querySelectorAll("[data-queue-row]")], current(), by);
  if (!next) return;
  makeCurrent(next);
  link(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// A link that has the focus opens by itself; elsewhere Enter opens the current row's.
function onKey(event) {
  const free = [document.body, current()].includes(document.activeElement);
  if (event.key === "Enter" && free && !document.querySelector("dialog[open]")) link(current())?.click();
}

export function init() {
  if (listening || !document.querySelector("[data-review]")) return;
  listening = true;
  register("j", () => step(1));
  register("k", () => step(-1));
  document.addEventListener("keydown", onKey);
}
