// The one conversion between what a browser counts and what is stored: UTF-16 units inside a block,
// and code points of the canonical text. Pure: it works on plain blocks ({start, text}); ranges.js
// finds them in a column.
const GAP = "\n\n"; // what stands between two blocks of a canonical text
const graphemes = globalThis.Intl?.Segmenter
  ? new Intl.Segmenter(undefined, { granularity: "grapheme" })
  : null;

// Code points in the first units of a text. Half a surrogate pair counts as one, so snap first.
export function pointsIn(text, units) {
  let points = 0;
  for (let at = 0; at < units; points += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return points;
}

// Where the code point with this number begins, in units.
export function unitsIn(text, points) {
  let at = 0;
  for (let seen = 0; seen < points && at < text.length; seen += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return at;
}

// The border of a character as people see it, at or around a place: an emoji of several code points
// or a letter with its accents is never cut. Without Intl.Segmenter by marks, joiners and pairs.
function border(text, at, forward) {
  if (at <= 0 || at >= text.length) return Math.min(Math.max(at, 0), text.length);
  if (graphemes) {
    const whole = graphemes.segment(text).containing(at);
    if (whole.index === at) return at;
    return forward ? whole.index + whole.segment.length : whole.index;
  }
  const inside = (place) =>
    /[\uDC00-\uDFFF]/.test(text[place]) ||
    /^[\p{M}\u200D\uFE0F]/u.test(text.slice(place, place + 2)) ||
    text[place - 1] === "\u200D";
  while (at > 0 && at < text.length && inside(at)) at += forward ? 1 : -1;
  return at;
}

// A selection widened so that it cuts no character. An empty one stays empty.
export function snap(text, start, end) {
  if (start >= end) return [start, start];
  return [border(text, start, false), border(text, end, true)];
}

// From places ({block, unit}) to code points and the quote. Blocks that do not follow each other with
// the usual gap are not of one text: what is selected then ends with the first of them.
export function toPoints(blocks, from, to) {
  let last = from.block;
  while (last < to.block && follows(blocks[last], blocks[last + 1])) last += 1;
  const open = last === to.block ? to.unit : blocks[last].text.length;
  const first = blocks[from.block].text;
  let start = from.unit;
  let end = open;
  if (last === from.block) [start, end] = snap(first, start, end);
  else {
    start = border(first, start, false);
    end = border(blocks[last].text, end, true);
  }
  const inner = blocks.slice(from.block, last + 1).map((block) => block.text);
  inner[inner.length - 1] = inner.at(-1).slice(0, end);
  inner[0] = inner[0].slice(start);
  return {
    start: blocks[from.block].start + pointsIn(first, start),
    end: blocks[last].start + pointsIn(blocks[last].text, end),
    exact: inner.join(GAP),
  };
}

function follows(block, next) {
  return next.start === block.start + pointsIn(block.text, block.text.length) + GAP.length;
}

// From code points to places. A border in the gap between two blocks goes to the nearer text inside.
export function toPlaces(blocks, start, end) {
  let first = blocks.findLastIndex((block) => block.start <= start);
  if (first < 0) first = 0;
  let from = unitsIn(blocks[first].text, start - blocks[first].start);
  const past = start > blocks[first].start + pointsIn(blocks[first].text, from);
  if (past && first + 1 < blocks.length) [first, from] = [first + 1, 0];
  const last = Math.max(blocks.findLastIndex((block) => block.start <= end), first);
  const to = unitsIn(blocks[last].text, end - blocks[last].start);
  return [{ block: first, unit: from }, { block: last, unit: to }];
}

// A target without the blanks at its ends: a double click takes the space behind the word too.
export function trim({ start, end, exact }) {
  const lead = exact.length - exact.trimStart().length;
  const tail = exact.trimEnd().length;
  if (tail <= lead) return { start, end: start, exact: "" };
  return {
    start: start + pointsIn(exact, lead),
    end: start + pointsIn(exact, tail),
    exact: exact.slice(lead, tail),
  };
}
