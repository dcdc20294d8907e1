// Paragraphs out of view have a guessed height until they are drawn (content-visibility). Before a
// column is brought to a place, those round it are laid out, else they would move it afterwards.
const REACH = 1.6; // of the window's height: how far beyond a column's edge a browser draws already
const drawn = new Map(); // column -> its blocks that are laid out although they may be out of view

function round(column, element) {
  const block = [...column.children].find((child) => child.contains(element));
  const perLine = Math.max(column.clientWidth / 8, 1); // letters, roughly
  const reaches = {
    previousElementSibling: REACH * innerHeight,
    nextElementSibling: column.clientHeight,
  };
  const found = new Set();
  for (const [side, reach] of Object.entries(reaches)) {
    let height = 0;
    for (let near = block; near && height < reach; near = near[side]) {
      if (near !== block) height += 24 * (1 + near.textContent.length / perLine);
      if (near.matches(":is([data-start], ul):not([hidden])")) found.add(near);
    }
  }
  return found;
}

// In idle moments every block is laid out once: from then on the browser remembers its true height
// and its lines, so that a jump costs next to nothing, and goes out of the way again when out of view.
const BATCH = 24;
const LONG = 120; // blocks: a longer text would keep the machine busy for seconds, and is left as it is
const idle = window.requestIdleCallback ?? ((act) => setTimeout(() => act({ timeRemaining: () => 8 }), 50));

export function warm(column) {
  const blocks = [...column.children].filter((block) => block.matches("[data-start], ul"));
  if (blocks.length > LONG) return;
  let shown = [];
  const isNear = (block) => drawn.get(column)?.has(block);
  const slice = (left) => {
    for (const block of shown) if (!isNear(block)) block.style.contentVisibility = "";
    shown = [];
    while (column.isConnected && blocks.length && left.timeRemaining() > 5) {
      const batch = blocks.splice(0, BATCH).filter((block) => !block.hidden);
      for (const block of batch) block.style.contentVisibility = "visible";
      if (column.clientHeight) shown.push(...batch); // asking for a height lays the batch out
    }
    if (shown.length || (blocks.length && column.isConnected)) requestAnimationFrame(() => idle(slice));
  };
  idle(slice);
}

// Lays out what stands round an element of each column, and lets go of what stood round the last.
// All is asked before anything is set: each question after a change would lay the page out again.
export function drawNear(pairs) {
  const found = pairs.map(([column, element]) => round(column, element));
  pairs.forEach(([column], at) => {
    const before = drawn.get(column) ?? new Set();
    for (const block of found[at]) if (!before.has(block)) block.style.contentVisibility = "visible";
    for (const block of before) if (!found[at].has(block)) block.style.contentVisibility = "";
    drawn.set(column, found[at]);
  });
  for (const column of drawn.keys()) if (!column.isConnected) drawn.delete(column);
}
