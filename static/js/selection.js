// What is selected and may become a claim, by whatever means. A bar offers to mark it: on a touch
// screen nothing else would.
import { within } from "./find.js";
import { trim } from "./offsets.js";
import { fromRange, toRange } from "./ranges.js";
import { say } from "./status.js";

const ROUGH = matchMedia("(pointer: coarse), (max-width: 1023px)");
let listening = false;
let target = null; // what is selected: {version, column, start, end, exact}

function bar() {
  return document.querySelector("[data-selection-bar]");
}

// Present for those who may mark claims in this story, and for nobody else.
export function mayMark() {
  return Boolean(bar());
}

export function selected() {
  return target;
}

export function columnOf(version) {
  return document.querySelector(`[data-column-text][data-version="${version}"]`);
}

// What the browser has selected, cut to the first column that it touches.
function read() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const column of document.querySelectorAll("[data-column-text]:not([data-older])")) {
    if (!range.intersectsNode(column)) continue;
    const found = fromRange(column, range);
    const kept = found && trim(found);
    if (kept?.exact) return { version: column.dataset.version, column, ...kept };
  }
  return null;
}

// Beside the column's text where there is room for it, else at the window's foot.
function place() {
  const tools = bar();
  tools.hidden = !target;
  if (!target || ROUGH.matches) {
    tools.style.left = tools.style.top = "";
    return;
  }
  const box = target.column.getBoundingClientRect();
  const [width, height] = [tools.offsetWidth, tools.offsetHeight];
  const left = Math.min(Math.max(box.left + (box.width - width) / 2, 8), innerWidth - width - 8);
  tools.style.left = `${left}px`;
  tools.style.top = `${box.bottom - height - 12}px`;
}

function onSelection() {
  // a form has the focus: what it is about stays selected
  if (document.activeElement?.closest("[data-claim-panel], [data-selection-bar]")) return;
  target = read();
  place();
}

export function select({ version, start, end }, { spoken = false, still = false } = {}) {
  const column = columnOf(version);
  const range = column && toRange(column, start, end);
  if (!range) return;
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  target = read();
  place();
  if (!still) bring(column, range);
  if (spoken) say(target?.exact);
}

// Scrolls the least that shows the selection, in its column only.
export function bring(column, range) {
  const [first, frame] = [range.getBoundingClientRect(), column.getBoundingClientRect()];
  if (column.scrollHeight > column.clientHeight && column.clientHeight) {
    if (first.top < frame.top) column.scrollTop += first.top - frame.top - 12;
    else if (first.bottom > frame.bottom - 72) {
      column.scrollTop += Math.min(first.bottom - frame.bottom + 72, first.top - frame.top - 12);
    }
  } else if (first.top < 140 || first.bottom > innerHeight - 160) {
    scrollBy({ top: first.top - 200, behavior: "instant" });
  }
  const report = column.closest("[data-article]");
  const [box, row] = [report.getBoundingClientRect(), report.parentElement.getBoundingClientRect()];
  const cut = box.left < row.left - 1 || box.right > row.right + 1;
  // a report that is cut off goes first: the row snaps to the starts of its reports
  report.scrollIntoView({ block: "nearest", inline: cut ? "start" : "nearest" });
}

export function clear() {
  target = null;
  document.getSelection().removeAllRanges();
  place();
}

export function init(root) {
  for (const tools of within(root, "[data-selection-bar]")) {
    tools.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  }
  if (listening || !mayMark()) return;
  listening = true;
  document.addEventListener("selectionchange", onSelection);
  // signs behind claims would catch a drag that ends on them, and the selection would run on
  const dragging = (event) => {
    const began = event.type === "pointerdown" && event.target.closest("[data-column-text]");
    const held = began && !event.target.closest("a"); // a press on a sign is a click on it
    document.documentElement.toggleAttribute("data-selecting", Boolean(held));
  };
  for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
    document.addEventListener(name, dragging);
  }
  addEventListener("resize", () => target && place());
}
