// The inbox by keyboard: one entry is current, and the letters press its own buttons.
import { stepFrom, within } from "./find.js";
import { register } from "./keys.js";

const wired = new WeakSet();
let acted = ""; // the entry that the last change was asked for from

const list = () => document.querySelector("[data-inbox]");
const rows = () => [...(list()?.querySelectorAll("[data-entry]") ?? [])];
const current = () => list()?.querySelector("[data-entry][aria-current]") ?? null;

function choose(row, { focus = true } = {}) {
  if (!row) return;
  for (const other of rows()) {
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  if (!focus) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  choose(stepFrom(rows(), current(), by));
}

function press(action) {
  current()?.querySelector(`[data-action="${action}"]`)?.click();
}

// Without a story there is nothing to send to: the first press leads to the list of stories.
function send() {
  const stories = current()?.querySelector("[data-entry-story]");
  if (stories && !stories.value) stories.focus();
  else press("send");
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  s: send,
  x: () => press("aside"),
  u: () => press("back"),
};

function wire(element) {
  for (const [key, action] of Object.entries(actions)) register(key, action);
  element.addEventListener("focusin", (event) => {
    choose(event.target.closest("[data-entry]"), { focus: false });
  });
  element.addEventListener("submit", (event) => {
    acted = event.target.closest("[data-entry]")?.dataset.entry ?? "";
  });
  element.addEventListener("change", (event) => {
    if (!event.target.closest("[data-choose-all]")) return;
    for (const box of element.querySelectorAll("[data-entry-choose]")) box.checked = event.target.checked;
  });
}

export function init(root) {
  for (const element of within(root, "[data-inbox]")) {
    if (wired.has(element)) continue;
    wired.add(element);
    wire(element);
  }
  for (const all of within(root, "[data-choose-all]")) all.hidden = false;
  if (root === document.body) return;
  // the changed entry comes back new: it stays the current one, and keeps the focus it had
  const changed = within(root, "[data-entry]").find((row) => row.dataset.entry === acted);
  if (changed) choose(changed, { focus: document.activeElement === document.body });
}
