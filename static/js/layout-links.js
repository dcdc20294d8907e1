// Links and menus that set the page up otherwise: the columns are exchanged in place, the point that
// is chosen now stays, and so does what is being typed.
import { plain } from "./address.js";
import { current } from "./point-index.js";
import { say } from "./status.js";
import { unsaved } from "./unsaved.js";

const MENU = "details[data-layout-menu]";
let listening = false;
let told = ""; // what was said last of how the columns stand
let tools = false; // whether the narrow screen's panel was open

const comparison = () => document.getElementById("comparison");
const said = () => document.querySelector("[data-layout-said]")?.dataset.layoutSaid ?? "";

// The address that a link means, with the point that is chosen now instead of that of the page's start.
function meant(link) {
  const address = new URL(link.href);
  const point = current();
  if (point && link.dataset.layout !== "anew") address.searchParams.set("point", point);
  return address.pathname + plain(address.search);
}

function close(menu) {
  menu.open = false;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
}

function refuses() {
  if (!unsaved(comparison())) return false;
  say(document.querySelector("[data-mode-switch]")?.dataset.unsaved, { seen: true });
  return true;
}

function follow(link) {
  if (refuses()) return;
  for (const menu of document.querySelectorAll(`${MENU}[open]`)) close(menu);
  window.htmx.ajax("GET", meant(link), {
    source: comparison(),
    target: "#comparison",
    swap: "outerHTML",
    push: "true",
  });
}

function openPanel() {
  const panel = document.getElementById("layout-columns");
  const box = document.getElementById("layout-tools");
  for (const menu of document.querySelectorAll(`${MENU}[open]`)) close(menu);
  if (getComputedStyle(box).position === "fixed") box.showPopover();
  panel.open = true;
  panel.querySelector("summary").focus();
}

function onClick(event) {
  for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
    if (!menu.contains(event.target) && !event.target.closest("#layout-tools:popover-open")) menu.open = false;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-layout], a[data-layout-panel]");
  if (!link || !window.htmx || !comparison()) return;
  event.preventDefault();
  if (link.hasAttribute("data-layout-panel")) openPanel();
  else follow(link);
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.(`${MENU}[open]`) ?? document.querySelector(`${MENU}[open]`);
  if (!menu) return;
  event.stopPropagation(); // the key is used up: nothing else closes
  close(menu);
}

// In a menu the arrows go from entry to entry; in a field they are the field's.
function onArrow(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = event.target.closest?.(MENU);
  if (!by || !menu || event.target.matches("input") || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  menu.open = true;
  const stops = [...menu.querySelectorAll("summary, a, button:enabled, input")];
  stops[stops.indexOf(event.target) + by]?.focus();
}

function onSubmit(event) {
  const form = event.target.closest?.("[data-layout-form]");
  if (!form) return;
  const point = form.querySelector("[data-chosen-point]");
  if (point && current()) point.value = current();
  if (refuses()) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.submitter?.name === "show") close(form.closest(MENU)); // a refused choice opens it again
}

function beforeSwap(event) {
  if (event.detail.ctx?.target?.id !== "comparison") return;
  told = said();
  tools = Boolean(document.querySelector("#layout-tools:popover-open"));
}

function afterSwap() {
  const story = document.querySelector("[data-story]");
  const colour = comparison()?.dataset.layoutColour;
  if (!story || !colour) return;
  if (story.dataset.colour !== colour) story.dataset.colour = colour;
  const box = document.getElementById("layout-tools");
  if (tools && box && getComputedStyle(box).position === "fixed") box.showPopover();
  tools = false;
  const error = document.querySelector("[data-layout-form] [role=alert]");
  if (error || said() !== told) say(error?.textContent ?? said());
  told = said();
}

export function init() {
  if (listening || !comparison()) return;
  listening = true;
  told = said();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape, { capture: true });
  document.addEventListener("keydown", onArrow, { capture: true });
  document.addEventListener("submit", onSubmit, { capture: true });
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", afterSwap);
}
