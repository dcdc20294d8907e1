// The tour: one card at a time beside a part of the page, which stays usable meanwhile.
import { within } from "./find.js";
import { onFrame } from "./frame.js";

const GAP = 12;
const NARROW = matchMedia("(max-width: 719px)");
const wired = new WeakSet();
let at = -1; // the card that is open
let back = null; // what had the focus before
let listening = false;

const box = () => document.querySelector("[data-tour]");
const cards = () => [...(box()?.querySelectorAll("[data-tour-step]") ?? [])];
const ring = () => box()?.querySelector("[data-tour-ring]");

// The part that a card is about: the first of its places that can be seen.
function part(card) {
  for (const place of card.dataset.tourStep.split(" | ")) {
    const found = [...document.querySelectorAll(place)].find((one) => one.checkVisibility());
    if (found) return found;
  }
  return null;
}

function put(card, beside) {
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const x = Math.min(Math.max(beside.left, GAP), innerWidth - width - GAP);
  const y = Math.min(Math.max(beside.top, GAP), innerHeight - height - GAP);
  const places = [
    [beside.right + GAP, y],
    [beside.left - GAP - width, y],
    [x, beside.bottom + GAP],
    [x, beside.top - GAP - height],
  ];
  const fits = ([left, top]) =>
    left >= 0 && top >= 0 && left + width <= innerWidth && top + height <= innerHeight;
  const [left, top] = places.find(fits) ?? [innerWidth - width - GAP, innerHeight - height - GAP];
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

// Card and ring, where the part is now; on a narrow screen the card is a sheet away from it.
function place() {
  const card = cards()[at];
  if (!card) return;
  const found = part(card);
  const seen = found?.getBoundingClientRect();
  ring().hidden = !found;
  const [top, bottom] = [Math.max(seen?.top ?? 0, 2), Math.min(seen?.bottom ?? 0, innerHeight - 2)];
  const [left, right] = [Math.max(seen?.left ?? 0, 2), Math.min(seen?.right ?? 0, innerWidth - 2)];
  Object.assign(ring().style, {
    left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`,
  });
  card.toggleAttribute("data-at-top", NARROW.matches && (top + bottom) / 2 > innerHeight / 2);
  if (NARROW.matches) card.style.left = card.style.top = "";
  else if (found) put(card, { left, top, right, bottom });
  else put(card, { left: innerWidth, top: innerHeight, right: innerWidth, bottom: innerHeight });
}

function show(number) {
  at = number;
  for (const [index, card] of cards().entries()) card.hidden = index !== at;
  const card = cards()[at];
  const found = part(card);
  const seen = found?.getBoundingClientRect();
  if (seen && (seen.bottom < 0 || seen.top > innerHeight)) found.scrollIntoView({ block: "nearest" });
  place();
  card.querySelector("h2").focus({ preventScroll: true });
}

function start(event) {
  event?.preventDefault();
  document.querySelector("dialog[open]")?.close();
  if (!document.querySelector("[data-columns]")) {
    location.assign(box().dataset.go);
    return;
  }
  back = document.activeElement;
  window.htmx.ajax("GET", box().dataset.tour, { source: box(), target: box(), swap: "innerHTML" });
}

// Going through it and skipping it are the same to the server: it is not offered again.
function end(form) {
  fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  document.querySelector("[data-tour-offer]")?.remove();
  if (at < 0) return;
  at = -1;
  box().replaceChildren();
  const place = back?.isConnected && back !== document.body ? back : document.getElementById("main");
  place.focus({ preventScroll: true });
}

function onClick(event) {
  if (event.target.closest("[data-tour-start]")) start(event);
  const by = event.target.closest("[data-tour-by]")?.dataset.tourBy;
  if (by) show(at + Number(by));
}

function onEscape(event) {
  if (event.key !== "Escape" || at < 0 || document.querySelector("dialog[open]")) return;
  event.stopPropagation();
  end(cards()[at].querySelector("[data-tour-skip]"));
}

// Once a frame, and only while a card stands beside its part.
function follow() {
  if (at >= 0) onFrame(place);
}

export function init(root) {
  for (const form of within(root, "[data-tour-skip]")) {
    if (wired.has(form)) continue;
    wired.add(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      end(form);
    });
  }
  if (root !== document.body && at < 0 && box()?.contains(root) && cards().length) show(0);
  if (listening || !box()) return;
  listening = true;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onEscape, { capture: true });
  addEventListener("resize", follow);
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  const here = new URL(location.href);
  if (here.searchParams.get("tour") !== "on") return;
  here.searchParams.delete("tour");
  history.replaceState(history.state, "", here);
  start();
}
