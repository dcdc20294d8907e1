// A person's own draft: j and k step through the lines to look at, on the page of the draft; beside the
// reports the draft's column is fetched from its own address, again for each chosen point.
import { narrow, onBring, readingLine, toLine } from "./align.js";
import { stepFrom, within } from "./find.js";
import { register } from "./keys.js";
import { current } from "./point-index.js";
import { say } from "./status.js";

const wired = new WeakSet();
let listening = false;
let following = false;
let waited = false;
const placed = new WeakMap(); // the text of the column -> the point that it was brought to

const page = () => document.querySelector("[data-draft]");
const rows = () => [...(page()?.querySelectorAll("[data-finding]") ?? [])];
const chosen = () => rows().find((row) => row.hasAttribute("aria-current"));

// A finding, or a line that the reports bear out.
function choose(row) {
  const finding = row.dataset.finding ?? row.dataset.line;
  for (const other of page().querySelectorAll("[data-finding], [data-line]")) other.toggleAttribute("aria-current", false);
  row.setAttribute("aria-current", "true");
  row.closest("details")?.setAttribute("open", "");
  for (const mark of page().querySelectorAll("mark[data-points]")) {
    if (mark.dataset.points.split(" ").includes(finding)) mark.dataset.state = "on";
    else delete mark.dataset.state;
  }
  for (const badge of page().querySelectorAll("[data-choose]")) {
    if (badge.dataset.choose === finding) badge.setAttribute("aria-current", "true");
    else badge.removeAttribute("aria-current");
  }
  history.replaceState(history.state, "", `?point=${finding}`);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const text = page().querySelector("[data-draft-text]");
  // beside the list the text scrolls by itself; above it, going there would leave the row
  if (text.scrollHeight > text.clientHeight) text.querySelector('mark[data-state="on"]')?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const next = stepFrom(rows(), chosen(), by);
  if (next) choose(next);
}

function clicked(event) {
  if (event.target.closest('[href="#borne-out"]')) document.getElementById("borne-out").open = true;
  const link = event.target.closest("[data-choose], :is([data-finding], [data-line]) h4 a");
  const mark = event.target.closest("mark[data-points]");
  const number = link?.dataset.choose ?? mark?.dataset.points.split(" ")[0];
  const row = number ? document.getElementById(`finding-${number}`) : link?.closest("li");
  if (!row || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  choose(row);
}

// Brings the draft's line to where the reports' claims stand, once for each choice: then it may be scrolled.
function bringLine() {
  const text = document.querySelector("[data-draft-column] [role=region]");
  const lit = [...(text?.querySelectorAll('mark[data-state="on"]') ?? [])];
  const mark = lit.find((one) => one.dataset.flags) ?? lit[0];
  if (!mark || placed.get(text) === current() || narrow.matches || !readingLine()) return;
  placed.set(text, current());
  toLine([[text, mark]]);
}

function fill(column, point) {
  const address = `${column.dataset.draftColumn}?point=${point ?? ""}`;
  if (column.dataset.filled === address) return;
  column.dataset.filled = address;
  window.htmx.ajax("GET", address, { source: column, target: "#draft-column", swap: "innerHTML" });
}

// The chosen point's page, from the link that says so.
function onEnter(event) {
  if (event.key !== "Enter" || !event.target.matches("[data-finding], [data-line]")) return;
  event.target.querySelector("[data-beside]")?.click();
}

// A check that the page waited for is done.
function tellWhenDone() {
  const waits = page().querySelector("[data-draft-state]")?.dataset.draftState === "waiting";
  if (waited && !waits) say(page().querySelector("#draft-list-title")?.textContent);
  waited = waits;
}

// The list of points and the evidence come anew with each choice and after each save.
const MOVES = "[data-draft-column], [data-point-list], [data-shown-claims]";

export function init(root) {
  if (within(root, MOVES).length) {
    for (const column of document.querySelectorAll("[data-draft-column]")) {
      fill(column, current() || column.dataset.point);
    }
  }
  if (!following && document.querySelector("[data-draft-column]")) {
    following = true;
    onBring(bringLine);
  }
  bringLine();
  const draft = page();
  if (!draft) return;
  if (!wired.has(draft)) {
    wired.add(draft);
    draft.addEventListener("click", clicked);
    draft.addEventListener("keydown", onEnter);
  }
  tellWhenDone();
  if (listening) return;
  listening = true;
  register("j", () => step(1));
  register("k", () => step(-1));
  register("e", () => draft.querySelector('a[href="?edit=1"]')?.click());
}
