// Between a height in a column and a place in its text, in code points: whole blocks are looked up,
// and inside one the place is guessed by its share (or counted in the browser's units, which are the
// same but for emoji and the like). Blocks that are not drawn yet count as well.
import { drawNear } from "./near.js";

const known = new WeakMap(); // column text -> its blocks, until it gets other ones: all go at once

function blocksIn(text) {
  const before = known.get(text);
  if (before?.[0]?.element.isConnected) return before;
  const blocks = [...text.querySelectorAll("[data-start]")].map((element) => {
    const start = Number(element.dataset.start);
    return { element, start, end: start + element.textContent.length };
  });
  known.set(text, blocks);
  return blocks;
}

export function lengthOf(text) {
  return Number(text.dataset.length) || blocksIn(text).at(-1)?.end || 1;
}

// The code point at this height of the window.
export function placeAt(text, y) {
  const blocks = blocksIn(text);
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].element.getBoundingClientRect().bottom < y) low = middle + 1;
    else high = middle;
  }
  const block = blocks[low];
  if (!block) return lengthOf(text);
  const box = block.element.getBoundingClientRect();
  const share = box.height ? Math.max(0, (y - box.top) / box.height) : 0;
  return Math.round(block.start + share * (block.end - block.start));
}

// Scrolls a column so that a place of its text stands at a share of its height.
export function goTo(text, point, share) {
  const block = blocksIn(text).findLast(({ start }) => start <= point) ?? blocksIn(text)[0];
  if (!block) return;
  drawNear([[text, block.element]]);
  const box = block.element.getBoundingClientRect();
  const inside = (Math.min(point, block.end) - block.start) / Math.max(block.end - block.start, 1);
  const edge = text.getBoundingClientRect();
  const by = box.top + inside * box.height - edge.top - edge.height * share;
  text.scrollBy({ top: by, behavior: "instant" });
}

// Where each claim of a point begins: its first highlight and its place, in the text's order. Of
// thousands of highlights: `dataset`, and strings that are only counted, would take twice as long.
export function claimsIn(text) {
  const seen = new Set();
  const found = [];
  let block = null;
  let node = null;
  let at = 0;
  for (const mark of text.querySelectorAll("mark[data-points]")) {
    if (mark.parentNode !== block) {
      block = mark.parentNode;
      node = block.firstChild;
      at = Number(block.dataset.start);
    }
    for (; node !== mark; node = node.nextSibling) at += node.length ?? node.textContent.length;
    const before = seen.size;
    for (const claim of mark.getAttribute("data-claims").split(" ")) seen.add(claim);
    if (seen.size > before) found.push({ mark, at });
  }
  return found;
}
