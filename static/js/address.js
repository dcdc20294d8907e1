// What a script changes of the layout stands in the address at once, and in all that is asked for
// afterwards: a copied link, Back and the next answer show the same view.
const OWN = ["focus", "widths"]; // changed without asking the server
let listening = false;

export function read(name) {
  return new URLSearchParams(location.search).get(name) ?? "";
}

// A query as the server writes it: lists and pairs stay legible.
export const plain = (query) => query.replaceAll("%2C", ",").replaceAll("%3A", ":");

const written = (address) => address.pathname + plain(address.search) + address.hash;

export function write(name, value) {
  const address = new URL(location);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", written(address));
}

// An address of this page as it must read now. A link that sets a part of the layout keeps that part.
function kept(wanted, source) {
  const address = new URL(wanted, location.href);
  const sets = source?.closest?.("[data-layout-set]")?.dataset.layoutSet;
  if (address.pathname !== location.pathname || sets === "reset") return wanted;
  for (const name of OWN) {
    if (sets === name) continue;
    const value = read(name);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  return written(address);
}

function onRequest({ detail: { ctx } }) {
  if (ctx.request.method !== "GET") return;
  ctx.request.action = kept(ctx.request.action, ctx.sourceElement);
}

function onHistory({ detail: { history: step, sourceElement } }) {
  step.path = kept(step.path, sourceElement);
}

function onFollow(event) {
  const link = event.target.closest?.("a[href]");
  const wanted = link?.getAttribute("href");
  if (!wanted || wanted.startsWith("#")) return;
  const now = link.origin === location.origin ? kept(link.href, link) : link.href;
  if (now !== link.href) link.setAttribute("href", now);
}

export function init() {
  if (listening || !document.querySelector("[data-story]")) return;
  listening = true;
  document.addEventListener("htmx:before:request", onRequest);
  document.addEventListener("htmx:before:history:update", onHistory);
  for (const name of ["click", "auxclick", "contextmenu"]) {
    document.addEventListener(name, onFollow, { capture: true });
  }
}
