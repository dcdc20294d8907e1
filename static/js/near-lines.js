// Where a page tells that a report is silent: its lines that come nearest to the point, beside the
// evidence; and the place of such a line in its column, which an address can name too (`at`).
import { bringRange } from "./bring-range.js";
import { within } from "./find.js";
import { toggle } from "./fold.js";
import { toRange } from "./ranges.js";
import { say } from "./status.js";

const LIT = "line";
let listening = false;
let kept = null; // where an answer is on its way to, while it is put in

const room = () => document.getElementById("near-lines");

function unfold() {
  if (document.documentElement.hasAttribute("data-fold-evidence")) toggle("evidence");
}

async function ask(link) {
  unfold();
  const address = link.getAttribute("href");
  await window.htmx.ajax("GET", address, { source: room(), target: "#near-lines", swap: "innerHTML" });
  const title = document.getElementById("near-title");
  title?.parentElement.scrollIntoView({ block: "nearest" });
  title?.focus();
}

// Lights code points of a column's text and brings them into view; false where they are not there.
function showPlace(column, start, end) {
  const range = column && !column.hasAttribute("data-unloaded") && toRange(column, start, end);
  if (!range) return false;
  if (typeof Highlight === "function") CSS.highlights?.set(LIT, new Highlight(range));
  bringRange(column, range);
  return true;
}

function follow(link) {
  const [report, version, start, end] = link.dataset.textAt.split(" ");
  const column = document.getElementById(`text-${report}`);
  if (column?.dataset.version !== version) return false; // an older text, or another page
  if (!showPlace(column, Number(start), Number(end))) return false;
  column.focus({ preventScroll: true });
  return true;
}

function beforeSwap({ detail: { ctx } }) {
  if (ctx?.target && ctx.target === room()) kept = { target: ctx.target, put: ctx.sourceElement?.matches("form") };
}

// After a claim was put into the point, or refused: says so, and leaves the focus at what is told now.
function afterSwap() {
  if (!kept?.put) return;
  const { target } = kept;
  kept = null;
  say(target.querySelector("[data-saved]")?.dataset.saved);
  if (document.activeElement !== document.body) return;
  const place = document.querySelector("#near-lines .notice, [data-flag-list], #near-title");
  place?.focus({ preventScroll: true });
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  const asks = event.target.closest?.("a[data-near-lines]");
  const leads = event.target.closest?.("a[data-text-at]");
  if (asks && room()) ask(asks);
  else if (!leads || !follow(leads)) return;
  event.preventDefault();
}

function showNamed() {
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(new URLSearchParams(location.search).get("at")) ?? [];
  const column = end && document.getElementById(location.hash.replace("#column-", "text-"));
  if (column && !column.hasAttribute("data-older")) showPlace(column, Number(start), Number(end));
}

export function init(root) {
  if (root === document.body) requestAnimationFrame(showNamed); // once the claims stand at their line
  else if (within(root, "[data-near-room]").length) CSS.highlights?.delete(LIT); // another point
  if (listening) return;
  listening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", afterSwap);
}
