// Inside the claim's form: says which fields a person has set, and takes them back to the engine's.
import { within } from "./find.js";
import { clear, selected } from "./selection.js";
import { say } from "./status.js";

const wired = new WeakSet();

const inputs = (group) => [...group.querySelectorAll("input, select, textarea")];

function stated(group) {
  return Object.fromEntries(inputs(group).map((input) => [input.name, input.value.trim()]));
}

// A field is a person's where it says something else than the engine read.
function judge(group) {
  const engine = JSON.parse(group.dataset.engine);
  const now = stated(group);
  const own = Object.keys(engine).some((name) => now[name] !== engine[name]);
  group.toggleAttribute("data-own", own);
  for (const sign of group.querySelectorAll("[data-own-sign], [data-back]")) sign.hidden = !own;
}

function takeBack(group) {
  const engine = JSON.parse(group.dataset.engine);
  for (const input of inputs(group)) {
    if (!Object.hasOwn(engine, input.name)) continue;
    input.value = engine[input.name];
    input.removeAttribute("aria-invalid");
  }
  judge(group);
  inputs(group)[0].focus();
}

// Only the choice that was made asks for more.
function unfold(form) {
  const chosen = form.querySelector("[name=home]:checked")?.value;
  for (const more of form.querySelectorAll("[data-only-for]")) {
    more.hidden = more.dataset.onlyFor !== chosen;
  }
}

function useSelection(form, button) {
  const target = selected();
  if (!target || target.version !== form.dataset.version) {
    say(button.dataset.nothing, { seen: true });
    return;
  }
  for (const name of ["start", "end", "exact"]) form.elements[name].value = target[name];
  const sheet = form.parentElement;
  for (const quote of sheet.querySelectorAll("[data-quote]")) quote.textContent = target.exact;
  for (const around of sheet.querySelectorAll("[data-around]")) around.textContent = "";
  form.setAttribute("data-changed", "");
  clear();
  form.dispatchEvent(new CustomEvent("claim:moved", { bubbles: true }));
  say(target.exact);
}

export function init(root) {
  for (const form of within(root, "[data-claim-form]")) {
    if (wired.has(form)) continue;
    wired.add(form);
    unfold(form);
    const groups = [...form.querySelectorAll("[data-reading]")];
    groups.forEach(judge);
    form.addEventListener("input", (event) => {
      form.setAttribute("data-changed", "");
      const group = event.target.closest("[data-reading]");
      if (group) judge(group);
      unfold(form);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-back], [data-use-selection]");
      if (button?.hasAttribute("data-back")) takeBack(button.closest("[data-reading]"));
      else if (button) useSelection(form, button);
    });
    for (const button of form.querySelectorAll("[data-use-selection]")) {
      button.hidden = !document.querySelector("[data-columns]");
    }
  }
}
