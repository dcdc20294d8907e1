// Makes texts ready to be brought to the reading line, and keeps them there while columns change
// their size, but not in a column in which the person has read on by hand.
import { align, leave } from "./align.js";
import { onHand } from "./by-hand.js";
import { within } from "./find.js";
import { warm } from "./near.js";

const wired = new WeakSet();
let changed = new Set();

const sizes = new ResizeObserver((entries) => {
  if (!changed.size) requestAnimationFrame(alignChanged);
  for (const { target } of entries) changed.add(target);
});

function alignChanged() {
  const columns = [...changed].filter((column) => column.isConnected);
  changed = new Set();
  align(columns);
}

export function init(root) {
  for (const text of within(root, "[data-column-text]")) {
    warm(text);
    if (wired.has(text)) continue;
    wired.add(text);
    sizes.observe(text, { box: "border-box" });
    onHand(text, () => leave(text));
  }
}
