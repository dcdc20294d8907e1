// When a comparison has run again, or a claim was saved, parts of the page are replaced: what the person
// looks at, has selected, opened or focused stays as it is. Typed text holds a replacement back.
import { columnTexts, leave } from "./align.js";
import { within } from "./find.js";
import { select, selected } from "./selection.js";
import { current, show } from "./tabs.js";
import { unsaved } from "./unsaved.js";

const SCROLLED = ["#points", "[data-columns]", "[data-inspector] [role=group]", "#evidence-body"];
let listening = false;
let kept = null;
let held = false;

const comparison = () => document.getElementById("comparison");

// The first block in view and how far it lies above the edge: heights out of view are only guessed.
function reading(column) {
  const edge = column.getBoundingClientRect().top;
  const blocks = [...column.querySelectorAll("[data-start]")];
  const first = blocks.find((block) => block.getBoundingClientRect().bottom > edge);
  if (!first || column.scrollTop === 0) return null;
  return { start: first.dataset.start, above: first.getBoundingClientRect().top - edge };
}

function resume(column, { start, above }) {
  for (let pass = 0; pass < 2; pass += 1) {
    const block = column.querySelector(`[data-start="${start}"]`);
    if (!block) return;
    const off = block.getBoundingClientRect().top - column.getBoundingClientRect().top - above;
    column.scrollBy({ top: off, behavior: "instant" });
  }
}

// How to find the focused element again; a number behind a claim has no id of its own.
function focusPath() {
  const focused = document.activeElement;
  if (!focused || !comparison()?.contains(focused)) return "";
  if (focused.id) return `#${CSS.escape(focused.id)}`;
  const column = focused.closest("[data-article]");
  if (column && focused.dataset.choose) {
    return `[data-article="${column.dataset.article}"] [data-choose="${focused.dataset.choose}"]`;
  }
  return column ? `[data-article="${column.dataset.article}"] [data-column-text]` : "#main";
}

function remember() {
  const texts = columnTexts();
  kept = {
    texts: texts.map((text) => [text.id, text.clientHeight ? reading(text) : null, text.scrollTop]),
    scrolled: SCROLLED.map((found) => {
      const panel = document.querySelector(found);
      return [found, panel?.scrollTop ?? 0, panel?.scrollLeft ?? 0];
    }),
    page: scrollY,
    open: [...document.querySelectorAll("#comparison details[open][id]")].map(({ id }) => id),
    focus: focusPath(),
    tab: current(),
    target: selected(),
  };
}

function restore() {
  const { texts, scrolled, page, open, focus, tab, target } = kept;
  kept = null;
  if (tab) show(tab);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, place, top] of texts) {
    const text = document.getElementById(id);
    if (text && place) {
      resume(text, place);
      leave(text); // where the person reads: it is brought to the line by the next choice only
    } else text?.scrollTo({ top, behavior: "instant" });
  }
  for (const [found, top, left] of scrolled) {
    document.querySelector(found)?.scrollTo({ top, left, behavior: "instant" });
  }
  scrollTo({ top: page, behavior: "instant" });
  if (target) select(target, { still: true });
  if (focus && [document.body, null].includes(document.activeElement)) {
    document.querySelector(focus)?.focus({ preventScroll: true });
  }
}

function typing() {
  const area = comparison();
  const focused = document.activeElement;
  if (!area) return false;
  if (area.querySelector("details[open] > [data-layout-form]")) return true; // columns are being chosen
  return (area.contains(focused) && focused.matches("textarea, input")) || unsaved(area);
}

// The answer to a save empties the panel, or the line above the pairs, and brings what changed.
function isSave({ ctx, tasks }) {
  return ctx?.target?.matches?.("[data-claim-panel], [data-pairs-said]") && tasks.length > 1;
}

// The person has asked for the page in another layout: nothing that is typed would be lost by it.
function isWanted(source) {
  return Boolean(source?.matches?.("#comparison, [data-layout-form]"));
}

// htmx hands an old element's attributes to the new one of the same id, and the policy allows no style
// attribute: measures that scripts have set are set anew on what comes.
function dropMeasures({ ctx, tasks = [] }) {
  for (const target of [ctx?.target, ...tasks.map((task) => task.target)]) {
    const element = typeof target === "string" ? document.querySelector(target) : target;
    if (!element?.matches?.("#comparison, [data-column-text]")) continue;
    for (const one of within(element, "[id][style]")) one.removeAttribute("style");
  }
}

function beforeSwap(event) {
  const target = event.detail.ctx?.target;
  if (target?.id === "comparison" && typing() && !isWanted(event.detail.ctx.sourceElement)) {
    held = true;
    event.preventDefault();
    return;
  }
  if (target?.id === "comparison" || isSave(event.detail)) remember();
  dropMeasures(event.detail);
}

// What was held back is asked for again as soon as nothing is being typed.
function release() {
  if (!held || typing()) return;
  held = false;
  const source = document.querySelector("#freshness[hx-get]");
  if (source) {
    const address = source.getAttribute("hx-get");
    window.htmx.ajax("GET", address, { source, target: "#comparison", swap: "outerHTML" });
  }
}

export function init() {
  if (listening || !comparison()) return;
  listening = true;
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", () => {
    if (kept) restore();
    release();
  });
  document.addEventListener("focusout", () => setTimeout(release));
}
