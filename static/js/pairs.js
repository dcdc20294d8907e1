// After a word on a pair in doubt: says what happened and keeps the focus where the person works.
import { say } from "./status.js";

let listening = false;
let kept = null;

function beforeSwap(event) {
  const said = event.detail.ctx?.target;
  if (!said?.matches?.("[data-pairs-said]")) return;
  const pair = document.activeElement?.closest("[data-pair]");
  const all = [...document.querySelectorAll("[data-pair]")];
  const next = pair && (all[all.indexOf(pair) + 1] ?? all[all.indexOf(pair) - 1]);
  kept = { said, pair: pair?.id, next: next?.id };
}

// The pair's own button where it still has one in view, else the next pair's, else the evidence.
function focusNear({ pair, next }) {
  const button = (id) => id && document.getElementById(id)?.querySelector("button");
  const seen = [button(pair), button(next)].find((found) => found?.checkVisibility());
  const place = seen ?? document.querySelector("#pairs summary, [data-flag-list]");
  place?.focus({ preventScroll: true });
}

function afterSwap() {
  if (!kept) return;
  const { said, pair, next } = kept;
  kept = null;
  const refused = document.querySelector("[data-pair-refused]");
  if (refused) refused.focus();
  else if (pair && document.activeElement === document.body) focusNear({ pair, next });
  say(said.querySelector("[data-saved]")?.dataset.saved);
}

export function init() {
  if (listening) return;
  listening = true;
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", afterSwap);
}
