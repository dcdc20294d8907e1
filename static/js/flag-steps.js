// From flag to flag of a point: by letter from anywhere, by arrow where that scrolls nothing.
import { current, makeCurrent } from "./decide.js";
import { register } from "./keys.js";
import { say } from "./status.js";

const FIELD = "input, textarea, select, dialog, dialog *";
let listening = false;

function step(by) {
  const flags = [...document.querySelectorAll("[data-flag-list] [data-discrepancy]")];
  const next = flags[flags.indexOf(current()) + by];
  if (!next) return false;
  makeCurrent(next);
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function scrolls(element) {
  for (let box = element; box; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight) continue;
    if (box === document.scrollingElement) return true;
    if (["auto", "scroll"].includes(getComputedStyle(box).overflowY)) return true;
  }
  return false;
}

// In a field the arrows belong to the field, in a report's text to its scrolling.
function onArrow(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { target } = event;
  if (!by || target.matches?.(FIELD) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!target.closest?.("[data-flag-list]") && scrolls(target)) return;
  if (step(by)) event.preventDefault();
}

function walk(by) {
  const list = document.querySelector("[data-flag-list]");
  if (!step(by)) say(list?.dataset.noMore, { seen: true });
}

export function init() {
  if (listening || !document.querySelector("[data-columns]")) return;
  listening = true;
  register("n", () => walk(1));
  register("N", () => walk(-1));
  document.addEventListener("keydown", onArrow);
}
