// The list of stories by keyboard: the focus goes from title to title, and the letters act there.
import { stepFrom, within } from "./find.js";
import { register } from "./keys.js";

const wired = new WeakSet();
let acted = ""; // the story whose button was pressed last

const rows = () => [...document.querySelectorAll("[data-stories] [data-story-row]")];
const current = () => document.activeElement?.closest?.("[data-story-row]");

function step(by) {
  const row = stepFrom(rows(), current(), by);
  const link = row?.querySelector("[data-open]");
  link?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

const actions = {
  j: () => step(1),
  k: () => step(-1),
  m: () => current()?.querySelector("[data-seen-button]").click(),
  "/": () => document.querySelector("[role=search] [name=q]")?.select(),
};

export function init(root) {
  for (const list of within(root, "[data-stories]")) {
    if (wired.has(list)) continue;
    wired.add(list);
    for (const [key, action] of Object.entries(actions)) register(key, action);
    list.addEventListener("submit", (event) => {
      const row = event.target.closest("[data-story-row]");
      const from = row.contains(document.activeElement) && document.activeElement;
      acted = from?.matches("[data-seen-button]") ? row.dataset.storyRow : "";
    });
  }
  if (root === document.body || document.activeElement !== document.body) return;
  // the changed row came back new: the focus stays on its button, else on its title
  const row = within(root, "[data-story-row]")[0];
  if (!row) return;
  row.querySelector(row.dataset.storyRow === acted ? "[data-seen-button]" : "[data-open]").focus();
}
