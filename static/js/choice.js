// Choosing a point: its marks light up at once in every column; htmx fetches its evidence.
import { align, bring, narrow, settle } from "./align.js";
import { stepFrom, within } from "./find.js";
import { closeList } from "./fold.js";
import { onFrame } from "./frame.js";
import { badgesOf, current, index, marksOf, pointRows } from "./point-index.js";

const wired = new WeakSet();
let lit = "";

const rowOf = (point) => pointRows().find((row) => row.dataset.point === point);

function showRow() {
  rowOf(lit)?.scrollIntoView({ block: "nearest" });
}

function light(point) {
  for (const mark of marksOf(lit)) mark.removeAttribute("data-state");
  for (const badge of badgesOf(lit)) badge.removeAttribute("aria-current");
  lit = point;
  for (const mark of marksOf(point)) mark.dataset.state = "on";
  for (const badge of badgesOf(point)) badge.setAttribute("aria-current", "true");
  for (const row of pointRows()) {
    if (row.dataset.point === point) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  closeList();
  if (!narrow.matches) onFrame(() => showRow); // first of all that is drawn then: nothing is laid out for it
}

// Choosing is following the row's link: htmx does that, or the browser where htmx is missing. A point
// that the list leaves out has no row: there the number's own link is followed.
export function choose(point) {
  const row = rowOf(point);
  if (row) row.click();
  else if (badgesOf(point).length) location.assign(badgesOf(point)[0].href);
}

export function step(by) {
  const next = stepFrom(pointRows(), rowOf(lit), by);
  if (next && next.dataset.point !== lit) next.click();
}

// A click takes the shortest claim under it; where it is lit already, the next of those that overlap.
function pointAt(mark) {
  const points = mark.dataset.points.split(" ");
  const length = (point) => {
    const claims = marksOf(point).filter((other) => other.parentNode === mark.parentNode);
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
  const texts = within(root, "[data-column-text]");
  if (lists.length || columns.length || texts.length) {
    index();
    lit = current();
    align(lists.length || columns.length ? undefined : texts);
  }
  if (within(root, "[data-shown-claims]").length) settle();
  for (const list of lists) {
    if (wired.has(list)) continue;
    wired.add(list);
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-point]");
      if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) bring(() => light(row.dataset.point));
    });
  }
  for (const group of columns) {
    if (wired.has(group)) continue;
    wired.add(group);
    group.addEventListener("click", onColumnClick);
  }
}
