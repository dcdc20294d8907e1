// Finding elements in what was just put in: the root itself may be the thing to wire.
export function within(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  return found;
}

// The element one step on from this one, never past an end; from none the first, or backwards the last.
export function stepFrom(all, own, by) {
  const at = all.indexOf(own);
  return at < 0 && by < 0 ? all.at(-1) : all[Math.min(Math.max(at + by, 0), all.length - 1)];
}
