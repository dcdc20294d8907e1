// Brings the chosen point to one reading line: in every column its claim that the foot speaks of.
const LINE = 0.24; // share of a column's height at which one likes to read
export const narrow = matchMedia("(max-width: 719px), (max-height: 539px)");
let chosen = new URLSearchParams(location.search).has("point"); // before a choice texts stay at their top
let brought = "";

// The claims that the feet show; those of the last answer until the server has sent the next ones.
function shownClaims() {
  const evidence = document.querySelector("[data-shown-claims]");
  return new Set(evidence?.dataset.shownClaims.split(" "));
}

// A column's lit mark that counts: of the claim in its foot, else of a claim in conflict, else the first.
export function mainMark(column) {
  const lit = [...column.querySelectorAll('mark[data-state="on"]')];
  const shown = shownClaims();
  return (
    lit.find((mark) => mark.dataset.claims.split(" ").some((claim) => shown.has(claim))) ??
    lit.find((mark) => mark.dataset.flags) ??
    lit[0]
  );
}

function offsetIn(column, mark) {
  return mark.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
}

function toLine(pairs) {
  // Paragraphs out of view have a guessed height until they are shown: a second pass mends it.
  for (let pass = 0; pass < 2; pass += 1) {
    const offsets = pairs.map(([column, mark]) => offsetIn(column, mark));
    const lines = pairs.map(([column]) => column.clientHeight * LINE);
    const line = Math.max(0, Math.min(...offsets, ...lines));
    pairs.forEach(([column], at) => {
      column.scrollTo({ top: offsets[at] - line, behavior: "instant" });
    });
  }
}

// Where one report is shown at a time the page itself scrolls: to the claim, or to the foot that
// says "silent". Both stop below what sticks to the top (scroll-margin in the stylesheet).
export function bringTab() {
  const column = document.querySelector("[data-tabs-ready] [data-tab-open]");
  if (!column || !narrow.matches) return;
  const text = column.querySelector("[data-column-text]");
  (mainMark(text) ?? column).scrollIntoView({ block: "start", behavior: "instant" });
}

export function align() {
  if (!chosen) return;
  const pairs = [];
  const marks = [];
  for (const column of document.querySelectorAll("[data-column-text]")) {
    const mark = mainMark(column);
    marks.push(mark?.dataset.claims);
    if (mark && column.scrollHeight > column.clientHeight && column.clientHeight > 0) {
      pairs.push([column, mark]);
    }
  }
  brought = marks.join();
  if (pairs.length) toLine(pairs);
}

export function bring() {
  chosen = true;
  align();
  bringTab();
}

// The answer may name other claims than was guessed: then, and only then, the columns move again.
export function settle() {
  const marks = [...document.querySelectorAll("[data-column-text]")].map(mainMark);
  if (chosen && marks.map((mark) => mark?.dataset.claims).join() !== brought) bring();
}
