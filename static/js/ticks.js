// The small signs of a text's rail: where its claims stand, how many, and how grave their flags are.
import { pointRows } from "./point-index.js";
import { claimsIn, lengthOf } from "./text-place.js";

export const APART = 11; // px: what stands nearer is drawn as one

function grouped(text, height) {
  const length = lengthOf(text);
  const groups = [];
  for (const claim of claimsIn(text)) {
    const y = (claim.at / length) * height;
    const last = groups.at(-1);
    if (last && y - last.y < APART) last.claims.push(claim);
    else groups.push({ y, share: claim.at / length, claims: [claim] });
  }
  return groups;
}

function tickOf({ share, claims }) {
  const tick = document.createElement("i");
  tick.className = "ticks-tick";
  tick.style.insetBlockStart = `${(100 * share).toFixed(2)}%`;
  const flagged = claims.filter(({ mark }) => mark.getAttribute("data-flags"));
  if (flagged.length) tick.dataset.worst = worst(flagged);
  if (claims.length > 1) tick.dataset.number = claims.length;
  return tick;
}

function worst(claims) {
  const points = new Set(claims.flatMap(({ mark }) => mark.getAttribute("data-points").split(" ")));
  const grave = pointRows().filter(({ dataset }) => points.has(dataset.point));
  const words = grave.map(({ dataset }) => dataset.worst);
  return ["high", "medium", "low"].find((word) => words.includes(word)) ?? "flag";
}

// The ticks of a text on a rail of this height in px: each with its claims and its share of the way.
export function ticksOf(text, height) {
  return grouped(text, height).map((group) => ({ ...group, tick: tickOf(group) }));
}

export function ticksByPoint(ticks) {
  const found = new Map();
  for (const { tick, claims } of ticks) {
    for (const { mark } of claims) {
      for (const point of mark.getAttribute("data-points").split(" ")) {
        if (!found.has(point)) found.set(point, new Set());
        found.get(point).add(tick);
      }
    }
  }
  return found;
}
