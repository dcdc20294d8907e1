// Runs before the page is painted: says that scripts run, and keeps panels that a person has folded
// from flashing open. On a narrow screen both start folded: there they would hide the reports.
document.documentElement.setAttribute("data-scripts", "");
const narrow = matchMedia("(max-width: 719px), (max-height: 539px)").matches;
for (const panel of ["points", "evidence"]) {
  let folded = narrow;
  try {
    if (!narrow) folded = localStorage.getItem(`parallax-fold-${panel}`) === "folded";
  } catch {
    // storage is switched off: panels start as the screen suggests
  }
  if (folded) document.documentElement.setAttribute(`data-fold-${panel}`, "");
}
