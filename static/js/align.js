// Brings the chosen point to one reading line: in every column its claim that the foot speaks of.
// A column whose text begins or ends too near gets the room that it lacks, only while it is needed.
import { onFrame } from "./frame.js";
import { drawNear, sizeOf } from "./near.js";
import { current, marksOf } from "./point-index.js";

export const LINE = 0.24; // share of a column's height at which one likes to read
const LEAST_LINE = 64; // px
export const narrow = matchMedia("(max-width: 719px), (max-height: 539px)");
let chosen = new URLSearchParams(location.search).has("point"); // before a choice texts stay at their top
let turn = 0; // counts the choices
let line = 0; // px below a column's top, the same in all of them until the next choice
const brought = new WeakMap(); // column -> the claims that stand at its line
const leftAlone = new WeakSet(); // columns that the person has scrolled on from there
const watchers = new Set();

// The claims that the feet show; those of the last answer until the server has sent the next ones.
function shownClaims() {
  const evidence = document.querySelector("[data-shown-claims]");
  return new Set(evidence?.dataset.shownClaims.split(" "));
}

// A column's lit mark that counts: of the claim in its foot, else of a claim in conflict, else the first.
export function mainMark(column) {
  const lit = marksOf(current()).filter((mark) => column.contains(mark));
  const shown = shownClaims();
  return (
    lit.find((mark) => mark.dataset.claims.split(" ").some((claim) => shown.has(claim))) ??
    lit.find((mark) => mark.dataset.flags) ??
    lit[0]
  );
}

export const readingLine = () => line;
export const isChosen = () => chosen;

// What follows the columns: called whenever texts were moved to the line.
export function onBring(watcher) {
  watchers.add(watcher);
}

// The person reads elsewhere in this column: nothing brings it back before the next choice.
export function leave(column) {
  leftAlone.add(column);
}

// Whether the person reads elsewhere in this column, and taking that back.
export const isLeft = (column) => leftAlone.has(column);
export function rejoin(column) {
  leftAlone.delete(column);
}

function top(column, mark) {
  return mark.getClientRects()[0]?.top - column.getBoundingClientRect().top;
}

// The room that a column was lent above its text, in px; the stylesheet adds it to its own.
const roomOf = (column) => parseFloat(column.style.getPropertyValue("--room")) || 0;

// Brings each text to where its mark stands at the line.
export function toLine(pairs) {
  const offsets = pairs.map(([column, mark]) => top(column, mark) + column.scrollTop - roomOf(column));
  const rooms = offsets.map((offset) => Math.max(0, Math.ceil(line - offset)));
  pairs.forEach(([column], at) => {
    if (rooms[at] === roomOf(column)) return;
    if (rooms[at]) column.style.setProperty("--room", `${rooms[at]}px`);
    else column.style.removeProperty("--room");
  });
  pairs.forEach(([column, mark], at) => {
    column.scrollTo({ top: offsets[at] + rooms[at] - line, behavior: "instant" });
    brought.set(column, mark.dataset.claims);
  });
}

// The columns to be brought, each with its mark and its size. A mark's place is not asked for here:
// where its paragraph is out of view, each such question would lay out the page.
function moved(columns, sizes) {
  return columns
    .map((column) => [column, mainMark(column), sizes.get(column) ?? sizeOf(column)])
    .filter(([, mark, { height }]) => mark && !mark.closest("[hidden]") && height > 0);
}

export const columnTexts = () => [...document.querySelectorAll("[data-column-text]")];

// Brings these columns to the line, and mends once more after the browser has drawn them.
export function align(columns = columnTexts(), sizes = new Map()) {
  if (!chosen || narrow.matches) return;
  const pairs = moved(columns.filter((column) => !leftAlone.has(column)), sizes);
  if (pairs.length) {
    const height = Math.min(...pairs.map(([, , size]) => size.height));
    if (!line || line > height * 0.7) line = Math.max(LEAST_LINE, Math.round(height * LINE));
    drawNear(pairs, line / height);
    toLine(pairs);
    const own = turn;
    onFrame(() => {
      if (turn !== own) return null; // another point is at the line by now
      const off = pairs.filter(([column, mark]) => {
        return !leftAlone.has(column) && Math.abs(top(column, mark) - line) > 1;
      });
      return off.length ? () => toLine(off) : null;
    });
  }
  for (const watcher of watchers) watcher();
}

// Brings the chosen point to the line again, also where the person has read on by hand.
export function alignAgain() {
  const columns = columnTexts();
  columns.forEach(rejoin);
  align(columns);
}

// Where one report is shown at a time the page itself scrolls: to the claim, or to the foot that
// says "silent". Both stop below what sticks to the top (scroll-margin in the stylesheet).
export function bringTab() {
  const column = document.querySelector("[data-tabs-ready] [data-tab-open]");
  if (!column || !narrow.matches) return;
  const text = column.querySelector("[data-column-text]");
  (mainMark(text) ?? column).scrollIntoView({ block: "start", behavior: "instant" });
}

// Brings the point that `light` makes the chosen one. Sizes are asked for before it changes anything.
export function bring(light) {
  const columns = columnTexts();
  const sizes = new Map(columns.map((column) => [column, sizeOf(column)]));
  light();
  chosen = true;
  turn += 1;
  line = 0;
  columns.forEach(rejoin);
  align(columns, sizes);
  bringTab();
}

// The answer may name other claims than was guessed: then, and only then, a column moves again.
export function settle() {
  if (!chosen) return;
  const other = columnTexts().filter((column) => {
    const mark = mainMark(column);
    return mark && mark.dataset.claims !== brought.get(column);
  });
  if (other.length) align(other);
  if (other.length && narrow.matches) bringTab();
}
