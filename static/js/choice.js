// Choosing a point: its marks light up at once in every column; htmx fetches its evidence.
import { align, bring, settle } from "./align.js";
import { within } from "./find.js";
import { closeList } from "./fold.js";

const wired = new WeakSet();
let rows = [];
let marksOf = new Map(); // point id -> its marks, so that lighting one costs nothing for the others
let badgesOf = new Map(); // point id -> the numbered links behind its claims
let lit = "";

function byPoint(selector, pointsOf) {
  const found = new Map();
  for (const element of document.querySelectorAll(selector)) {
    for (const point of pointsOf(element)) {
      if (!found.has(point)) found.set(point, []);
      found.get(point).push(element);
    }
  }
  return found;
}

export function index() {
  marksOf = byPoint("mark[data-points]", (mark) => mark.dataset.points.split(" "));
  badgesOf = byPoint("[data-choose]", (badge) => [badge.dataset.choose]);
  rows = [...document.querySelectorAll("[data-point-list] [data-point]")];
  lit = rows.find((row) => row.hasAttribute("aria-current"))?.dataset.point ?? "";
}

function light(point) {
  for (const mark of marksOf.get(lit) ?? []) mark.removeAttribute("data-state");
  for (const badge of badgesOf.get(lit) ?? []) badge.removeAttribute("aria-current");
  lit = point;
  for (const mark of marksOf.get(point) ?? []) mark.dataset.state = "on";
  for (const badge of badgesOf.get(point) ?? []) badge.setAttribute("aria-current", "true");
  for (const row of rows) {
    if (row.dataset.point === point) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  rows.find((row) => row.dataset.point === point)?.scrollIntoView({ block: "nearest" });
  closeList();
  bring();
}

// Choosing is following the row's link: htmx does that, or the browser where htmx is missing.
export function choose(point) {
  rows.find((row) => row.dataset.point === point)?.click();
}

export function step(by) {
  const at = rows.findIndex((row) => row.dataset.point === lit);
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next && next.dataset.point !== lit) next.click();
}

// A click takes the shortest claim under it; where it is lit already, the next of those that overlap.
function pointAt(mark) {
  const points = mark.dataset.points.split(" ");
  const length = (point) => {
    const claims = marksOf.get(point).filter((other) => other.parentNode === mark.parentNode);
    return claims.reduce((sum, claim) => sum + claim.textContent.length, 0);
  };
  points.sort((a, b) => length(a) - length(b));
  return points[(points.indexOf(lit) + 1) % points.length];
}

function onColumnClick(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const badge = event.target.closest("[data-choose]");
  if (badge) {
    event.preventDefault();
    choose(badge.dataset.choose);
    return;
  }
  const mark = event.target.closest("mark[data-points]");
  if (!mark || String(document.getSelection())) return; // a selection is no choice
  choose(pointAt(mark));
}

export function init(root) {
  for (const link of within(root, "[data-step]")) {
    if (wired.has(link)) continue;
    wired.add(link);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset.step);
    });
  }
  const lists = within(root, "[data-point-list]");
  const columns = within(root, "[data-columns]");
  if (lists.length || columns.length) {
    index();
    align();
  }
  if (within(root, "[data-shown-claims]").length) settle();
  for (const list of lists) {
    if (wired.has(list)) continue;
    wired.add(list);
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-point]");
      if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) light(row.dataset.point);
    });
  }
  for (const group of columns) {
    if (wired.has(group)) continue;
    wired.add(group);
    group.addEventListener("click", onColumnClick);
  }
}
