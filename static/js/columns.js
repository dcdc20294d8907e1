// Texts of columns that are not in the page yet come once they come into view, with their marks.
import { plain } from "./address.js";
import { within } from "./find.js";
import { current } from "./point-index.js";

const SAVES = "[data-claim-panel], [data-pairs-said]";
const AHEAD = "0px 400px"; // a column is fetched a little before it can be seen
const AT_ONCE = 8; // texts of one answer, as the server has it
const late = new Set(); // texts that came later: an answer to a save does not bring them
let wanted = [];
let busy = false;
let watcher = null;
let listening = false;

const articleOf = (text) => text.closest("[data-article]").dataset.article;

function addressOf(texts) {
  const address = new URL(location);
  const point = current();
  if (point) address.searchParams.set("point", point);
  address.searchParams.set("column", texts.map(articleOf).join(","));
  return address.pathname + plain(address.search);
}

// The point may be another one by the time that the text is here: its marks follow the list.
function light(text) {
  const point = current();
  for (const mark of text.querySelectorAll("mark[data-points]")) {
    if (mark.dataset.points.split(" ").includes(point)) mark.dataset.state = "on";
    else mark.removeAttribute("data-state");
  }
  for (const badge of text.querySelectorAll("[data-choose]")) {
    if (badge.dataset.choose === point) badge.setAttribute("aria-current", "true");
    else badge.removeAttribute("aria-current");
  }
}

function came(text) {
  text.removeAttribute("aria-busy");
  if (!text.querySelector("[data-start]")) return; // no answer: the link in the shell still leads to it
  text.removeAttribute("data-unloaded");
  late.add(text);
  light(text);
  // the row is left out of htmx's work: tell all behaviours that this text is new
  text.dispatchEvent(new CustomEvent("htmx:after:process", { bubbles: true }));
}

// One question at a time, for all the texts that are wanted by then: those asked for last first.
async function fetchTexts() {
  if (busy) return;
  busy = true;
  await null; // what comes into view together is asked for together
  while (wanted.length) {
    const texts = wanted.splice(-AT_ONCE).filter((text) => text.isConnected);
    if (!texts.length) continue;
    const row = document.querySelector("[data-columns]");
    for (const text of texts) text.setAttribute("aria-busy", "true");
    await window.htmx.ajax("GET", addressOf(texts), { source: row, target: row, swap: "none" });
    texts.forEach(came);
  }
  busy = false;
}

function want(texts) {
  wanted.push(...texts.filter((text) => !wanted.includes(text) && !text.hasAttribute("aria-busy")));
  fetchTexts();
}

// Fetches a text that is not in the page yet.
export function load(text) {
  if (window.htmx && text.hasAttribute("data-unloaded")) want([text]);
}

function watch(text) {
  watcher ??= new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => load(target)),
    { scrollMargin: AHEAD },
  );
  watcher.observe(text);
}

// What was saved may have changed the marks of texts that the answer knows nothing of.
function afterSwap(event) {
  if (!event.detail.ctx?.target?.matches?.(SAVES)) return;
  for (const text of late) if (!text.isConnected) late.delete(text);
  if (late.size) want([...late]);
}

export function init(root) {
  for (const text of within(root, "[data-column-text][data-unloaded]")) watch(text);
  if (listening || !document.querySelector("[data-columns]")) return;
  listening = true;
  document.addEventListener("htmx:after:swap", afterSwap);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-column-load]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.closest("[data-column-text]"));
  });
}
