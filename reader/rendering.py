"""The only place where article text becomes HTML: flat segments, every piece escaped.

The boundaries of all marks are sorted and swept once; where marks overlap, one segment carries the
ids of all of them. So marks never nest, and a block's text content equals the stored text,
character for character: a point's number is drawn by the stylesheet, and is no text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

from django.utils.safestring import SafeString, mark_safe

from reader.text import Block, Mark

_TAGS = {"heading": "h4", "paragraph": "p", "quote": "blockquote", "list_item": "li"}
_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
# Characters that turn the direction of what follows: shown as what they are, so that none can hide.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def render_text(
    text: str,
    marks: Iterable[Mark],
    blocks: Sequence[Block] = (),
    labels: Mapping[int, str] | None = None,
) -> SafeString:
    """Render a text with its marks as blocks that carry the offset of their first code point.

    `labels` gives each point that gets a numbered link its accessible name. Without `blocks`, blank
    lines part the text into paragraphs. Costs one sort and one pass, whatever overlaps.
    """
    blocks = blocks or paragraphs(text)
    sweep = _Sweep(text, _clipped(marks, blocks), labels or {})
    out: list[str] = []
    for is_list, group in groupby(blocks, key=lambda block: block.kind == "list_item"):
        if is_list:
            out.append("<ul>")
        for block in group:
            tag = _TAGS[block.kind]
            out.append(f'<{tag} data-start="{block.start}" dir="auto">')
            sweep.write(block.start, block.end, out)
            out.append(f"</{tag}>")
        if is_list:
            out.append("</ul>")
    return mark_safe("".join(out))  # noqa: S308 - every piece of text went through _escaped


def paragraphs(text: str) -> list[Block]:
    """The paragraphs of a text without stored blocks: stretches between blank lines."""
    return [
        Block(kind="paragraph", start=found.start(), end=found.end())
        for found in _PARAGRAPH.finditer(text)
    ]


def _clipped(marks: Iterable[Mark], blocks: Sequence[Block]) -> list[tuple[int, int, Mark]]:
    """Each mark with its borders drawn into the blocks, so that its end is always written."""
    starts = [block.start for block in blocks]
    ends = [block.end for block in blocks]
    clipped = []
    for mark in marks:
        first = bisect_left(ends, mark.start + 1)
        last = bisect_left(starts, mark.end) - 1
        if first >= len(blocks) or last < first:
            continue
        start, end = max(mark.start, starts[first]), min(mark.end, ends[last])
        if start < end:
            clipped.append((start, end, mark))
    return clipped


class _Sweep:
    """Walks over the borders of all marks from left to right, once."""

    def __init__(
        self, text: str, marks: list[tuple[int, int, Mark]], labels: Mapping[int, str]
    ) -> None:
        self.text = text
        self.labels = labels
        opening = [(start, 1, at) for at, (start, _end, _mark) in enumerate(marks)]
        closing = [(end, 0, at) for at, (_start, end, _mark) in enumerate(marks)]
        self.borders = sorted(opening + closing)
        self.marks = [mark for _start, _end, mark in marks]
        self.next = 0
        self.active: dict[int, Mark] = {}

    def write(self, start: int, end: int, out: list[str]) -> None:
        """Append the text from start to end, cut at every border inside."""
        at = start
        while self.next < len(self.borders):
            border = self.borders[self.next][0]
            if border > end or (border == end and self.borders[self.next][1]):
                break
            closed = self._pass(border)
            self._segment(at, border, closed, out)
            for number in closed:
                del self.active[number]
            self._open(border)
            at = max(at, border)
        self._segment(at, end, [], out)

    def _pass(self, border: int) -> list[int]:
        """Step over the closing borders at this place; the marks that they close."""
        closed = []
        while self.next < len(self.borders) and self.borders[self.next][:2] == (border, 0):
            closed.append(self.borders[self.next][2])
            self.next += 1
        return closed

    def _open(self, border: int) -> None:
        """Step over the opening borders at this place."""
        while self.next < len(self.borders) and self.borders[self.next][:2] == (border, 1):
            number = self.borders[self.next][2]
            self.active[number] = self.marks[number]
            self.next += 1

    def _segment(self, start: int, end: int, closed: list[int], out: list[str]) -> None:
        if start >= end:
            return
        piece = _escaped(self.text[start:end])
        if not self.active:
            out.append(piece)
            return
        badges = self._badges(closed) if closed else ""
        out.append(f"<mark{_attributes(self.active.values())}>{piece}</mark>{badges}")

    def _badges(self, closed: list[int]) -> str:
        """A numbered link for each point whose claim ends here."""
        points = {
            point: (number, self.marks[at])
            for at in closed
            for point, number in zip(self.marks[at].points, self.marks[at].numbers, strict=True)
            if point in self.labels
        }
        return "".join(
            f'<a class="badge" href="?point={point}" data-choose="{point}" data-number="{number}"'
            f' aria-label="{escape(self.labels[point])}"'
            + (" data-flagged" if mark.flags else "")
            + (' aria-current="true"></a>' if mark.chosen else "></a>")
            for point, (number, mark) in points.items()
        )


def _attributes(active: Iterable[Mark]) -> str:
    """The hooks of a segment: its claims, points and kinds of flags, and whether it is lit."""
    marks = list(active)
    parts = []
    for name in ("claims", "points", "flags"):
        values = dict.fromkeys(value for mark in marks for value in attrgetter(name)(mark))
        if values or name == "claims":
            parts.append(f' data-{name}="{escape(" ".join(map(str, values)))}"')
    if any(mark.chosen for mark in marks):
        parts.append(' data-state="on"')
    return "".join(parts)


def _escaped(piece: str) -> str:
    """The piece as HTML; characters that turn the writing direction are boxed."""
    return _TURNS.sub(_boxed, escape(piece, quote=False))


def _boxed(found: re.Match[str]) -> str:
    return f'<bdi class="turn" data-code="{ord(found[0]):X}">{found[0]}</bdi>'
