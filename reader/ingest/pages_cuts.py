"""What was left out of a text: its stretches that do not come again in what was kept."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.difference import difference

Span = tuple[int, int]
_MOST_WORK = 25_000_000  # code points of one side times those of the other


def left_out(original: str, kept: str) -> tuple[Span, ...]:
    """The spans of the original ([start, end) in code points) that `kept` does not hold, in order.

    Both are read as lines in the same order; lines that stand once in each are matched first, then
    the words between them. No span is blank, and none starts or ends with a blank.
    """
    spans: list[Span] = []
    for begin, finish in _unmatched(original, kept):
        start, end = _trimmed(original, begin, finish)
        if start == end:
            continue
        if spans and not original[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _unmatched(original: str, kept: str) -> Iterator[Span]:
    old, new = _Lines(original), _Lines(kept)
    at_old = at_new = 0
    for line_old, line_new in [*_anchors(old.texts, new.texts), (len(old.texts), len(new.texts))]:
        while at_old < line_old and at_new < line_new and old.texts[at_old] == new.texts[at_new]:
            at_old, at_new = at_old + 1, at_new + 1
        yield from _between(old.span(at_old, line_old), new.span(at_new, line_new), original, kept)
        at_old, at_new = line_old + 1, line_new + 1


class _Lines:
    """The lines of a text that are not blank, and where each starts."""

    def __init__(self, text: str) -> None:
        self.texts: list[str] = []
        self.starts: list[int] = []
        at = 0
        for line in text.split("\n"):
            if line.strip():
                self.texts.append(line.strip())
                self.starts.append(at)
            at += len(line) + 1
        self.starts.append(at - 1)

    def span(self, first: int, last: int) -> Span:
        """From the first of these lines up to the one after the last."""
        return (self.starts[first], self.starts[last]) if first < last else (0, 0)


def _between(old: Span, new: Span, original: str, kept: str) -> Iterator[Span]:
    """What of a stretch of the original is not in the stretch that was kept of it."""
    if old[0] == old[1]:
        return
    if new[0] == new[1]:
        yield old
    elif (old[1] - old[0]) * (new[1] - new[0]) <= _MOST_WORK:
        for edit in difference(original[slice(*old)], kept[slice(*new)]):
            if edit.kind in ("delete", "replace"):
                yield old[0] + edit.old_start, old[0] + edit.old_end


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that stand once in each text, as pairs of places that rise in both."""
    in_old, in_new = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(old) if in_old[line] == 1}
    pairs = [
        (places[line], place)
        for place, line in enumerate(new)
        if line in places and in_new[line] == 1
    ]
    return _longest_rise(pairs)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of the pairs, whose second rises, so that the first rises too (patience)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (old, _new) in enumerate(pairs):
        pile = bisect_left(tops, old)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(old)
            ends.append(number)
        else:
            tops[pile], ends[pile] = old, number
    found: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
