// Which highlights, numbers and rows belong to a point: found once after each change of the page, so
// that lighting one point costs nothing for all the others.
import { idle } from "./frame.js";

let marks = new Map();
let badges = new Map();
let rows = [];
let stale = false;

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

// Thousands of highlights are gone through when nothing else is to be done, or at the first question.
export function index() {
  stale = true;
  rows = [...document.querySelectorAll("[data-point-list] [data-point]")];
  idle(refresh);
}

function refresh() {
  if (!stale) return;
  stale = false;
  marks = byPoint("mark[data-points]", (mark) => mark.dataset.points.split(" "));
  badges = byPoint("[data-choose]", (badge) => [badge.dataset.choose]);
}

function of(found, point) {
  refresh();
  return found().get(point) ?? [];
}

export const marksOf = (point) => of(() => marks, point);
export const badgesOf = (point) => of(() => badges, point);
export const pointRows = () => rows;
export const current = () => rows.find((row) => row.hasAttribute("aria-current"))?.dataset.point ?? "";
