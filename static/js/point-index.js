// Which highlights, numbers and rows belong to a point: asked once for each point after a change of
// the page. Going through all highlights beforehand would cost more than all that is ever asked.
let marks = new Map();
let rows = [];

export function index() {
  marks = new Map();
  rows = [...document.querySelectorAll("[data-point-list] [data-point]")];
}

export function marksOf(point) {
  if (!point) return [];
  if (!marks.has(point)) marks.set(point, [...document.querySelectorAll(`mark[data-points~="${point}"]`)]);
  return marks.get(point);
}

export const badgesOf = (point) => [...document.querySelectorAll(`[data-choose="${point}"]`)];

// The claim that a number stands behind. The server says it where the highlight has more than one.
export function claimOf(badge) {
  let mark = badge;
  while (mark && mark.localName !== "mark") mark = mark.previousElementSibling;
  return badge.dataset.claim ?? mark?.dataset.claims;
}

export const pointRows = () => rows;
export const current = () => rows.find((row) => row.hasAttribute("aria-current"))?.dataset.point ?? "";
