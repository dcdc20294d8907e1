// The matrix by keyboard: a grid with one tab stop. Space shows a cell's quotes, Enter opens its point.
import { within } from "./find.js";

const PAUSE = 120; // ms of rest on a cell before open quotes follow to it
let grid = null;
let rows = [];
let at = [0, 0];
let timer = 0;

const cellAt = ([row, column]) => rows[row]?.children[column];
const quotes = () => document.querySelector("[data-matrix-quotes]");
const isOpen = () => Boolean(quotes()?.querySelector("[data-open-point]"));

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
  at = to;
  const cell = cellAt(at);
  cell.tabIndex = 0;
  if (!focus) return;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (isOpen() && named(cell)) {
    clearTimeout(timer);
    timer = setTimeout(() => show(cell), PAUSE);
  }
}

function light() {
  const open = quotes()?.querySelector("[data-open-point]")?.dataset;
  for (const cell of grid.querySelectorAll('[aria-selected="true"]')) cell.removeAttribute("aria-selected");
  if (!open) return;
  const row = rows.find((one) => one.dataset.point === open.openPoint);
  const column = [...rows[0].children].findIndex((head) => head.dataset.report === open.openReport);
  row?.children[column]?.setAttribute("aria-selected", "true");
}

function show(cell) {
  const { point, report } = named(cell);
  const address = `?point=${point}&report=${report}${grid.dataset.cellQuery}`;
  history.replaceState(history.state, "", address);
  window.htmx.ajax("GET", address, { source: quotes(), target: "#matrix-quotes", swap: "innerHTML" });
}

function close() {
  clearTimeout(timer);
  history.replaceState(history.state, "", `?${grid.dataset.cellQuery.slice(1)}`);
  quotes().replaceChildren();
  light();
  move(at);
}

// Shows the cell's quotes, or hides them where they are shown.
function toggle(cell) {
  if (cell.getAttribute("aria-selected") === "true") close();
  else if (named(cell)) show(cell);
}

function open(cell) {
  const point = cell.parentElement.dataset.point;
  if (point) location.assign(`${grid.dataset.beside}${point}${grid.dataset.mode}`);
}

// How many rows a screen holds, one less so that a line stays in view.
function screen() {
  const region = grid.closest("[data-matrix-region]");
  const high = cellAt(at).offsetHeight || 1;
  return Math.max(1, Math.floor(region.clientHeight / high) - 3);
}

function target(event) {
  const [row, column] = at;
  const last = [rows.length - 1, rows[0].children.length - 1];
  const forward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  const to = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - forward],
    ArrowRight: [row, column + forward],
    PageUp: [row - screen(), column],
    PageDown: [row + screen(), column],
    Home: [event.ctrlKey ? 0 : row, 0],
    End: [event.ctrlKey ? last[0] : row, last[1]],
  }[event.key];
  return to?.map((value, axis) => Math.min(Math.max(value, 0), last[axis]));
}

function onKey(event) {
  if (event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
  const cell = event.target.closest("th, td");
  const to = target(event);
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
  if (!place || (cell.matches("th") && event.target.closest("a"))) return;
  event.preventDefault();
  move(place);
  if (named(cell) && !String(document.getSelection())) show(cell);
}

function onEscape(event) {
  if (event.key === "Escape" && isOpen() && !document.querySelector("dialog[open]")) close();
}

function start(table) {
  grid = table;
  rows = [...grid.querySelectorAll("[data-grid-row]")];
  grid.setAttribute("role", "grid");
  for (const link of grid.querySelectorAll("a")) link.tabIndex = -1;
  grid.closest("[data-matrix-region]").removeAttribute("tabindex"); // the cells scroll it
  at = [Math.min(1, rows.length - 1), 1];
  light();
  move(placeOf(grid.querySelector('[aria-selected="true"]')) ?? at, { focus: false });
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape);
}

export function init(root) {
  const [table] = within(root, "[data-matrix-grid][data-beside]");
  if (table && table !== grid) start(table);
  if (!grid) return;
  for (const link of within(root, "[data-close-quotes]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
  }
  if (within(root, "[data-open-point]").length && root !== document.body) light();
}
