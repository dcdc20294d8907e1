// Finds words in a column's text, whatever their case and accents, also across the borders of marks.
// Gives ranges; nothing of the text is touched.
import { blocksOf } from "./ranges.js";

const MARKS = /\p{M}/gu;
const SAME = { "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-" };

function plain(letters) {
  const bare = letters.normalize("NFD").replace(MARKS, "").normalize("NFC").toLowerCase();
  return bare.replace(/\s/gu, " ").replace(/[’‘“”–—‑]/gu, (sign) => SAME[sign]);
}

// The text as it is compared, and for each of its units the unit of the text that it comes from.
function folded(text) {
  const whole = plain(text);
  if (whole.length === text.length) return { whole, from: null };
  let bare = "";
  const from = [];
  let at = 0;
  for (const letter of text) {
    const own = plain(letter);
    for (let unit = 0; unit < own.length; unit += 1) from.push(at);
    bare += own;
    at += letter.length;
  }
  from.push(at);
  return { whole: bare, from };
}

export const wanted = (words) => plain(words.trim());

// The node and the offset in it of a unit of the block's text; of two nodes that meet there the one
// in which a match goes on, or ends.
function place(nodes, unit, ends) {
  let left = unit;
  for (const node of nodes) {
    if (left < node.length || (ends && left === node.length)) return [node, left];
    left -= node.length;
  }
  const last = nodes.at(-1);
  return [last, last.length];
}

function rangeOf({ nodes }, start, end) {
  const range = new Range();
  range.setStart(...place(nodes, start, false));
  range.setEnd(...place(nodes, end, true));
  return range;
}

// A column's blocks, made ready to be searched; keep them as long as the column is the same.
export function readied(column) {
  return blocksOf(column)
    .filter(({ nodes }) => nodes.length)
    .map((block) => ({ ...block, ...folded(block.text) }));
}

// All places of a text, in its order, at most so many.
export function matches(blocks, words, most) {
  const found = [];
  for (const block of blocks) {
    let at = block.whole.indexOf(words);
    while (at >= 0 && found.length < most) {
      const end = at + words.length;
      const start = block.from ? block.from[at] : at;
      found.push(rangeOf(block, start, block.from ? block.from[end] : end));
      at = block.whole.indexOf(words, end);
    }
  }
  return found;
}
