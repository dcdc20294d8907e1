// Folds the paragraphs without a claim into a line that opens them. The browser's own search still
// finds and opens them, and what is copied across them has their words.
import { counted } from "./words.js";

const BLOCK = "[data-start], ul";
const HIDDEN = "until-found";
const runs = new WeakMap(); // line -> its paragraphs
let listening = false;

function lineOf(run) {
  const line = document.createElement("button");
  line.type = "button";
  line.className = "folded-line";
  line.dataset.foldedLine = "";
  line.textContent = counted("folded", run.length);
  runs.set(line, run);
  return line;
}

// Opens a line's paragraphs, or folds them again.
export function setLine(line, open) {
  line.setAttribute("aria-expanded", String(open));
  for (const block of runs.get(line)) {
    if (open) block.removeAttribute("hidden");
    else {
      block.style.contentVisibility = "";
      block.setAttribute("hidden", HIDDEN);
    }
  }
}

export function foldText(column) {
  unfoldText(column);
  let run = [];
  const close = () => {
    if (run.length) {
      const line = lineOf(run);
      run[0].before(line);
      setLine(line, false);
    }
    run = [];
  };
  for (const block of [...column.children]) {
    if (block.matches(BLOCK) && !block.querySelector("mark[data-points]")) run.push(block);
    else close();
  }
  close();
}

export function unfoldText(column) {
  for (const line of column.querySelectorAll("[data-folded-line]")) {
    setLine(line, true);
    line.remove();
  }
}

// The lines of a column whose paragraphs are folded now.
export const foldedLines = (column) => [
  ...column.querySelectorAll('[data-folded-line][aria-expanded="false"]'),
];

// Opens the paragraph that holds an element, if it is folded.
export function openAt(element) {
  const block = element.closest(`[hidden="${HIDDEN}"]`);
  if (!block) return;
  let line = block.previousElementSibling;
  while (line && !runs.has(line)) line = line.previousElementSibling;
  if (line) setLine(line, true);
}

function onCopy(event) {
  const selection = document.getSelection();
  const column = event.target.closest?.("[data-column-text]");
  if (!column || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const folded = [...column.querySelectorAll(`[hidden="${HIDDEN}"]`)];
  if (!folded.some((block) => range.intersectsNode(block))) return;
  const copied = [...range.cloneContents().children].filter((block) => !block.matches("button"));
  event.clipboardData.setData("text/plain", copied.map((block) => block.textContent).join("\n\n"));
  event.preventDefault();
}

export function listen() {
  if (listening) return;
  listening = true;
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-folded-line]");
    if (runs.has(line)) setLine(line, line.getAttribute("aria-expanded") === "false");
  });
  document.addEventListener("beforematch", (event) => openAt(event.target));
  document.addEventListener("copy", onCopy);
}
