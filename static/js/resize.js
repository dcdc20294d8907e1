// Wider and narrower columns: by dragging an edge, or by key. The widths stand in the address.
import { read, write } from "./address.js";
import { within } from "./find.js";

const LEAST = 200; // px, as the server has them
const MOST = 900;
const STEP = 40;
const USUAL = "minmax(var(--column), 1fr)";
const wired = new WeakSet();

const group = () => document.querySelector("[data-columns]");
const columnsOf = () => [...(group()?.children ?? [])];
const bounded = (width) => Math.round(Math.min(Math.max(width, LEAST), MOST));

function widths() {
  const pairs = read("widths").split(",").map((pair) => pair.split(":").map(Number));
  return new Map(pairs.filter(([at, width]) => at > 0 && width > 0));
}

function lay(now) {
  const tracks = columnsOf().map(({ dataset }) => {
    const width = now.get(Number(dataset.article));
    return width ? `${bounded(width)}px` : USUAL;
  });
  if (group()) group().style.gridTemplateColumns = now.size ? tracks.join(" ") : "";
}

function keep(now) {
  const pairs = [...now].sort(([a], [b]) => a - b).map((pair) => pair.join(":"));
  write("widths", pairs.join(","));
}

// Sets a column's width in px, or the usual one without; gives the width that it has then.
export function setWidth(column, width) {
  const now = widths();
  const article = Number(column.dataset.article);
  if (width) now.set(article, bounded(width));
  else now.delete(article);
  lay(now);
  keep(now);
  return Math.round(column.getBoundingClientRect().width);
}

export function widen(column, by) {
  return setWidth(column, column.getBoundingClientRect().width + by * STEP);
}

function drag(handle, column, event) {
  const from = event.clientX;
  const width = column.getBoundingClientRect().width;
  const way = getComputedStyle(group()).direction === "rtl" ? -1 : 1;
  const now = widths();
  const move = ({ clientX }) => {
    now.set(Number(column.dataset.article), bounded(width + way * (clientX - from)));
    lay(now);
  };
  const end = () => {
    handle.removeEventListener("pointermove", move);
    handle.classList.remove("is-held");
    keep(now);
  };
  handle.setPointerCapture(event.pointerId);
  handle.classList.add("is-held");
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", end, { once: true });
}

function addHandle(column) {
  const handle = document.createElement("div"); // the keys do the same for those who do not point
  handle.className = "resize";
  handle.dataset.resize = "";
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    drag(handle, column, event);
  });
  handle.addEventListener("dblclick", () => setWidth(column, 0));
  column.append(handle);
}

export function init(root) {
  const columns = within(root, "[data-columns] > [data-article]");
  for (const column of columns) {
    if (wired.has(column)) continue;
    wired.add(column);
    addHandle(column);
  }
  if (columns.length || within(root, "[data-columns]").length) lay(widths());
}
