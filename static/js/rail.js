// A strip at the right edge of each text: where its claims stand, and the part that is in view.
// It takes the place of the scroll bar. For those who do not point the numbers behind the claims and
// the list of points do the same, so it is no stop for the keyboard and hidden from screen readers.
import { leave, onBring } from "./align.js";
import { within } from "./find.js";
import { current, pointRows } from "./point-index.js";
import { claimsIn, goTo, lengthOf, placeAt } from "./text-place.js";

const APART = 11; // px: what stands nearer is drawn as one
const LINE = 0.24; // share of the height to which a place is brought
const idle = (act) =>
  window.requestIdleCallback ? requestIdleCallback(act, { timeout: 500 }) : setTimeout(act, 50);
const rails = new Map(); // column text -> {strip, view, ticks}
let listening = false;

function grouped(text) {
  const height = Math.max(text.clientHeight, 1);
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
  const flagged = claims.filter(({ mark }) => mark.dataset.flags);
  if (flagged.length) tick.dataset.worst = worst(flagged);
  if (claims.length > 1) tick.dataset.number = claims.length;
  return tick;
}

function worst(claims) {
  const points = new Set(claims.flatMap(({ mark }) => mark.dataset.points.split(" ")));
  const grave = pointRows().filter(({ dataset }) => points.has(dataset.point));
  const words = grave.map(({ dataset }) => dataset.worst);
  return ["high", "medium", "low"].find((word) => words.includes(word)) ?? "flag";
}

function light(rail) {
  const point = current();
  for (const { tick, claims } of rail.ticks) {
    const on = claims.some(({ mark }) => mark.dataset.points.split(" ").includes(point));
    tick.toggleAttribute("data-on", on);
  }
}

function follow(text, rail) {
  const box = text.getBoundingClientRect();
  if (!box.height) return;
  const length = lengthOf(text);
  const from = placeAt(text, box.top) / length;
  const to = Math.min(placeAt(text, box.bottom) / length, 1);
  rail.view.style.insetBlockStart = `${(100 * from).toFixed(2)}%`;
  rail.view.style.blockSize = `${(100 * Math.max(to - from, 0.02)).toFixed(2)}%`;
}

function go(text, rail, y) {
  const box = rail.strip.getBoundingClientRect();
  const share = Math.min(Math.max((y - box.top) / box.height, 0), 1);
  const near = rail.ticks.find((group) => Math.abs(group.share - share) * box.height < APART / 2);
  leave(text);
  goTo(text, near ? near.claims[0].at : share * lengthOf(text), near ? LINE : 0.5);
}

function build(text) {
  const column = text.closest("[data-article]");
  const old = rails.get(text);
  if (!column || !text.clientHeight) return;
  const strip = old?.strip ?? document.createElement("div");
  const view = old?.view ?? document.createElement("i");
  if (!old) {
    strip.className = "ticks";
    strip.dataset.rail = "";
    strip.setAttribute("aria-hidden", "true");
    view.className = "ticks-view";
    strip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      strip.setPointerCapture(event.pointerId);
      go(text, rails.get(text), event.clientY);
    });
    strip.addEventListener("pointermove", (event) => {
      if (strip.hasPointerCapture(event.pointerId)) go(text, rails.get(text), event.clientY);
    });
    text.addEventListener("scroll", () => soon(text), { passive: true });
    text.after(strip);
    text.dataset.railed = "";
  }
  const ticks = grouped(text).map((group) => ({ ...group, tick: tickOf(group) }));
  strip.replaceChildren(view, ...ticks.map(({ tick }) => tick));
  const rail = { strip, view, ticks };
  rails.set(text, rail);
  light(rail);
  follow(text, rail);
}

const waiting = new Set();
function soon(text) {
  if (!waiting.size) requestAnimationFrame(followAll);
  waiting.add(text);
}

function followAll() {
  for (const text of waiting) if (rails.has(text) && text.isConnected) follow(text, rails.get(text));
  waiting.clear();
}

function followChoice() {
  for (const [text, rail] of rails) {
    if (!text.isConnected) rails.delete(text);
    else {
      light(rail);
      soon(text);
    }
  }
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) idle(() => target.isConnected && build(target));
});

export function init(root) {
  for (const text of within(root, "[data-column-text]")) {
    if (rails.has(text)) idle(() => build(text)); // its text came, or changed
    sizes.observe(text, { box: "border-box" });
  }
  if (listening) return;
  listening = true;
  onBring(followChoice);
}
