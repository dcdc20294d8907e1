// Deciding on flags: which one the keys act on, the forms that open in place, and what stays as it
// is when a card or a row comes back from the server.
import { refusal } from "./decide-guard.js";
import { within } from "./find.js";
import { toggle } from "./fold.js";
import { register } from "./keys.js";
import { say } from "./status.js";

const FLAG = "[data-discrepancy], [data-queue-row]";
const KEYS = { c: "confirm", d: "dismiss", m: "note", u: "undo" };
let listening = false;
let kept = null;

export function current() {
  return document.querySelector(`:is(${FLAG})[aria-current]`);
}

export function makeCurrent(flag) {
  if (!flag || flag === current()) return;
  for (const other of document.querySelectorAll(`:is(${FLAG})[aria-current]`)) {
    other.removeAttribute("aria-current");
  }
  flag.setAttribute("aria-current", "true");
}

// A decision on what one does not see would be a trap: the first press of a key shows the flag.
function hidden(flag) {
  const folded = document.documentElement.hasAttribute("data-fold-evidence");
  if (!folded || !flag.closest("[data-inspector]")) return false;
  toggle("evidence");
  return true;
}

function act(action) {
  const flag = current();
  const refused = refusal(action, flag);
  if (refused) return say(refused, { seen: true });
  const control = flag?.querySelector(`[data-action="${action}"]`);
  if (!control) return undefined;
  const shown = !hidden(flag);
  flag.scrollIntoView({ block: "nearest" });
  if (!shown) return undefined;
  if (control.matches("summary")) open(control.parentElement);
  else control.click();
  return undefined;
}

function open(details) {
  for (const other of details.parentElement.querySelectorAll("details")) {
    other.open = other === details; // one form at a time; what was typed in another stays there
  }
  const fields = details.querySelector("form").elements;
  const first = [...fields].find((field) => field.checked) ?? [...fields].find(takesWords);
  first?.focus();
  details.querySelector("form").scrollIntoView({ block: "nearest" });
}

function takesWords(field) {
  return field.matches("textarea, input:not([type=hidden])");
}

function close(details) {
  details.open = false;
  details.querySelector("summary").focus();
}

function onClick(event) {
  makeCurrent(event.target.closest(FLAG));
  const opener = event.target.closest("summary[data-action]");
  if (opener && !opener.parentElement.open) {
    event.preventDefault();
    open(opener.parentElement);
  }
  const closer = event.target.closest("[data-decide-close]");
  if (closer) close(closer.closest("details"));
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  const details = event.target.closest?.("[data-decide] details[open]");
  if (!details) return;
  event.stopPropagation(); // the key is used up: nothing else closes
  close(details);
}

function beforeSwap(event) {
  const flag = event.detail.ctx?.target;
  if (!flag?.matches?.(FLAG)) return;
  const focused = flag.contains(document.activeElement) ? document.activeElement : null;
  kept = {
    id: flag.id,
    current: current()?.id,
    focused: Boolean(focused),
    rule: Boolean(flag.querySelector("[data-rule]")?.open),
    figures: Boolean(document.querySelector("[data-figures]")?.open),
  };
}

// What the open form still lacks, where a form and not another person is why it was refused.
function lacking(flag, refused) {
  if (refused.querySelector("[data-side]")) return null;
  const form = flag.querySelector("details[open] form");
  const radios = [...(form?.querySelectorAll("[type=radio]") ?? [])];
  const unchosen = radios.length && !radios.some((radio) => radio.checked);
  return unchosen ? radios[0] : form?.querySelector("textarea");
}

function afterSwap() {
  if (!kept) return;
  const { id, current: before, focused, rule, figures } = kept;
  kept = null;
  const flag = document.getElementById(id);
  if (!flag) return;
  makeCurrent(document.getElementById(before) ?? flag);
  for (const [was, details] of [
    [rule, flag.querySelector("[data-rule]")],
    [figures, document.querySelector("[data-figures]")],
  ]) {
    if (was) details?.setAttribute("open", "");
  }
  const refused = flag.querySelector("[data-refused]");
  if (refused) (lacking(flag, refused) ?? refused).focus();
  else if (focused && !flag.contains(document.activeElement)) {
    (flag.querySelector('[data-action="undo"]') ?? flag).focus({ preventScroll: true });
  }
  flag.scrollIntoView({ block: "nearest" });
}

export function init(root) {
  for (const button of within(root, "[data-decide-close]")) button.hidden = false;
  if (listening) return;
  listening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", (event) => makeCurrent(event.target.closest(FLAG)));
  document.addEventListener("keydown", onEscape, { capture: true });
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", afterSwap);
  for (const [key, action] of Object.entries(KEYS)) register(key, () => act(action));
}
