// The matrix by keyboard: a grid with one tab stop. Space shows a cell's quotes, Enter opens its point.
import { within } from "./find.js";
import { moved } from "./matrix-moves.js";

const PAUSE = 120; // ms of rest on a cell before open quotes follow to it
const ROLES = { col: "columnheader", row: "rowheader" };
let grid = null;
let rows = [];
let at = [0, 0];
let forward = 1; // where the right arrow leads: back in a script from right to left
let timer = 0;

const cellAt = ([row, column]) => rows[row].children[column];
const quotes = () => document.querySelector("[data-matrix-quotes]");
const isOpen = () => Boolean(quotes().querySelector("[data-open-point]"));

function placeOf(cell) {
  const row = rows.indexOf(cell?.parentElement);
  return row < 0 ? null : [row, cell.cellIndex];
}

// A cell's point and report; null in the heads, the foot and the last column.
function named(cell) {
  const point = cell?.parentElement.dataset.point;
  const report = rows[0].children[cell?.cellIndex]?.dataset.report;
  return point && report ? { point, report } : null;
}

function move(to, { focus = true } = {}) {
  cellAt(at).tabIndex = -1;
  const cell = cellAt(at = to);
  cell.tabIndex = 0;
  if (!focus) return;
  cell.focus({ preventScroll: true });
  bring(cell);
  clearTimeout(timer);
  if (isOpen() && named(cell)) timer = setTimeout(() => show(cell), PAUSE);
}

// Into view between the heads, the foot and the first column, which lie over the rest.
function bring(cell) {
  const { style } = grid.parentElement;
  style.scrollPaddingBlock = cell.closest("tbody") ? `${grid.tHead.offsetHeight}px ${grid.tFoot.offsetHeight}px` : "0";
  style.scrollPaddingInlineStart = cell.cellIndex ? `${rows[0].children[0].offsetWidth}px` : "0";
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function light() {
  const open = quotes().querySelector("[data-open-point]")?.dataset ?? {};
  grid.querySelector('[aria-selected="true"]')?.removeAttribute("aria-selected");
  const row = rows.find((one) => one.dataset.point === open.openPoint);
  const column = [...rows[0].children].findIndex((head) => head.dataset.report === open.openReport);
  const cell = open.openPoint && row?.children[column];
  cell?.setAttribute("aria-selected", "true");
  if (cell === document.activeElement) bring(cell); // the quotes have taken room
}

function show(cell) {
  clearTimeout(timer);
  const { point, report } = named(cell);
  const address = `?point=${point}&report=${report}${grid.dataset.cellQuery}`;
  history.replaceState(history.state, "", address);
  window.htmx.ajax("GET", address, { source: quotes(), target: "#matrix-quotes", swap: "innerHTML" });
}

function close() {
  clearTimeout(timer);
  const query = grid.dataset.cellQuery.slice(1);
  history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  quotes().replaceChildren();
  light();
  move(at);
}

// Shows the cell's quotes, or hides them where they are shown.
function toggle(cell) {
  if (cell.getAttribute("aria-selected") === "true") close();
  else if (named(cell)) show(cell);
}

function open({ parentElement: { dataset } }) {
  if (dataset.point) location.assign(`${grid.dataset.beside}${dataset.point}${grid.dataset.mode}`);
}

function onKey(event) {
  if (event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
  const cell = event.target.closest("th, td");
  const to = moved(event, at, rows, forward);
  if (to) move(to);
  else if (event.key === "Enter") open(cell);
  else if (event.key === " ") toggle(cell);
  else return;
  event.preventDefault();
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  const cell = event.target.closest("th, td");
  const place = placeOf(cell);
  if (!place || event.target.closest("th a")) return;
  event.preventDefault();
  move(place);
  if (named(cell) && !String(document.getSelection())) show(cell);
}

function start(table) {
  grid = table;
  rows = [...grid.querySelectorAll("[data-grid-row]")];
  forward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  grid.setAttribute("role", "grid");
  for (const link of grid.querySelectorAll("a")) link.tabIndex = -1;
  for (const row of rows) { // laid out as a table or not, they keep what they are
    row.setAttribute("role", "row");
    for (const cell of row.children) cell.setAttribute("role", ROLES[cell.scope] ?? "gridcell");
  }
  grid.closest("[data-matrix-region]").removeAttribute("tabindex"); // the cells scroll it
  at = [Math.min(1, rows.length - 1), 1];
  light();
  move(placeOf(grid.querySelector('[aria-selected="true"]')) ?? at, { focus: false });
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("click", onClick);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && isOpen() && !document.querySelector("dialog[open]")) close();
  });
}

export function init(root) {
  const [table] = within(root, "[data-matrix-grid]");
  if (table && table !== grid) start(table);
  if (!grid) return;
  for (const link of within(root, "[data-close-quotes]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }
  if (within(root, "[data-open-point], [data-near]").length && root !== document.body) light();
}
