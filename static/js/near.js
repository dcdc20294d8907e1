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

// In idle moments every block is laid out once: from then on the browser remembers its true height
// and its lines, so that a jump costs next to nothing, and goes out of the way again when out of view.
const BATCH = 6; // blocks in a frame, of all columns together
const LONG = 120; // blocks: a longer text would keep the machine busy for seconds, and is left as it is
const cold = new Set();
let shown = [];

const isNear = (block) => drawn.get(block.parentNode)?.has(block);

function warmSome() {
  for (const block of shown) if (!isNear(block)) block.style.contentVisibility = "";
  shown = [];
  for (const block of cold) {
    cold.delete(block);
    if (block.isConnected && !block.hidden && !isNear(block)) shown.push(block);
    if (shown.length === BATCH) break;
  }
  for (const block of shown) block.style.contentVisibility = "visible";
  if (shown.length) onFrame(() => idle(warmSome));
}

export function warm(column) {
  const blocks = [...column.children].filter((block) => block.matches(BLOCK));
  if (blocks.length > LONG) return;
  if (!cold.size && !shown.length && blocks.length) idle(warmSome);
  for (const block of blocks) cold.add(block);
}

// Lays out what stands round an element of each column, and lets go of what stood round the last.
// Nothing is asked here that would lay out the page: that is left to whoever needs a place.
export function drawNear(wanted, share = 0.5) {
  for (const [column, element, size] of wanted) {
    const found = round(column, element, size ?? sizeOf(column), share);
    const before = drawn.get(column) ?? new Set();
    for (const block of found) if (!before.has(block)) block.style.contentVisibility = "visible";
    for (const block of before) if (!found.has(block)) block.style.contentVisibility = "";
    drawn.set(column, found);
  }
  for (const column of drawn.keys()) if (!column.isConnected) drawn.delete(column);
}
