// The list of a report's claims by keyboard: one row is current, and the letters act on it.
import { stepFrom, within } from "./find.js";
import { register } from "./keys.js";

const wired = new WeakSet();
let acted = ""; // the row that the last change was asked for from

const list = () => document.querySelector("[data-suggestions]");
const rows = () => [...(list()?.querySelectorAll("[data-suggestion]") ?? [])];
const current = () => list()?.querySelector("[data-suggestion][aria-current]") ?? null;

function choose(row, { focus = true } = {}) {
  for (const other of rows()) {
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  if (!focus || !row) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const row = stepFrom(rows(), current(), by);
  if (row) choose(row);
}

// A letter presses the row's own button: what it does, and whether it may, is decided there.
function press(selector) {
  current()?.querySelector(selector)?.click();
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press('[data-action="accept"]'),
  r: () => press('[data-action="reject"]'),
  u: () => press('[data-action="undo"]'),
  e: () => press("[data-edit]"),
};

function wire(element) {
  for (const [key, action] of Object.entries(actions)) register(key, action);
  element.addEventListener("focusin", (event) => {
    choose(event.target.closest("[data-suggestion]"), { focus: false });
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-suggestion]")) press("[data-edit]");
  });
  element.addEventListener("submit", (event) => {
    acted = event.target.closest("[data-suggestion]")?.dataset.suggestion ?? "";
  });
}

export function init(root) {
  for (const element of within(root, "[data-suggestions]")) {
    if (wired.has(element)) continue;
    wired.add(element);
    wire(element);
  }
  // the changed row comes back new: it stays the current one, and keeps the focus it had
  const changed = within(root, "[data-suggestion]").find((row) => row.dataset.suggestion === acted);
  if (!changed || root === document.body) return;
  choose(changed, { focus: document.activeElement === document.body });
}
