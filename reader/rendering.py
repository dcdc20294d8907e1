"""The only place where article text becomes HTML: flat segments, every piece escaped.

The borders of all marks are sorted and swept once; where marks overlap, one segment carries the
ids of all of them. So marks never nest, and a block's text content equals the stored text,
character for character: a point's number is drawn by the stylesheet, and is no text.

Every page draws all its texts here, so this is written for speed: each piece is appended to one
list that is joined once, and what a mark is drawn with is made only when it is needed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from reader.text import Block, Mark, paragraphs

_TAGS = {"heading": "h4", "paragraph": "p", "quote": "blockquote", "list_item": "li"}
# Characters that turn the direction of what follows: shown as what they are, so that none can hide.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DEEPEST = 5  # claims over one another that the stylesheet tells apart
_TURNS = re.compile(f"[{_TURNING}]")

# Where a mark begins or ends: position, whether it opens, its number, the mark. Sorted, a closing
# border goes before an opening one at the same place.
_Border = tuple[int, bool, int, Mark]


def render_text(
    text: str,
    marks: Iterable[Mark],
    blocks: Sequence[Block] = (),
    labels: Mapping[int, str] | None = None,
    query: str = "",
) -> SafeString:
    """Render a text with its marks as blocks that carry the offset of their first code point.

    `labels` gives each point that gets a numbered link its accessible name, `query` what such an
    address needs besides ("&mode=thorough"). Without `blocks`, blank
    lines part the text into paragraphs. Costs one sort and one pass, whatever overlaps.
    """
    blocks = blocks or paragraphs(text)
    sweep = _Sweep(text, marks, blocks, labels or {}, escape(query))
    out: list[str] = []
    in_list = False
    for block in blocks:
        kind, start = block.kind, block.start
        if in_list is not (kind == "list_item"):
            in_list = not in_list
            out.append("<ul>" if in_list else "</ul>")
        tag = _TAGS[kind]
        out.append(f'<{tag} data-start="{start}" dir="auto">')
        sweep.write(start, block.end, out)
        out.append(f"</{tag}>")
    if in_list:
        out.append("</ul>")
    return mark_safe("".join(out))  # noqa: S308 - every piece of text went through escaper


class _Sweep:
    """Walks over the borders of all marks from left to right, once."""

    def __init__(
        self,
        text: str,
        marks: Iterable[Mark],
        blocks: Sequence[Block],
        labels: Mapping[int, str],
        query: str,
    ) -> None:
        self.text = text
        self.escape = escaper(text)
        self.labels = labels
        self.query = query
        self.borders = _borders(marks, blocks)
        self.next = 0
        self.active: dict[int, Mark] = {}

    def write(self, start: int, end: int, out: list[str]) -> None:
        """Append the text from start to end, cut at every border inside."""
        text, escape, borders, active = self.text, self.escape, self.borders, self.active
        at, number = start, self.next
        border, opens, which, mark = borders[number]
        while border < end or (border == end and not opens):
            if border > at:
                piece = escape(text[at:border]) if escape else text[at:border]
                out.append(f"<mark{_hooks(active)}>{piece}</mark>" if active else piece)
                at = border
            if opens:
                active[which] = mark
                number += 1
            else:
                number = self._close(number, border, out)
            border, opens, which, mark = borders[number]
        self.next = number
        if at < end:
            piece = escape(text[at:end]) if escape else text[at:end]
            out.append(f"<mark{_hooks(active)}>{piece}</mark>" if active else piece)

    def _close(self, number: int, border: int, out: list[str]) -> int:
        """End the marks that end here, and write the number of each of their points once."""
        borders, active, labels = self.borders, self.active, self.labels
        badges: dict[int, str] = {}
        notes: dict[str, None] = {}
        here, opens, which, mark = borders[number]
        alone = len(active) == 1 and len(mark.claims) == 1
        while here == border and not opens:
            del active[which]
            for point, shown in zip(mark.points, mark.numbers, strict=True):
                # of two claims the flagged one is told
                if point in labels and (mark.flags or point not in badges):
                    badges[point] = _badge(
                        point, shown, labels[point], mark, self.query, alone=alone
                    )
            if mark.note:
                notes[_note(mark.note)] = None
            number += 1
            here, opens, which, mark = borders[number]
        out += badges.values()
        out += notes
        return number


def _borders(marks: Iterable[Mark], blocks: Sequence[Block]) -> list[_Border]:
    """The borders of all marks that can be seen, in order, each drawn into the blocks.

    The last one is no mark's and lies beyond the text, so that the sweep always finds a next one.
    """
    starts = [block.start for block in blocks]
    ends = [block.end for block in blocks]
    opening: list[_Border] = []
    closing: list[_Border] = []
    for number, mark in enumerate(marks):
        start, end = mark.start, mark.end
        first = bisect_right(ends, start)
        last = bisect_left(starts, end) - 1
        if first > last:
            continue  # it lies between two blocks, or beside them all
        start, end = max(start, starts[first]), min(end, ends[last])
        if start < end:
            opening.append((start, True, number, mark))
            closing.append((end, False, number, mark))
    beyond = ends[-1] + 1 if ends else 0
    return [*sorted(opening + closing), (beyond, True, 0, Mark(start=beyond, end=beyond))]


def _badge(point: int, number: int, label: str, mark: Mark, query: str, *, alone: bool) -> str:
    """The numbered link behind a claim. The stylesheet draws the number: it is no text.

    Which claim it is the highlight before it says, where that is one claim's `alone`.
    """
    claim = "" if alone or not mark.claims else f' data-claim="{mark.claims[0]}"'
    return (
        f'<a class="badge" href="?point={point}{query}" data-choose="{point}"'
        f' data-number="{number}"{claim} aria-label="{_escaped(label)}"'
        + (" data-flagged" if mark.flags else "")
        + (_letter(mark) if mark.tint else "")
        + (' aria-current="true"></a>' if mark.chosen else "></a>")
    )


def _letter(mark: Mark) -> str:
    """The sort of a claim on its numbered link, for the stylesheet to draw."""
    return f' data-tint="{escape(mark.tint)}" data-letter="{escape(mark.letter)}"'


def _note(note: str) -> str:
    """The sign of a person's hand. Like a point's number it is drawn, and is no text."""
    words = _escaped(note)
    return f'<span class="noted" role="img" aria-label="{words}" title="{words}"></span>'


@lru_cache(maxsize=1024)
def _escaped(label: str) -> str:
    """A label, which stands behind many marks of a page, as HTML."""
    return escape(label)


def _hooks(active: Mapping[int, Mark]) -> str:
    """The hooks of a segment: its claims, points, kinds of flags, how deep, whether it is lit."""
    if len(active) == 1:
        depth = 1
        (mark,) = active.values()
        claims, points, flags, lit = mark.claims, mark.points, mark.flags, mark.chosen
        tint = mark.tint
    else:
        marks = list(active.values())
        depth = sum(1 for mark in marks if mark.points)  # others have no highlight to be seen
        claims = tuple(claim for mark in marks for claim in mark.claims)
        points = tuple(point for mark in marks for point in mark.points)
        flags = tuple(flag for mark in marks for flag in mark.flags)
        lit = any(mark.chosen for mark in marks)
        # one sort for the stretch: that of the point being looked at, else of the first
        tint = next((mark.tint for mark in marks if mark.chosen), "") or marks[0].tint
    text = f' data-claims="{claims[0] if len(claims) == 1 else _once(claims)}"'
    if points:
        text += f' data-points="{points[0] if len(points) == 1 else _once(points)}"'
    if flags:
        text += f' data-flags="{escape(_once(flags))}"'
    if tint:
        text += f' data-tint="{escape(tint)}"'
    if depth > 1:
        text += f' data-depth="{min(depth, _DEEPEST)}"'
    return text + ' data-state="on"' if lit else text


def _once(words: Sequence[object]) -> str:
    """The words in their order, none twice, parted by blanks."""
    return " ".join(map(str, dict.fromkeys(words)))


def escaper(text: str) -> Callable[[str], str] | None:
    """How pieces of this text become HTML; None where not one of its characters needs it.

    Looking for one character after another is far quicker than a pattern of them all.
    """
    if not text.isascii() and any(sign in text for sign in _TURNING):
        return lambda piece: _TURNS.sub(_boxed, escape(piece, quote=False))
    if any(sign in text for sign in "&<>"):
        return lambda piece: escape(piece, quote=False)
    return None


def _boxed(found: re.Match[str]) -> str:
    """A character that turns the writing direction, shown as what it is."""
    return f'<bdi class="turn" data-code="{ord(found[0]):X}">{found[0]}</bdi>'


_FOLDED = 240  # code points: what is left out in one stretch longer than this is folded away


def render_original(
    text: str, cuts: Iterable[tuple[int, int]], *, folded: str, cut: str
) -> SafeString:
    """The visible text of what came in, line by line, with what was left out marked.

    `cuts` are spans in code points. Lines that were left out whole are struck through, or folded
    under `folded` ("%d words left out") where they are long; `cut` says what a struck piece is to
    those who do not see it. Every piece of text is escaped: nothing that came in is markup here.
    """
    escape_piece = escaper(text) or str
    note = f'<span class="visually-hidden">{_escaped(cut)} </span>'
    gone = bytearray(len(text))
    for start, end in cuts:
        first, beyond = max(start, 0), min(end, len(text))
        if first < beyond:
            gone[first:beyond] = b"\x01" * (beyond - first)
    out: list[str] = []
    left_out: list[str] = []
    at = 0
    for line in [*text.split("\n"), None]:
        if line is not None and not line.strip():
            at += len(line) + 1
            continue
        pieces = [] if line is None else _pieces(line, gone[at : at + len(line)])
        if line is not None and all(is_gone or not piece.strip() for is_gone, piece in pieces):
            left_out.append(line)
        else:
            out += _left_out(left_out, escape_piece, folded, note)
            left_out = []
            inner = (
                f"<del>{note}{escape_piece(p)}</del>" if g else escape_piece(p) for g, p in pieces
            )
            out.append(f'<p dir="auto">{"".join(inner)}</p>' if pieces else "")
        at += len(line or "") + 1
    return mark_safe("".join(out))  # noqa: S308 - every piece of text went through escaper


def _pieces(line: str, gone: bytearray) -> list[tuple[bool, str]]:
    """A line in stretches that were left out and stretches that were not."""
    found: list[tuple[bool, str]] = []
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or gone[at] != gone[start]:
            found.append((bool(gone[start]), line[start:at]))
            start = at
    return found


def _left_out(
    lines: Sequence[str], escape_piece: Callable[[str], str], folded: str, note: str
) -> list[str]:
    """Lines that were left out one after the other, folded where they are many words."""
    if not lines:
        return []
    shown = "".join(f'<p dir="auto"><del>{note}{escape_piece(line)}</del></p>' for line in lines)
    if sum(map(len, lines)) <= _FOLDED:
        return [shown]
    label = escape(folded % sum(len(line.split()) for line in lines))
    return [f'<details class="cut"><summary>{label}</summary>{shown}</details>']
