// A person scrolls a text: with the wheel, a finger or one of the keys that scroll. A script's scroll,
// and the keys that make it, are none of these.
const KEYS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];

export function onHand(text, act) {
  const told = ({ type, key }) => {
    if (type !== "keydown" || KEYS.includes(key)) act();
  };
  for (const name of ["wheel", "touchmove", "keydown"]) {
    text.addEventListener(name, told, { passive: true });
  }
}
