// 1 to 4 open the views of a story, by the links of its tabs.
import { register } from "./keys.js";

const VIEWS = { 1: "compare", 2: "matrix", 3: "timeline", 4: "report" };
let listening = false;

function open(view) {
  document.querySelector(`[data-view="${view}"]:not([aria-current])`)?.click();
}

export function init() {
  if (listening || !document.querySelector("[data-view]")) return;
  listening = true;
  for (const [key, view] of Object.entries(VIEWS)) register(key, () => open(view));
}
