// Sentences of a column, for those who select without a pointer: by the browser's rules, else by full stops.
import { pointsIn } from "./offsets.js";
import { blocksOf } from "./ranges.js";

const segmenter = globalThis.Intl?.Segmenter
  ? new Intl.Segmenter("en", { granularity: "sentence" })
  : null;

// A full stop that ends an abbreviation ends no sentence: "the U.S. National ...", "Gen. Kim".
const ABBREVIATED =
  /(?:\b\p{Lu}\.|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Capt|Maj|Sen|Rep|Gov|Prof|Rev|St|No|vs|etc)\.)\s+$/u;

// The sentences of one text, in units, without the blanks around them.
export function cut(text, segments = segmenter) {
  const parts = segments
    ? [...segments.segment(text)].map((part) => [part.index, part.segment])
    : [...text.matchAll(/.+?(?:[.!?…]+["'”’)\]]*(?:\s+|$)|$)/gsu)].map((m) => [m.index, m[0]]);
  return join(parts)
    .map(([at, part]) => {
      const start = at + part.length - part.trimStart().length;
      return { start, end: start + part.trim().length };
    })
    .filter(({ start, end }) => end > start);
}

function join(parts) {
  const joined = [];
  for (const [at, part] of parts) {
    const last = joined.at(-1);
    if (last && ABBREVIATED.test(last[1])) last[1] += part;
    else joined.push([at, part]);
  }
  return joined;
}

// The sentences of a column, in code points of its text.
export function sentencesOf(column) {
  return blocksOf(column).flatMap((block) =>
    cut(block.text).map(({ start, end }) => ({
      start: block.start + pointsIn(block.text, start),
      end: block.start + pointsIn(block.text, end),
      element: block.element,
    })),
  );
}
