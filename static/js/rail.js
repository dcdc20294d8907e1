// A strip at the right edge of each text: where its claims stand, and the part that is in view.
// It takes the place of the scroll bar. For those who do not point the numbers behind the claims and
// the list of points do the same, so it is no stop for the keyboard and hidden from screen readers.
import { leave, LINE, onBring } from "./align.js";
import { within } from "./find.js";
import { idle, onFrame } from "./frame.js";
import { current } from "./point-index.js";
import { goTo, lengthOf, placeAt } from "./text-place.js";
import { APART, ticksByPoint, ticksOf } from "./ticks.js";

const rails = new Map(); // column text -> {strip, view, ticks, byPoint, lit}
let listening = false;

function light(rail) {
  const lit = rail.byPoint.get(current()) ?? new Set();
  for (const tick of rail.lit) if (!lit.has(tick)) tick.removeAttribute("data-on");
  for (const tick of lit) tick.setAttribute("data-on", "");
  rail.lit = lit;
}

// The part in view: measured now, drawn once all is measured.
function follow(text, rail) {
  const box = text.getBoundingClientRect();
  if (!box.height) return null;
  const length = lengthOf(text);
  const from = placeAt(text, box.top) / length;
  const to = Math.min(placeAt(text, box.bottom) / length, 1);
  return () => {
    rail.view.style.insetBlockStart = `${(100 * from).toFixed(2)}%`;
    rail.view.style.blockSize = `${(100 * Math.max(to - from, 0.02)).toFixed(2)}%`;
  };
}

function go(text, rail, y) {
  const box = rail.strip.getBoundingClientRect();
  const share = Math.min(Math.max((y - box.top) / box.height, 0), 1);
  const near = rail.ticks.find((group) => Math.abs(group.share - share) * box.height < APART / 2);
  leave(text);
  goTo(text, near ? near.claims[0].at : share * lengthOf(text), near ? LINE : 0.5);
}

function strip(text) {
  const made = document.createElement("div");
  made.className = "ticks";
  made.dataset.rail = "";
  made.setAttribute("aria-hidden", "true");
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    made.setPointerCapture(event.pointerId);
    go(text, rails.get(text), event.clientY);
  });
  made.addEventListener("pointermove", (event) => {
    if (made.hasPointerCapture(event.pointerId)) go(text, rails.get(text), event.clientY);
  });
  text.addEventListener("scroll", () => soon(text), { passive: true });
  text.parentNode.append(made); // last: put in between, all that follows would be styled anew
  return made;
}

function viewOf() {
  const made = document.createElement("i");
  made.className = "ticks-view";
  return made;
}

// Its height is told by who watches it: asked for here, the page would be laid out.
function build(text, height) {
  if (!text.closest("[data-article]") || !text.isConnected || !height) return;
  const old = rails.get(text);
  const ticks = ticksOf(text, height);
  const rail = {
    strip: old?.strip ?? strip(text),
    view: old?.view ?? viewOf(),
    ticks,
    byPoint: ticksByPoint(ticks),
    lit: new Set(),
    height,
  };
  rail.strip.replaceChildren(rail.view, ...ticks.map(({ tick }) => tick));
  rails.set(text, rail);
  light(rail);
  soon(text);
}

// All of them in one idle moment: each alone would have the page laid out anew. Nobody reads by the
// rails first, so the texts are painted before, and a window that is being resized comes to rest.
const LATER = 200; // ms
const unbuilt = new Map(); // column text -> the height of its rail
function buildSoon(text, height) {
  if (!unbuilt.size) setTimeout(() => idle(buildAll), LATER);
  unbuilt.set(text, height);
}

function buildAll() {
  for (const [text, height] of unbuilt) build(text, height);
  unbuilt.clear();
}

const waiting = new Set();
function soon(text) {
  waiting.add(text);
  onFrame(followAll);
}

function followAll() {
  const texts = [...waiting].filter((text) => rails.has(text) && text.isConnected);
  waiting.clear();
  const draws = texts.map((text) => follow(text, rails.get(text)));
  return () => {
    for (const draw of draws) draw?.();
  };
}

function followChoice() {
  for (const text of rails.keys()) {
    if (text.isConnected) soon(text);
    else rails.delete(text);
  }
  onFrame(() => () => rails.forEach(light));
}

const sizes = new ResizeObserver((entries) => {
  for (const { target, borderBoxSize } of entries) {
    const height = borderBoxSize[0].blockSize;
    if (rails.get(target)?.height === height) soon(target); // only its width: the ticks stay
    else buildSoon(target, height);
  }
});

export function init(root) {
  for (const text of within(root, "[data-column-text]")) {
    if (rails.has(text)) buildSoon(text, rails.get(text).height); // its text came, or changed
    sizes.observe(text, { box: "border-box" });
  }
  if (listening) return;
  listening = true;
  onBring(followChoice);
}
