// A person's own draft: j and k step through the lines to look at, on the page of the draft; beside the
// reports the draft's column is fetched from its own address, again for each chosen point.
import { within } from "./find.js";
import { register } from "./keys.js";
import { current } from "./point-index.js";

const wired = new WeakSet();
let listening = false;

const page = () => document.querySelector("[data-draft]");
const rows = () => [...(page()?.querySelectorAll("[data-finding]") ?? [])];
const chosen = () => rows().findIndex((row) => row.hasAttribute("aria-current"));

function choose(row, { focus = true } = {}) {
  const { finding } = row.dataset;
  for (const other of rows()) other.toggleAttribute("aria-current", false);
  row.setAttribute("aria-current", "true");
  for (const mark of page().querySelectorAll("mark[data-points]")) {
    if (mark.dataset.points.split(" ").includes(finding)) mark.dataset.state = "on";
    else delete mark.dataset.state;
  }
  for (const badge of page().querySelectorAll("[data-choose]")) {
    if (badge.dataset.choose === finding) badge.setAttribute("aria-current", "true");
    else badge.removeAttribute("aria-current");
  }
  history.replaceState(history.state, "", `?point=${finding}`);
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  page().querySelector('mark[data-state="on"]')?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = chosen();
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function clicked(event) {
  const link = event.target.closest("[data-choose], .draft-row h4 a");
  const mark = event.target.closest("mark[data-points]");
  const number = link?.dataset.choose ?? link?.closest("[data-finding]")?.dataset.finding ?? mark?.dataset.points.split(" ")[0];
  const row = number && document.getElementById(`finding-${number}`);
  if (!row || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  choose(row);
}

function fill(column, point) {
  const address = `${column.dataset.draftColumn}?point=${point ?? ""}`;
  if (column.dataset.filled === address) return;
  column.dataset.filled = address;
  window.htmx.ajax("GET", address, { source: column, target: "#draft-column", swap: "innerHTML" });
}

// The chosen point's page, from the link that says so.
function onEnter(event) {
  if (event.key !== "Enter" || !event.target.matches("[data-finding]")) return;
  event.target.querySelector("[data-beside]")?.click();
}

// The list of points and the evidence come anew with each choice and after each save.
const MOVES = "[data-draft-column], [data-point-list], [data-shown-claims]";

export function init(root) {
  if (within(root, MOVES).length) {
    for (const column of document.querySelectorAll("[data-draft-column]")) {
      fill(column, current() || column.dataset.point);
    }
  }
  const draft = page();
  if (!draft) return;
  if (!wired.has(draft)) {
    wired.add(draft);
    draft.addEventListener("click", clicked);
    draft.addEventListener("keydown", onEnter);
  }
  if (listening) return;
  listening = true;
  register("j", () => step(1));
  register("k", () => step(-1));
  register("e", () => draft.querySelector('a[href="?edit=1"]')?.click());
}
