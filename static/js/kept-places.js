// Where the columns stand, to give it back to them: their places in their texts, which paragraphs are
// folded, the row of columns, the open tab. A column that the person scrolls meanwhile stays there.
import { columnTexts, isLeft, rejoin } from "./align.js";
import { onHand } from "./by-hand.js";
import { foldedLines, setLine } from "./fold-text.js";
import { drawNear } from "./near.js";
import { current, show } from "./tabs.js";

const wired = new WeakSet();
let kept = new Map(); // column -> what stands at its top, and how far from there

function letGo(column) {
  if (wired.has(column)) return;
  wired.add(column);
  onHand(column, () => kept.delete(column));
}

const from = (column, element) =>
  element.getBoundingClientRect().top - column.getBoundingClientRect().top;

// By what stands at its top: heights above it may change, they are guessed until they are drawn.
function placeOf(column) {
  const lines = foldedLines(column);
  const edge = column.getBoundingClientRect().top;
  const first = column.scrollTop
    ? [...column.children].find((block) => {
        const { height, bottom } = block.getBoundingClientRect();
        return height && bottom > edge;
      })
    : null;
  return { lines, first, off: first ? from(column, first) : 0, left: isLeft(column) };
}

function giveBack([column, { lines, first, off, left }]) {
  if (!left) rejoin(column);
  for (const line of lines) if (line.isConnected) setLine(line, false);
  if (!first) column.scrollTo({ top: 0, behavior: "instant" });
  else if (first.isConnected) {
    drawNear([[column, first]]);
    column.scrollBy({ top: from(column, first) - off, behavior: "instant" });
  }
}

// Notes where all stands; gives back what brings it there again.
export function keepPlaces() {
  const row = document.querySelector("[data-columns]");
  const [across, down, tab] = [row.scrollLeft, scrollY, current()];
  kept = new Map(columnTexts().map((column) => [column, placeOf(column)]));
  for (const column of kept.keys()) letGo(column);
  return () => {
    if (tab) show(tab);
    [...kept].forEach(giveBack);
    kept = new Map();
    row.scrollTo({ left: across, behavior: "instant" });
    window.scrollTo({ top: down, behavior: "instant" });
  };
}
