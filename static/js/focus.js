// Focus mode: all but the claims is dimmed, or folded away. It stands in the address.
import { read, write } from "./address.js";
import { alignAgain } from "./align.js";
import { within } from "./find.js";
import { foldText, listen, unfoldText } from "./fold-text.js";
import { register } from "./keys.js";
import { say } from "./status.js";
import { word } from "./words.js";

const MODES = ["", "dim", "fold"];
const LINKS = '[data-layout-set="focus"]';
let listening = false;

function mode() {
  const wanted = read("focus");
  return MODES.includes(wanted) ? wanted : "";
}

function shown(links, now) {
  for (const link of links) {
    const on = (link.dataset.value ?? "") === now;
    if (link.hasAttribute("aria-pressed")) link.setAttribute("aria-pressed", String(on));
    else if (on) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function apply(root, now) {
  const story = document.querySelector("[data-story]");
  if (now) story.dataset.focus = now;
  else delete story.dataset.focus;
  for (const text of within(root, "[data-column-text]")) {
    if (now === "fold") foldText(text);
    else unfoldText(text);
  }
  shown(document.querySelectorAll(LINKS), now);
}

function set(now) {
  write("focus", now);
  apply(document, now);
  alignAgain();
  say(word({ "": "focusOff", dim: "focusDim", fold: "focusFold" }[now]));
}

function onClick(event) {
  const link = event.target.closest(LINKS);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  set(link.dataset.value ?? "");
}

export function init(root) {
  if (!document.querySelector("[data-story]")) return;
  if (within(root, `[data-column-text], ${LINKS}`).length) apply(root, mode());
  if (listening) return;
  listening = true;
  listen();
  document.addEventListener("click", onClick, { capture: true });
  register("f", () => set(MODES[(MODES.indexOf(mode()) + 1) % MODES.length]));
}
