// Keys that set the columns up: they follow the links of the column in which one reads. And the
// keys from flag to flag over all points, the gravest first.
import { choose } from "./choice.js";
import { within } from "./find.js";
import { register } from "./keys.js";
import { current, pointRows } from "./point-index.js";
import { widen } from "./resize.js";
import { say } from "./status.js";
import { word } from "./words.js";

const RANKS = ["high", "medium", "low"];
const wired = new WeakSet();
let last = ""; // the report that had the focus last
let listening = false;

function column() {
  const columns = [...document.querySelectorAll("[data-columns] > [data-article]")];
  return columns.find(({ dataset }) => dataset.article === last) ?? columns[0];
}

function follow(name) {
  column()?.querySelector(`[data-layout-set="${name}"]`)?.click();
}

function resize(by) {
  const own = column();
  if (own) say(word("widthSaid", { number: widen(own, by) }));
}

function colour() {
  const links = [...document.querySelectorAll('[data-layout-set="colour"]')];
  const now = document.querySelector("[data-story]")?.dataset.colour;
  const at = links.findIndex(({ dataset }) => dataset.value === now);
  links[(at + 1) % links.length]?.click();
}

function flagged(by) {
  const open = pointRows().filter(({ dataset }) => Number(dataset.open) > 0);
  const rank = ({ dataset }) => RANKS.indexOf(dataset.worst);
  open.sort((a, b) => rank(a) - rank(b)); // stable: equals stay in the order of the list
  if (!open.length) return say(word("noFlags"), { seen: true });
  const at = open.findIndex(({ dataset }) => dataset.point === current());
  const to = at < 0 && by < 0 ? -1 : at + by; // past the last comes the first
  choose(open.at(to % open.length).dataset.point);
}

const actions = {
  b: () => follow("base"),
  "<": () => follow("left"),
  ">": () => follow("right"),
  w: () => resize(1),
  W: () => resize(-1),
  v: colour,
  "]": () => flagged(1),
  "[": () => flagged(-1),
};

export function init(root) {
  for (const group of within(root, "[data-columns]")) {
    if (wired.has(group)) continue;
    wired.add(group);
    group.addEventListener("focusin", (event) => {
      last = event.target.closest("[data-article]")?.dataset.article ?? last;
    });
  }
  if (listening || !document.querySelector("[data-columns]")) return;
  listening = true;
  for (const [key, action] of Object.entries(actions)) register(key, action);
}
