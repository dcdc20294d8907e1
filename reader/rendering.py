"""The only place where article text becomes HTML: flat segments, every piece escaped.

The boundaries of all marks are sorted and swept once; where marks overlap, one segment carries the
ids of all of them. So marks never nest, and a block's text content equals the stored text,
character for character: a point's number is drawn by the stylesheet, and is no text.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from reader.text import Block, Mark

_TAGS = {"heading": "h4", "paragraph": "p", "quote": "blockquote", "list_item": "li"}
_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
# Characters that turn the direction of what follows: shown as what they are, so that none can hide.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile("[&<>]")


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
    return mark_safe("".join(out))  # noqa: S308 - every piece of text went through _escaper


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
        self.escape = _escaper(text)
        self.marks = [_Drawn(mark, labels) for _start, _end, mark in marks]
        # a closing border goes before an opening one at the same place
        borders = [(start, 1, at) for at, (start, _end, _mark) in enumerate(marks)]
        borders += [(end, 0, at) for at, (_start, end, _mark) in enumerate(marks)]
        self.borders = sorted(borders)
        self.next = 0
        self.active: dict[int, _Drawn] = {}

    def write(self, start: int, end: int, out: list[str]) -> None:
        """Append the text from start to end, cut at every border inside."""
        borders, active, text, escape = self.borders, self.active, self.text, self.escape
        at, number, count = start, self.next, len(borders)
        while number < count:
            border, opens, mark = borders[number]
            if border > end or (border == end and opens):
                break
            if border > at:
                piece = escape(text[at:border])
                out.append(f"<mark{_attributes(active)}>{piece}</mark>" if active else piece)
                at = border
            if opens:
                active[mark] = self.marks[mark]
                number += 1
            else:
                number = self._close(number, border, out)
        self.next = number
        if at < end:
            piece = escape(text[at:end])
            out.append(f"<mark{_attributes(active)}>{piece}</mark>" if active else piece)

    def _close(self, number: int, border: int, out: list[str]) -> int:
        """End the marks that end here, and write the number of each of their points once."""
        badges: dict[int, str] = {}
        borders = self.borders
        while number < len(borders) and borders[number][:2] == (border, 0):
            drawn = self.active.pop(borders[number][2])
            for point, badge in drawn.badges.items():
                if drawn.flags or point not in badges:  # of two claims the flagged one is told
                    badges[point] = badge
            number += 1
        out.extend(badges.values())
        return number


class _Drawn:
    """A mark with the strings that its segments are made of, built once."""

    __slots__ = ("alone", "badges", "claims", "flags", "lit", "points")

    def __init__(self, mark: Mark, labels: Mapping[int, str]) -> None:
        self.claims = dict.fromkeys(map(str, mark.claims))
        self.points = dict.fromkeys(map(str, mark.points))
        self.flags = dict.fromkeys(map(escape, mark.flags))
        self.lit = mark.chosen
        self.alone = _written(self.claims, self.points, self.flags, lit=self.lit)
        self.badges = {
            point: _badge(point, number, labels[point], mark)
            for point, number in zip(mark.points, mark.numbers, strict=True)
            if point in labels
        }


def _badge(point: int, number: int, label: str, mark: Mark) -> str:
    """The numbered link behind a claim. The stylesheet draws the number: it is no text."""
    return (
        f'<a class="badge" href="?point={point}" data-choose="{point}" data-number="{number}"'
        f' aria-label="{escape(label)}"'
        + (" data-flagged" if mark.flags else "")
        + (' aria-current="true"></a>' if mark.chosen else "></a>")
    )


def _attributes(active: Mapping[int, _Drawn]) -> str:
    """The hooks of a segment: its claims, points and kinds of flags, and whether it is lit."""
    drawn = list(active.values())
    if len(drawn) == 1:
        return drawn[0].alone
    claims: dict[str, None] = {}
    points: dict[str, None] = {}
    flags: dict[str, None] = {}
    lit = False
    for mark in drawn:
        claims |= mark.claims
        points |= mark.points
        flags |= mark.flags
        lit = lit or mark.lit
    return _written(claims, points, flags, lit=lit)


def _written(
    claims: Iterable[str], points: Iterable[str], flags: Iterable[str], *, lit: bool
) -> str:
    text = f' data-claims="{" ".join(claims)}"'
    if points:
        text += f' data-points="{" ".join(points)}"'
    if flags:
        text += f' data-flags="{" ".join(flags)}"'
    return text + ' data-state="on"' if lit else text


def _escaper(text: str) -> Callable[[str], str]:
    """How pieces of this text become HTML: the checks that no piece can need are made once."""
    if _TURNS.search(text):
        return lambda piece: _TURNS.sub(_boxed, escape(piece, quote=False))
    if _SPECIAL.search(text):
        return lambda piece: escape(piece, quote=False)
    return str


def _boxed(found: re.Match[str]) -> str:
    """A character that turns the writing direction, shown as what it is."""
    return f'<bdi class="turn" data-code="{ord(found[0]):X}">{found[0]}</bdi>'
