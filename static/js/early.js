// Runs before the page is painted, so that panels a person has folded never flash open. On a narrow
// screen the list of points starts folded: there it would push the reports out of view.
for (const panel of ["points", "evidence"]) {
  let folded = panel === "points" && matchMedia("(max-width: 719px)").matches;
  try {
    const kept = localStorage.getItem(`parallax-fold-${panel}`);
    if (kept) folded = kept === "folded";
  } catch {
    // storage is switched off: panels start as the screen suggests
  }
  if (folded) document.documentElement.setAttribute(`data-fold-${panel}`, "");
}
