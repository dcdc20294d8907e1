// Where only one report fits, the tabs show one column at a time; without scripts they jump to it.
import { bringTab } from "./align.js";
import { within } from "./find.js";

const wired = new WeakSet();

export function show(article) {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === article) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  for (const column of document.querySelectorAll("[data-article]")) {
    column.toggleAttribute("data-tab-open", column.dataset.article === article);
  }
}

export function current() {
  return document.querySelector("[data-tab][aria-current]")?.dataset.tab ?? "";
}

export function init(root) {
  for (const tabs of within(root, "[data-tabs]")) {
    document.querySelector("[data-columns]")?.setAttribute("data-tabs-ready", "");
    if (wired.has(tabs)) continue;
    wired.add(tabs);
    tabs.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab]");
      if (!tab) return;
      event.preventDefault();
      show(tab.dataset.tab);
      bringTab();
    });
  }
}
