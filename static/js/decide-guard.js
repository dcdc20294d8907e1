// When a key must not decide, although there is a flag that it could decide on.

// A point was chosen whose evidence is still on its way: a key would decide on the point before it.
function onItsWay() {
  const row = document.querySelector("[data-point-list] [data-point][aria-current]");
  const shown = document.querySelector("#page-place [name=point]");
  return Boolean(row && shown && row.dataset.point !== shown.value);
}

// Why a key does nothing now. None turns round what was dismissed for a reason: undo or the button do.
export function refusal(action, flag) {
  const words = document.querySelector("[data-flag-list]")?.dataset ?? {};
  if (onItsWay()) return words.notYet;
  return action === "confirm" && flag?.dataset.flagStatus === "dismissed" ? words.dismissed : "";
}
