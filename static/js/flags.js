// After a decision the highlights of the flag's claims say which kinds of standing flags these are in now,
// without a new text: scroll and selection stay.
import { within } from "./find.js";
import { claimOf } from "./point-index.js";

function markKinds(flag) {
  const kinds = JSON.parse(flag.dataset.markKinds);
  const claims = new Set(flag.dataset.flagClaims.split(" "));
  for (const mark of document.querySelectorAll("mark[data-claims]")) {
    const own = mark.dataset.claims.split(" ");
    if (!own.some((claim) => claims.has(claim))) continue;
    const found = new Set(own.flatMap((claim) => kinds[claim] ?? []));
    if (found.size) mark.dataset.flags = [...found].join(" ");
    else delete mark.dataset.flags;
  }
  for (const badge of document.querySelectorAll("[data-choose]")) {
    const claim = claimOf(badge);
    if (claims.has(claim)) badge.toggleAttribute("data-flagged", claim in kinds);
  }
  const evidence = document.querySelector("[data-shown-claims]");
  if (evidence) evidence.dataset.shownClaims = flag.dataset.nowShown;
}

export function init(root) {
  for (const flag of within(root, "[data-mark-kinds]")) markKinds(flag);
}
