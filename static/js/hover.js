// Pointing at a claim lights, faintly and in every column, all claims of its points.
import { within } from "./find.js";
import { marksOf } from "./point-index.js";

const wired = new WeakSet();
let points = "";

function light(next) {
  if (next === points) return;
  for (const point of points.split(" ")) {
    for (const mark of marksOf(point)) mark.removeAttribute("data-near");
  }
  points = next;
  for (const point of points.split(" ")) {
    for (const mark of marksOf(point)) mark.setAttribute("data-near", "");
  }
}

function onPointer(event) {
  if (event.pointerType === "touch") return; // a finger does not point, it chooses
  light(event.target.closest("mark[data-points]")?.dataset.points ?? "");
}

export function init(root) {
  for (const group of within(root, "[data-columns]")) {
    if (wired.has(group)) continue;
    wired.add(group);
    group.addEventListener("pointerover", onPointer, { passive: true });
    group.addEventListener("pointerleave", () => light(""), { passive: true });
  }
}
