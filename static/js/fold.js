// Folds the rail of points and the strip of evidence away, and remembers it in this browser.
import { within } from "./find.js";
import { narrow } from "./align.js";

const wired = new WeakSet();
const root = document.documentElement;

function show(panel, folded) {
  root.toggleAttribute(`data-fold-${panel}`, folded);
  for (const button of document.querySelectorAll(`[data-fold-button="${panel}"]`)) {
    button.setAttribute("aria-expanded", String(!folded));
  }
}

export function toggle(panel) {
  if (!document.querySelector(`[data-fold-button="${panel}"]`)) return;
  const folded = !root.hasAttribute(`data-fold-${panel}`);
  show(panel, folded);
  if (narrow.matches) return; // there a fold makes room for a moment, and is no setting
  try {
    localStorage.setItem(`parallax-fold-${panel}`, folded ? "folded" : "open");
  } catch {
    // storage is switched off: the fold lasts as long as the page
  }
}

// On a narrow screen the open list hides the reports: it closes once a point is chosen from it.
export function closeList() {
  if (narrow.matches) show("points", true);
}

export function init(part) {
  for (const button of within(part, "[data-fold-button]")) {
    const panel = button.dataset.foldButton;
    button.hidden = false;
    show(panel, root.hasAttribute(`data-fold-${panel}`));
    if (wired.has(button)) continue;
    wired.add(button);
    button.addEventListener("click", () => toggle(panel));
  }
}
