// Texts of columns that are not in the page yet come once they come into view, with their marks.
import { within } from "./find.js";
import { current } from "./point-index.js";

const SAVES = "[data-claim-panel], [data-pairs-said]";
const AHEAD = "0px 400px"; // a column is fetched a little before it can be seen
const late = new Set(); // texts that came later: an answer to a save does not bring them
const asked = new WeakSet();
let watcher = null;
let listening = false;

function addressOf(text) {
  const address = new URL(location);
  const point = current();
  if (point) address.searchParams.set("point", point);
  address.searchParams.set("column", text.closest("[data-article]").dataset.article);
  address.hash = "";
  return address.pathname + address.search.replaceAll("%2C", ",").replaceAll("%3A", ":");
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

async function fetchText(text) {
  text.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", addressOf(text), { source: text, target: text, swap: "innerHTML" });
  text.removeAttribute("aria-busy");
  if (!text.querySelector("[data-start]")) {
    asked.delete(text); // the answer did not come: the link in the shell still leads to it
    return;
  }
  text.removeAttribute("data-unloaded");
  late.add(text);
  light(text);
  // the row is left out of htmx's work: tell all behaviours that this text is new
  text.dispatchEvent(new CustomEvent("htmx:after:process", { bubbles: true }));
}

// Fetches a text that is not in the page yet.
export function load(text) {
  if (!window.htmx || asked.has(text) || !text.hasAttribute("data-unloaded")) return;
  asked.add(text);
  fetchText(text);
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
  for (const text of late) {
    if (text.isConnected) fetchText(text);
    else late.delete(text);
  }
}

export function init(root) {
  for (const text of within(root, "[data-column-text][data-unloaded]")) {
    watch(text);
  }
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
