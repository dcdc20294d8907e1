// The panel in which a claim is marked or corrected: opens beside the columns, keeps what it is about
// in sight, and gives focus and selection back when it closes.
import { claimOf, current, index } from "./point-index.js";
import { holds, holdsOnce } from "./claim-guard.js";
import { within } from "./find.js";
import { register } from "./keys.js";
import { toRange } from "./ranges.js";
import { bring, clear, columnOf, mayMark, select, selected } from "./selection.js";
import { say } from "./status.js";

let listening = false;
let said = null; // what a save has done: told last, after all that came with it
let back = null; // what had the focus, and what was selected, before the panel opened

const panel = () => document.querySelector("[data-claim-panel]");
const form = () => panel()?.querySelector("[data-claim-form]");

function remember() {
  const focus = document.activeElement;
  const column = focus?.closest?.("[data-article]")?.querySelector("[data-column-text]");
  back ??= { focus, target: selected(), column: column?.dataset.version };
}

function load(address) {
  remember();
  const target = panel();
  window.htmx.ajax("GET", address, { source: target, target, swap: "innerHTML" });
}

// What the claim's number in a column is about, for the key that annotates.
function claimAt(element) {
  const badge = element?.closest?.("[data-column-text]:not([data-older]) [data-choose]");
  return badge && claimOf(badge);
}

function openClaim(id) {
  load(panel().dataset.claimAddress.replace("/0/", `/${id}/`));
}

function annotate() {
  const target = selected();
  if (holds()) return;
  if (!target) {
    const claim = claimAt(document.activeElement);
    if (claim) openClaim(claim);
    else say(panel().dataset.nothingSelected, { seen: true });
    return;
  }
  const { version, start, end } = target;
  const query = new URLSearchParams({ version, start, end, reading: current() });
  load(`${panel().dataset.newAddress}?${query}`);
}

// Shows where the claim stands, although the focus is in the form.
function highlight() {
  const fields = form()?.elements;
  const column = fields && columnOf(form().dataset.version);
  const range = column && toRange(column, Number(fields.start.value), Number(fields.end.value));
  if (globalThis.CSS?.highlights) {
    CSS.highlights.delete("claim");
    if (range) CSS.highlights.set("claim", new Highlight(range));
  }
  return range ? { column, range } : null;
}

function open() {
  const opening = panel().hidden;
  panel().hidden = false;
  remember();
  if (globalThis.CSS?.highlights) clear(); // else the selection itself shows the place
  const place = highlight();
  if (place && opening) bring(place.column, place.range);
  const first = panel().querySelector("[role=alert]") ?? panel().querySelector("h2");
  first.focus({ preventScroll: true });
  panel().scrollTop = 0;
}

function close() {
  const target = panel();
  if (!target || target.hidden) return false;
  target.hidden = true;
  target.replaceChildren();
  highlight();
  const { focus, target: chosen } = back ?? {};
  back = null;
  const place = focus?.isConnected ? focus : (chosen && columnOf(chosen.version));
  place?.focus({ preventScroll: true });
  if (chosen) select(chosen);
  return true;
}

// The answer to a save is an empty panel: the fragments that changed come beside it, so that what
// had the focus may be another element now.
function saved() {
  said = panel().querySelector("[data-saved]").dataset.saved;
  panel().replaceChildren();
  panel().hidden = true;
  highlight();
}

function settle() {
  if (said === null) return;
  const { focus, target, column } = back ?? {};
  const version = target?.version ?? column;
  const place = focus?.isConnected && focus !== document.body ? focus : columnOf(version);
  (place ?? document.getElementById("main")).focus({ preventScroll: true });
  index();
  say(said);
  [said, back] = [null, null];
}

function onClick(event) {
  if (event.target.closest('[data-select="annotate"]')) annotate();
  const mark = event.target.closest(
    "[data-column-text]:not([data-older]) mark[data-claims]:not([data-points])",
  );
  if (mark && !selected()) openClaim(mark.dataset.claims.split(" ")[0]);
  const closer = event.target.closest("[data-claim-panel] [data-claim-close]");
  if (closer) {
    event.preventDefault();
    if (closer.closest("form") || !holdsOnce()) close(); // cancelling means it
  }
}

function onEscape(event) {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (!holdsOnce() && !close() && selected()) clear();
}

export function init(root) {
  const target = panel();
  if (!target) return;
  if (target.contains(root)) {
    if (target.querySelector("[data-saved]")) saved();
    else if (target.firstElementChild) open();
  } else if (within(root, "[data-columns]").length) highlight();
  if (listening || !mayMark()) return;
  listening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("claim:moved", highlight);
  document.addEventListener("htmx:after:swap", settle);
  register("a", annotate);
}
