// Shows for a moment where the chosen claims were brought to. Not where motion is unwanted.
import { onBring, readingLine } from "./align.js";
import { onFrame } from "./frame.js";
import { current } from "./point-index.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
let shown = "";
let listening = false;

function lineIn(columns) {
  const own = document.querySelector("[data-reading-line]");
  if (own) return own;
  const made = document.createElement("div");
  made.className = "reading-line";
  made.dataset.readingLine = "";
  made.setAttribute("aria-hidden", "true");
  columns.parentNode.append(made); // last: put in between, every text would be styled anew
  return made;
}

function follow() {
  const columns = document.querySelector("[data-columns]");
  const text = columns?.querySelector("[data-column-text]");
  if (!text || !readingLine()) return null;
  const top = text.getBoundingClientRect().top - columns.getBoundingClientRect().top;
  return () => draw(lineIn(columns), top + readingLine());
}

function draw(line, top) {
  line.style.insetBlockStart = `${top}px`;
  if (current() === shown) return; // moved by a change of size, not by a choice
  shown = current();
  if (!still.matches) line.animate([{ opacity: 0.7 }, { opacity: 0 }], { duration: 700, easing: "ease-in" });
}

export function init() {
  if (listening) return;
  listening = true;
  onBring(() => onFrame(follow));
}
