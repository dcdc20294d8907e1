// 1 to 4 open the views of a story, by the links of its tabs. On a phone the row of tabs begins where
// the open one can be seen.
import { register } from "./keys.js";

const VIEWS = { 1: "compare", 2: "matrix", 3: "timeline", 4: "report" };
let listening = false;

function open(view) {
  document.querySelector(`[data-view="${view}"]:not([aria-current])`)?.click();
}

function bringCurrent() {
  const tab = document.querySelector("[data-view][aria-current]");
  if (!tab) return;
  const row = tab.parentElement.getBoundingClientRect();
  const { left, right } = tab.getBoundingClientRect();
  tab.parentElement.scrollLeft += Math.max(0, right - row.right) || Math.min(0, left - row.left);
}

export function init() {
  if (listening || !document.querySelector("[data-view]")) return;
  listening = true;
  bringCurrent();
  for (const [key, view] of Object.entries(VIEWS)) register(key, () => open(view));
}
