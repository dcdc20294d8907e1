// Which highlights, numbers and rows belong to a point: found once after each change of the page, so
// that lighting one point costs nothing for all the others.
let marks = new Map();
let badges = new Map();
let rows = [];

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
  marks = byPoint("mark[data-points]", (mark) => mark.dataset.points.split(" "));
  badges = byPoint("[data-choose]", (badge) => [badge.dataset.choose]);
  rows = [...document.querySelectorAll("[data-point-list] [data-point]")];
}

export const marksOf = (point) => marks.get(point) ?? [];
export const badgesOf = (point) => badges.get(point) ?? [];
export const pointRows = () => rows;
export const current = () => rows.find((row) => row.hasAttribute("aria-current"))?.dataset.point ?? "";
