// Single-letter keys, and the dialog that lists them. A person can switch the letters off.
import { columnTexts, mainMark } from "./align.js";
import { step } from "./choice.js";
import { toggle } from "./fold.js";
import { stepFrom, within } from "./find.js";
import { show } from "./tabs.js";

const wired = new WeakSet();
let listening = false;

function dialog() {
  return document.getElementById("keys");
}

function openKeys() {
  if (!dialog().open) dialog().showModal();
}

// Moves the focus to the report beside the one that has it.
function beside(by) {
  const texts = columnTexts();
  if (!texts.length) return;
  const own = texts.find((text) => text.closest("[data-article]").contains(document.activeElement));
  const text = stepFrom(texts, own, by);
  const column = text.closest("[data-article]");
  show(column.dataset.article);
  column.scrollIntoView({ block: "nearest", inline: "nearest" });
  const mark = mainMark(text); // the number behind the claim that the foot shows
  const badge = [...text.querySelectorAll("[data-choose][aria-current]")].find(
    (link) => mark?.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  (badge ?? text).focus({ preventScroll: true });
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  h: () => beside(-1),
  l: () => beside(1),
  p: () => toggle("points"),
  e: () => toggle("evidence"),
  "?": openKeys,
};

// Another behaviour's single-letter key.
export function register(key, action) {
  actions[key] = action;
}

function onKey(event) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (dialog()?.dataset.keys !== "on" || !Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  actions[event.key]();
}

export function init(root) {
  for (const button of within(root, "[data-open-keys]")) {
    button.hidden = false;
    if (wired.has(button)) continue;
    wired.add(button);
    button.addEventListener("click", openKeys);
  }
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", onKey);
}
