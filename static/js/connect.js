// Thin lines between the lit claims of neighbouring columns, for the chosen point only. They stay in
// the margins between the texts; a claim that is out of view has none.
import { columnTexts, isChosen, mainMark, narrow, onBring } from "./align.js";
import { within } from "./find.js";
import { onFrame } from "./frame.js";
import { current, pointRows } from "./point-index.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 6; // px between a line's end and what it leads to
const wired = new WeakSet();

const drawn = () => document.querySelector("[data-connect]");

function layer() {
  const own = drawn();
  if (own) return own;
  const columns = document.querySelector("[data-columns]");
  if (!columns) return null;
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "connect");
  made.setAttribute("data-connect", "");
  made.setAttribute("aria-hidden", "true");
  columns.parentNode.append(made); // last: put in between, every text would be styled anew
  return made;
}

// Where a line begins and ends in this column: its text's inner edges, the height of its claim.
// Nothing where that is out of view.
function anchor(text) {
  const box = mainMark(text)?.getClientRects()[0];
  if (!box?.height) return null;
  const frame = text.getBoundingClientRect();
  const y = box.top + box.height / 2;
  if (y < frame.top || y > frame.bottom) return null;
  const style = getComputedStyle(text);
  return {
    left: frame.left + parseFloat(style.paddingLeft) - MARGIN,
    right: frame.right - parseFloat(style.paddingRight) + MARGIN,
    y,
  };
}

function curve(from, to, frame) {
  const [x, y] = [from.right - frame.left, from.y - frame.top];
  const [x2, y2] = [to.left - frame.left, to.y - frame.top];
  const bend = (x2 - x) / 2;
  return `M${x} ${y}C${x + bend} ${y} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function read() {
  const point = isChosen() && !narrow.matches ? current() : ""; // unaligned texts are not connected
  const svg = point ? layer() : drawn(); // it has the page laid out: not before there is a choice
  if (!svg) return null;
  const row = pointRows().find(({ dataset }) => dataset.point === point);
  const frame = svg.getBoundingClientRect();
  const ends = point ? columnTexts().map(anchor) : [];
  const paths = [];
  for (let at = 1; at < ends.length; at += 1) {
    const [from, to] = [ends[at - 1], ends[at]];
    if (!from || !to || from.right < frame.left || to.left > frame.right) continue;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", curve(from, to, frame));
    paths.push(path);
  }
  return () => {
    svg.toggleAttribute("data-conflict", row?.dataset.verdict === "conflict");
    svg.replaceChildren(...paths);
  };
}

const soon = () => onFrame(read);

const sizes = new ResizeObserver(soon);

export function init(root) {
  for (const group of within(root, "[data-columns]")) {
    if (wired.has(group)) continue;
    wired.add(group);
    group.addEventListener("scroll", soon, { passive: true, capture: true });
    group.addEventListener("click", soon); // it may unfold a text
    sizes.observe(group);
    onBring(soon);
  }
  if (within(root, "[data-column-text], [data-shown-claims]").length) soon();
}
