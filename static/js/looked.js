// Which points a person has looked at in their present state: a quiet check mark, remembered in this
// browser. A point whose verdict or flags have changed since counts as new.
import { forget, recall, remember } from "./browser-store.js";
import { within } from "./find.js";
import { say } from "./status.js";
import { word } from "./words.js";

const STORE = "looked";
const DWELL = 1200; // ms that a point stays chosen before it counts
let timer = 0;

const list = () => document.querySelector("[data-point-list]");
const rowsOf = () => [...(list()?.querySelectorAll("[data-point]") ?? [])];
const stateOf = ({ dataset }) => [dataset.verdict, dataset.open, dataset.worst].join(" ");
const isLooked = (row) => recall(STORE)[row.dataset.point] === stateOf(row);

function sign(row) {
  const own = row.querySelector("[data-point-looked]");
  if (!isLooked(row)) own?.remove();
  else if (!own) {
    const made = document.createElement("span");
    made.className = "point-looked";
    made.dataset.pointLooked = "";
    made.title = word("looked");
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = word("looked");
    made.append(said);
    row.append(made);
  }
}

function reset() {
  forget(STORE, rowsOf().map(({ dataset }) => dataset.point));
  say(word("lookedGone"));
  show();
  list().querySelector("[aria-current]")?.focus({ preventScroll: true }); // its button is gone
}

function line() {
  const own = document.querySelector("[data-looked-line]");
  if (own) return own;
  const made = document.createElement("p");
  made.className = "looked-line";
  made.dataset.lookedLine = "";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = word("lookedReset");
  button.addEventListener("click", reset);
  made.append(document.createElement("span"), " ", button);
  list().after(made);
  return made;
}

function show() {
  const rows = rowsOf();
  for (const row of rows) sign(row);
  const done = rows.filter(isLooked).length;
  const own = line();
  own.hidden = done === 0;
  own.firstChild.textContent = word("lookedCount", { done, all: rows.length });
}

function wait() {
  clearTimeout(timer);
  const row = list()?.querySelector("[data-point][aria-current]");
  if (!row || isLooked(row)) return;
  timer = setTimeout(() => {
    if (!row.isConnected || !row.hasAttribute("aria-current") || document.hidden) return;
    remember(STORE, row.dataset.point, stateOf(row));
    show();
  }, DWELL);
}

export function init(root) {
  if (!list() || !within(root, "[data-point-list], [data-shown-claims]").length) return;
  show();
  wait();
}
