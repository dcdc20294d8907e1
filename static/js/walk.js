// Selecting sentence by sentence: with keys, or with the buttons of the bar.
import { within } from "./find.js";
import { register } from "./keys.js";
import { clear, mayMark, select, selected } from "./selection.js";
import { sentencesOf } from "./sentences.js";
import { current as openTab } from "./tabs.js";

let listening = false;

function focusedColumn() {
  const focused = document.activeElement?.closest?.("[data-article]")?.dataset.article;
  const article = focused ?? selected()?.column.closest("[data-article]").dataset.article ?? openTab();
  const columns = [...document.querySelectorAll("[data-article] [data-column-text]")];
  const own = columns.find((text) => text.closest("[data-article]").dataset.article === article);
  return own ?? columns[0];
}

// The sentence before or behind what is selected; without a selection the first that is in view.
function step(by, column = focusedColumn()) {
  if (!mayMark() || !column) return;
  const sentences = sentencesOf(column);
  const own = selected()?.column === column ? selected() : null;
  let next;
  if (own) {
    next = by > 0
      ? sentences.find(({ start }) => start >= own.end)
      : sentences.findLast(({ end }) => end <= own.start);
  } else {
    const top = Math.max(column.getBoundingClientRect().top, 0);
    next = sentences.find(({ element }) => element.getBoundingClientRect().bottom > top + 8);
  }
  if (next) select({ version: column.dataset.version, ...next }, { spoken: true });
}

function extend() {
  const own = selected();
  if (!own) return step(1);
  const next = sentencesOf(own.column).find(({ end }) => end > own.end);
  if (next) select({ ...own, end: next.end }, { spoken: true });
}

const actions = { next: () => step(1), previous: () => step(-1), extend, clear };

export function init(root) {
  for (const tools of within(root, "[data-selection-bar]")) {
    tools.addEventListener("click", (event) => {
      actions[event.target.closest("[data-select]")?.dataset.select]?.();
    });
  }
  // a way in for those who neither drag nor type: it selects the first sentence in view
  for (const link of within(root, "[data-mark-here]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.closest("details").open = false;
      step(1, link.closest("[data-article]").querySelector("[data-column-text]"));
    });
  }
  if (listening || !mayMark()) return;
  listening = true;
  register("s", () => step(1));
  register("S", () => step(-1));
  register("x", extend);
}
