// A thin line at a column's head: how far its text was read, the furthest that a person scrolled to
// by hand. Remembered by version, so that a new text starts anew.
import { recall, remember } from "./browser-store.js";
import { onHand } from "./by-hand.js";
import { within } from "./find.js";
import { onFrame } from "./frame.js";
import { lengthOf, placeAt } from "./text-place.js";
import { word } from "./words.js";

const STORE = "read";
const HAND = 400; // ms after a turn of the wheel or a key in which a scroll is the person's
const wired = new WeakSet();
const lastHand = new WeakMap();

function lineOf(text) {
  const head = text.closest("[data-article]").querySelector("header");
  const own = head.querySelector("[data-read]");
  if (own) return own;
  const line = document.createElement("div");
  line.className = "read-line";
  line.dataset.read = "";
  line.setAttribute("role", "progressbar");
  line.setAttribute("aria-label", word("readSoFar"));
  head.append(line);
  return line;
}

function show(text) {
  const share = Math.round(100 * (recall(STORE)[text.dataset.version] ?? 0));
  const line = lineOf(text);
  line.setAttribute("aria-valuenow", share);
  line.style.inlineSize = `${share}%`;
}

function look(text) {
  const edge = Math.min(text.getBoundingClientRect().bottom, innerHeight);
  const share = Math.min(1, placeAt(text, edge) / lengthOf(text));
  if (share <= (recall(STORE)[text.dataset.version] ?? 0)) return null;
  remember(STORE, text.dataset.version, Math.round(share * 1000) / 1000);
  return () => show(text);
}

export function init(root) {
  for (const text of within(root, "[data-column-text][data-version]")) {
    show(text);
    if (wired.has(text)) continue;
    wired.add(text);
    onHand(text, () => lastHand.set(text, performance.now()));
    const lookHere = () => look(text);
    const scrolled = () => {
      if (performance.now() - (lastHand.get(text) ?? -HAND) < HAND) onFrame(lookHere);
    };
    text.addEventListener("scroll", scrolled, { passive: true });
    text.addEventListener("scrollend", scrolled, { passive: true });
  }
}
