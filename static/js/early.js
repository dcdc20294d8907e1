// Runs before the page is painted, so that panels a person has folded never flash open.
for (const panel of ["points", "evidence"]) {
  try {
    if (localStorage.getItem(`parallax-fold-${panel}`) === "folded") {
      document.documentElement.setAttribute(`data-fold-${panel}`, "");
    }
  } catch {
    break; // storage is switched off: panels start unfolded
  }
}
