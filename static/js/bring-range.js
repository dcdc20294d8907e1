// Brings a stretch of a column's text into view, whatever is folded, hidden behind a tab or not drawn.
import { leave } from "./align.js";
import { openAt } from "./fold-text.js";
import { drawNear } from "./near.js";
import { show } from "./tabs.js";

const SHARE = 0.4; // of the height to which it is brought

export function bringRange(column, range) {
  const element = range.startContainer.parentElement;
  const report = column.closest("[data-article]");
  openAt(element);
  leave(column);
  show(report.dataset.article);
  report.scrollIntoView({ block: "nearest", inline: "nearest" });
  drawNear([[column, element]]);
  const own = range.getBoundingClientRect();
  const edge = column.getBoundingClientRect();
  const inside = column.scrollHeight > column.clientHeight + 1;
  const by = inside ? own.top - edge.top - edge.height * SHARE : own.top - innerHeight * SHARE;
  (inside ? column : window).scrollBy({ top: by, behavior: "instant" });
}
