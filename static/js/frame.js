// What follows a choice or a scroll, all in one frame: first everyone measures, then everyone draws,
// so that the page is laid out once. A reader gives back what it will draw, as a function, or nothing.
const readers = new Set();

export function onFrame(reader) {
  if (!readers.size) requestAnimationFrame(run);
  readers.add(reader);
}

function run() {
  const asked = [...readers];
  readers.clear();
  const draws = asked.map((reader) => reader());
  for (const draw of draws) draw?.();
}

// When the browser has nothing better to do, but soon on a busy machine too.
export function idle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 500 });
  else setTimeout(act, 50);
}
