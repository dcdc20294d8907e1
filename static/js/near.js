// Paragraphs out of view have a guessed height until they are drawn (content-visibility). Before a
// column is brought to a place, those that it will show are laid out, else they would move it later.
import { idle, onFrame } from "./frame.js";

const BLOCK = ":is([data-start], ul):not([hidden])";
const LETTER = 8; // px, roughly
const ROW = 24; // px
const SLACK = 3 * ROW; // a guess may be too high
const drawn = new Map(); // column -> its blocks that are laid out although they may be out of view

// A column's inner size: asked for before anything is set, for afterwards the page is laid out for it.
export function sizeOf(column) {
  return { width: column.clientWidth, height: column.clientHeight };
}

// The blocks that a column shows round an element at this share of its height, by guessed heights.
function round(column, element, { width, height }, share) {
  let block = element;
  while (block.parentNode !== column) block = block.parentNode;
  const perRow = Math.max(width / LETTER, 1);
  const reaches = { previousElementSibling: share, nextElementSibling: 1 - share };
  const found = new Set();
  for (const [side, part] of Object.entries(reaches)) {
    let reach = 0;
    for (let near = block; near && reach < part * height + SLACK; near = near[side]) {
      if (near !== block) reach += ROW * (1 + near.textContent.length / perRow);
      if (near.matches(BLOCK)) found.add(near);
    }
  }
  return found;
}

// In idle moments the blocks of ordinary texts are laid out, and stay so: a jump in them then lays out
// nothing, and paints only what comes into view.
const BATCH = 6; // blocks in a frame, of all columns together
const LONG = 120; // blocks: a longer text is laid out where it is read
const MOST = 600; // blocks of all texts together: a change of the window's size lays all of them out
const warmed = new Map(); // column -> its blocks that stay laid out
let cold = [];

function warmSome() {
  for (const block of cold.splice(0, BATCH)) {
    if (!block.hidden) block.style.contentVisibility = "visible";
  }
  if (cold.length) onFrame(() => idle(warmSome));
}

export function warm(column) {
  for (const known of warmed.keys()) if (known === column || !known.isConnected) warmed.delete(known);
  const blocks = [...column.children].filter((block) => block.matches(BLOCK));
  const others = [...warmed.values()].reduce((sum, { size }) => sum + size, 0);
  if (!blocks.length || blocks.length > Math.min(LONG, MOST - others)) return;
  warmed.set(column, new Set(blocks));
  if (!cold.length) idle(warmSome);
  cold.push(...blocks);
}

// Lays out what stands round an element of each column, and lets go of what stood round the last.
// Nothing is asked here that would lay out the page: that is left to whoever needs a place.
export function drawNear(wanted, share = 0.5) {
  for (const [column, element, size] of wanted) {
    const found = round(column, element, size ?? sizeOf(column), share);
    const before = drawn.get(column) ?? new Set();
    const stay = warmed.get(column);
    for (const block of found) if (!before.has(block)) block.style.contentVisibility = "visible";
    for (const block of before) {
      if (!found.has(block) && !stay?.has(block)) block.style.contentVisibility = "";
    }
    drawn.set(column, found);
  }
  for (const column of drawn.keys()) if (!column.isConnected) drawn.delete(column);
}
