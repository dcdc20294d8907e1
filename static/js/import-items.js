// An import's list and its items: all of a page chosen at once, how many are; from item to item by keyboard.
import { within } from "./find.js";
import { register } from "./keys.js";

const wired = new WeakSet();
let listening = false;

function count(list) {
  const boxes = [...list.querySelectorAll("[name=item]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = list.querySelector("[data-choose-all]");
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  const said = list.querySelector("[data-chosen-number]");
  said.textContent = chosen ? said.dataset.words.replace("{number}", chosen) : "";
}

function wire(list) {
  const all = list.querySelector("[data-choose-all]");
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of list.querySelectorAll("[name=item]")) box.checked = all.checked;
  });
  list.addEventListener("change", () => count(list));
  count(list);
}

function follow(rel) {
  document.querySelector(`[data-import-steps] a[rel=${rel}]`)?.click();
}

export function init(root) {
  for (const list of within(root, "[data-import-list]")) {
    if (wired.has(list) || !list.querySelector("[data-choose-all]")) continue;
    wired.add(list);
    wire(list);
  }
  if (listening || !document.querySelector("[data-import-steps]")) return;
  listening = true;
  register("j", () => follow("next"));
  register("k", () => follow("prev"));
}
