// What was typed into a claim's form goes only when the person says so: nothing else takes its
// place, and closing it takes a second press.
import { say } from "./status.js";

let listening = false;
let warned = null; // the form whose loss was announced

const panel = () => document.getElementById("claim-panel");
const changed = () => panel()?.querySelector("[data-claim-form][data-changed]");

// Whether a changed form is open; that is said, and it gets the focus.
export function holds() {
  const form = changed();
  if (!form) return false;
  say(panel().dataset.formOpen, { seen: true });
  if (!form.contains(document.activeElement)) {
    form.querySelector("input:not([type=hidden]), select")?.focus();
  }
  return true;
}

// Whether closing waits for a second press; anything typed in between makes that the first again.
export function holdsOnce() {
  const form = changed();
  if (!form || form === warned) return false;
  warned = form;
  form.addEventListener("input", () => { warned = null; }, { once: true });
  say(panel().dataset.closeAgain, { seen: true });
  return true;
}

function onRequest(event) {
  const { sourceElement, target } = event.detail.ctx;
  if (!panel() || target !== panel() || sourceElement === changed()) return;
  if (!sourceElement.matches("[data-claim-give-up]") && holds()) event.preventDefault();
}

export function init() {
  if (listening) return;
  listening = true;
  document.addEventListener("htmx:before:request", onRequest);
}
