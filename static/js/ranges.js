// Between a Range in a column and a claim's target: finds the blocks and their texts in the page.
// What is counted, and in which unit, is settled in offsets.js.
import { toPlaces, toPoints } from "./offsets.js";

// The numbers behind claims and other signs are no text.
const NO_TEXT = "[data-choose]";

function textNodes(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(NO_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// The blocks of a column: their elements, first code points and texts.
export function blocksOf(column) {
  return [...column.querySelectorAll("[data-start]")].map((element) => {
    const nodes = textNodes(element);
    const text = nodes.map((node) => node.data).join("");
    return { element, nodes, start: Number(element.dataset.start), text };
  });
}

function unitAt(block, container, offset) {
  const place = document.createRange();
  place.setStart(container, offset);
  let units = 0;
  for (const node of block.nodes) {
    if (node === container) units += offset;
    else if (place.comparePoint(node, 0) < 0) units += node.length;
  }
  return units;
}

// What a Range selects in a column, or null where it selects no text there.
export function fromRange(column, range) {
  const blocks = blocksOf(column);
  const touched = blocks.map((block) => range.intersectsNode(block.element));
  const first = touched.indexOf(true);
  if (first < 0) return null;
  const last = touched.lastIndexOf(true);
  const from = { block: first, unit: unitAt(blocks[first], range.startContainer, range.startOffset) };
  const to = { block: last, unit: unitAt(blocks[last], range.endContainer, range.endOffset) };
  const found = toPoints(blocks, from, to);
  return found.end > found.start ? found : null;
}

function nodeAt({ nodes }, unit, opens) {
  let left = unit;
  for (const node of nodes) {
    if (left < node.length || (left === node.length && !opens)) return [node, left];
    left -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}

// The Range of a stretch of code points of a column, or null for a column without text.
export function toRange(column, start, end) {
  const blocks = blocksOf(column).filter((block) => block.nodes.length);
  if (!blocks.length) return null;
  const [from, to] = toPlaces(blocks, start, end);
  const range = document.createRange();
  range.setStart(...nodeAt(blocks[from.block], from.unit, true));
  range.setEnd(...nodeAt(blocks[to.block], to.unit, false));
  return range;
}
