// Says how many reports lie beyond an edge of the row of columns, and brings the next one in.
import { within } from "./find.js";

const wired = new WeakSet();
const SLACK = 24; // a column that lacks less than this counts as seen

function beyond(row, side) {
  const frame = row.getBoundingClientRect();
  return [...row.children].filter((column) => {
    const box = column.getBoundingClientRect();
    return side === "right" ? box.right > frame.right + SLACK : box.left < frame.left - SLACK;
  });
}

function count(row) {
  const wider = row.scrollWidth > row.clientWidth;
  // the line stays while one scrolls, so that nothing moves; nor is a focus lost with it
  const line = document.querySelector("[data-more-line]");
  line.hidden = !wider && !line.contains(document.activeElement);
  for (const button of document.querySelectorAll("[data-more]")) {
    const number = wider ? beyond(row, button.dataset.more).length : 0;
    button.querySelector("[data-more-count]").textContent = number;
    // the one with the focus stays, else the focus would be lost
    button.hidden = number === 0 && button !== document.activeElement;
  }
}

export function init(root) {
  for (const row of within(root, "[data-columns]")) {
    if (wired.has(row)) continue;
    wired.add(row);
    row.addEventListener("scroll", () => count(row), { passive: true });
    new ResizeObserver(() => count(row)).observe(row);
    for (const button of document.querySelectorAll("[data-more]")) {
      button.addEventListener("blur", () => count(row));
      button.addEventListener("click", () => {
        const hidden = beyond(row, button.dataset.more);
        const rtl = getComputedStyle(row).direction === "rtl"; // the first report stands rightmost
        const next = (button.dataset.more === "right") !== rtl ? hidden[0] : hidden.at(-1);
        next?.scrollIntoView({ block: "nearest", inline: "nearest" });
      });
    }
  }
}
