// Find in all columns: the words are lit by the browser itself (CSS Custom Highlight API), counted,
// and gone through by Enter. Where a browser cannot do that the box stays away.
import { columnTexts } from "./align.js";
import { bringRange } from "./bring-range.js";
import { load as loadText } from "./columns.js";
import { readied, matches, wanted } from "./find-text.js";
import { within } from "./find.js";
import { register } from "./keys.js";
import { keepPlaces } from "./kept-places.js";

const ALL = "found";
const ONE = "found-now";
const MOST = 1000; // in one column
const able = typeof Highlight === "function" && Boolean(CSS.highlights);
const wired = new WeakSet();
let prepared = new Map(); // column text -> its blocks
let found = [];
let at = -1;
let before = null; // what had the focus when the box was opened
let places = null; // where the columns stood then; none once the person has walked to a match
let listening = false;

const box = () => document.querySelector("[data-find]");
const field = () => document.querySelector("[data-find-words]");

function count() {
  const output = document.querySelector("[data-find-count]");
  const { none, one, in: each } = box().dataset;
  if (!wanted(field().value)) output.textContent = "";
  else if (!found.length) output.textContent = none;
  else {
    const column = found[at].column;
    const source = column.closest("[data-article]").querySelector("h2 bdi").textContent.trim();
    const own = found.filter((match) => match.column === column);
    output.textContent = one.replace("%(at)s", at + 1).replace("%(all)s", found.length);
    output.append(" · ", each.replace("%(source)s", source).replace("%(count)s", own.length));
  }
}

function paint() {
  CSS.highlights.set(ALL, new Highlight(...found.map(({ range }) => range)));
  const now = new Highlight(...(found[at] ? [found[at].range] : []));
  now.priority = 1;
  CSS.highlights.set(ONE, now);
  count();
}

function bring() {
  bringRange(found[at].column, found[at].range);
}

function step(by) {
  if (!found.length) return;
  at = (at + by + found.length) % found.length;
  places = null;
  paint();
  bring();
}

function search() {
  const words = wanted(field().value);
  const here = found[at]?.range.startContainer;
  found = [];
  for (const column of words ? columnTexts() : []) {
    if (!prepared.has(column)) prepared.set(column, readied(column));
    for (const range of matches(prepared.get(column), words, MOST)) found.push({ range, column });
  }
  at = found.length ? Math.max(0, found.findIndex(({ range }) => range.startContainer === here)) : -1;
  paint();
  if (found.length) bring();
}

// Texts that are not there yet are asked for; they are searched as they come in.
function load() {
  columnTexts().forEach(loadText);
}

function open() {
  if (!able || !box()) return;
  if (box().hidden) {
    before = document.activeElement;
    places = keepPlaces();
  }
  box().hidden = false;
  load();
  field().focus();
  field().select();
  if (field().value) search();
}

function close() {
  box().hidden = true;
  found = [];
  at = -1;
  prepared = new Map();
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(ONE);
  const back = before?.isConnected && before !== document.body ? before : document.getElementById("main");
  back.focus({ preventScroll: true });
  places?.(); // only looked up: everything stands again as it was read
  places = null;
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && event.target === field()) step(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
}

export function init(root) {
  const changed = within(root, "[data-column-text]").length > 0;
  if (changed && able && box() && !box().hidden) {
    prepared = new Map();
    search();
  }
  for (const own of within(root, "[data-find]")) {
    if (wired.has(own) || !able) continue;
    wired.add(own);
    own.addEventListener("keydown", onKey);
    field().addEventListener("input", search);
    for (const button of own.querySelectorAll("[data-find-step]")) {
      button.addEventListener("click", () => step(Number(button.dataset.findStep)));
    }
    own.querySelector("[data-find-close]").addEventListener("click", close);
  }
  for (const button of able ? within(root, "[data-find-open]") : []) {
    button.hidden = false;
    if (!wired.has(button)) button.addEventListener("click", open);
    wired.add(button);
  }
  if (listening || !able || !box()) return;
  listening = true;
  register("/", open);
}
