// Starts every behaviour. Each is safe to run again on whatever htmx has put in.
import * as address from "./address.js";
import * as annotate from "./annotate.js";
import * as choice from "./choice.js";
import * as claimForm from "./claim-form.js";
import * as claimGuard from "./claim-guard.js";
import * as connect from "./connect.js";
import * as columns from "./columns.js";
import * as decide from "./decide.js";
import * as draft from "./draft.js";
import * as findBox from "./find-box.js";
import * as flagSteps from "./flag-steps.js";
import * as flags from "./flags.js";
import * as focus from "./focus.js";
import * as fold from "./fold.js";
import * as hold from "./hold.js";
import * as hover from "./hover.js";
import * as importFiles from "./import-files.js";
import * as importItems from "./import-items.js";
import * as importPaste from "./import-paste.js";
import * as inbox from "./inbox.js";
import * as keep from "./keep.js";
import * as keys from "./keys.js";
import * as layoutLinks from "./layout-links.js";
import * as layoutKeys from "./layout-keys.js";
import * as looked from "./looked.js";
import * as matrix from "./matrix.js";
import * as mode from "./mode.js";
import * as more from "./more.js";
import * as nearLines from "./near-lines.js";
import * as pairs from "./pairs.js";
import * as print from "./print.js";
import * as progress from "./progress.js";
import * as rail from "./rail.js";
import * as readingLine from "./reading-line.js";
import * as resize from "./resize.js";
import * as review from "./review.js";
import * as seen from "./seen.js";
import * as selection from "./selection.js";
import * as session from "./session.js";
import * as status from "./status.js";
import * as stories from "./stories.js";
import * as suggestions from "./suggestions.js";
import * as tabs from "./tabs.js";
import * as tour from "./tour.js";
import * as viewKeys from "./view-keys.js";
import * as walk from "./walk.js";

const behaviours = [
  tabs, fold, address, resize, focus, readingLine, rail, connect, choice, hold,
  hover, columns, layoutLinks, layoutKeys, findBox, looked, progress, more, keys, status, session, selection, walk, claimForm, claimGuard,
  annotate, keep, matrix, mode, viewKeys, nearLines, pairs, print, importFiles, importItems, importPaste,
  decide, draft, flagSteps, flags, inbox, review, seen, stories, suggestions, tour, // lists last: where there is one, the letters are its own
];

function init(root) {
  for (const behaviour of behaviours) behaviour.init(root);
}

document.addEventListener("htmx:after:process", (event) => {
  if (event.target instanceof Element && event.target !== document.body) init(event.target);
});
// htmx takes up what it has put in, and at the start the page, a moment after it stands there. Who is
// faster, as a key is, would follow the link or send the form as the browser does.
document.addEventListener("click", ({ target }) => {
  const early = target.closest?.(":is([hx-get], [hx-post]):not([data-htmx-powered])");
  if (early) window.htmx?.process(early);
}, { capture: true });
init(document.body);
