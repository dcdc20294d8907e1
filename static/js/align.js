// Brings the chosen point's first mark in every column to one reading line.
const LINE = 0.24; // share of a column's height at which one likes to read

function offsetIn(column, mark) {
  return mark.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
}

export function align() {
  const pairs = [];
  for (const column of document.querySelectorAll("[data-column-text]")) {
    const mark = column.querySelector('mark[data-state="on"]');
    if (mark && column.scrollHeight > column.clientHeight && column.clientHeight > 0) {
      pairs.push([column, mark]);
    }
  }
  if (!pairs.length) return;
  // Paragraphs out of view have a guessed height until they are shown: a second pass mends it.
  for (let pass = 0; pass < 2; pass += 1) {
    const offsets = pairs.map(([column, mark]) => offsetIn(column, mark));
    const lines = pairs.map(([column]) => column.clientHeight * LINE);
    const line = Math.max(0, Math.min(...offsets, ...lines));
    pairs.forEach(([column], at) => {
      column.scrollTo({ top: offsets[at] - line, behavior: "instant" });
    });
  }
}
