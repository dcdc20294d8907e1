// Says what just happened in the page's one polite live region; never moves focus or scroll.
import { within } from "./find.js";

let listening = false;

export function say(text, { seen = false } = {}) {
  const region = document.querySelector("[data-status]");
  if (!region || !text) return;
  region.textContent = text;
  region.classList.toggle("visually-hidden", !seen);
  region.classList.toggle("toast", seen);
}

function failure(ctx) {
  const told = document.querySelector("[data-status]")?.dataset ?? {};
  if (ctx?.request?.method === "GET") return told.unanswered;
  return ctx?.response?.status === 403 ? told.forbidden : told.failed;
}

export function init(root) {
  if (root === document.body) {
    // what a form before this page did: said only once the region is there to be heard
    const told = within(root, "[data-told]").map((element) => element.textContent);
    if (told.length) say(told.join(" "));
  } else {
    for (const element of within(root, "[data-announce]")) say(element.dataset.announce);
  }
  if (listening) return;
  listening = true;
  for (const name of ["htmx:response:error", "htmx:error"]) {
    document.addEventListener(name, (event) => {
      // a refused save comes back with its form, which says why
      if ([409, 422].includes(event.detail.ctx?.response?.status)) return;
      say(failure(event.detail.ctx), { seen: true });
    });
  }
}
