"""Lines as pages draw them made into a title, headings and paragraphs."""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, median_low

from reader.ingest.pages_cuts import Span

# Sizes are compared with that of most letters, gaps with the usual one between two lines.
_HEADING, _TITLE, _SAME = 1.15, 1.3, 0.08
_WIDE_GAP = 1.3
_INDENT_LEAST, _INDENT_MOST = 0.7, 4.0  # times the size of the letters
_SHORT = 0.75  # of the usual number of letters in a line
_EDGE = 0.12  # of the page's height, at the top and at the bottom
_EDGE_LINES = 3
_REPEATS = 0.4  # of the pages: heads of left and right pages differ
_MAX_HEADING = 120  # code points of a bold line that is a heading
_FINAL = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.?)\s*)?\d{1,4}(?:\s*(?:of|/|von|\|)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_HYPHENS = ("-", "\u00ad", "\u2010")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a page: where it starts (points, `up` as a share of the page's height)."""

    page: int
    x: float
    y: float
    up: float
    size: float
    bold: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """What the lines are: a title if one stands out, markup, and the text with what was cut."""

    title: str
    markup: str
    original: str
    cuts: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class _Usual:
    """What most lines are like."""

    size: float
    gap: float
    letters: float


def laid_out(lines: Sequence[Line]) -> LaidOut:
    """Rebuild paragraphs; running heads and page numbers are cut."""
    usual = _usual(lines)
    cut = _furniture(lines, usual)
    known = Counter(
        word.casefold() for line in lines for word in _WORD.findall(line.text.rstrip("-"))
    )
    title, title_size = "", 0.0
    out: list[str] = []
    original: list[tuple[str, bool]] = []
    for group in _paragraphs([line for line in lines if id(line) not in cut], usual):
        words = _joined([line.text for line in group], known)
        tag = _tag(group, words, usual)
        size = group[0].size
        if tag == "h2" and group[0].page == 0 and size > max(title_size, usual.size * _TITLE):
            title, title_size = words, size
        out.append(f"<{tag}>{html.escape(words, quote=False)}</{tag}>")
        original.append((words, False))
    shown = _with_cut(original, [line.text for line in lines if id(line) in cut])
    return LaidOut(title=title, markup="".join(out), original=shown[0], cuts=shown[1])


def _with_cut(kept: list[tuple[str, bool]], cut: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """All the text: what is kept, and below it what was cut, each line once."""
    text = "\n\n".join(words for words, _cut in kept)
    below = "\n".join(dict.fromkeys(cut))
    if not below:
        return text, ()
    start = len(text) + 2
    return f"{text}\n\n{below}", ((start, start + len(below)),)


def _usual(lines: Sequence[Line]) -> _Usual:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    body = [line for line in lines if abs(line.size - size) <= size * _SAME]
    gaps = [
        before.y - line.y
        for before, line in pairwise(body)
        if before.page == line.page and 0 < before.y - line.y < 3 * size
    ]
    letters = median(len(line.text) for line in body) if body else 1.0
    return _Usual(size=size, gap=median_low(gaps) if gaps else size * 1.2, letters=letters)


def _furniture(lines: Sequence[Line], usual: _Usual) -> set[int]:
    """The lines at the edges of pages that come again on others, and page numbers; by id."""
    pages: Mapping[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: list[Line] = []
    for found in pages.values():
        ordered = sorted(found, key=lambda line: -line.y)
        near = [*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]]
        edges += [line for line in near if line.up > 1 - _EDGE or line.up < _EDGE]
    alike: Mapping[str, set[int]] = defaultdict(set)
    for line in edges:
        alike[_shape(line)].add(line.page)
    enough = max(2.0, len(pages) * _REPEATS)
    return {
        id(line)
        for line in edges
        if line.size < usual.size * _TITLE
        and (len(alike[_shape(line)]) >= enough or _PAGE_NUMBER.fullmatch(line.text))
    }


def _shape(line: Line) -> str:
    return _DIGITS.sub("0", line.text.casefold())


def _paragraphs(lines: Iterable[Line], usual: _Usual) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: Sequence[Line], line: Line, usual: _Usual) -> bool:
    """Whether a line belongs to the paragraph above it."""
    before = group[-1]
    if abs(before.size - line.size) > usual.size * _SAME or before.bold != line.bold:
        return False
    down = before.y - line.y
    ended = bool(_FINAL.search(before.text))
    if before.page != line.page or down < 0:  # the next page or column
        return not ended and before.size < usual.size * _HEADING
    if down > _gap(before, usual) * _WIDE_GAP:
        return False
    if down < usual.size * 0.5:  # a piece of the same line
        return True
    indent = (line.x - before.x) / usual.size
    if _INDENT_LEAST < indent < _INDENT_MOST and len(group) > 1 and ended:
        return False
    return not (ended and len(before.text) < usual.letters * _SHORT)


def _gap(line: Line, usual: _Usual) -> float:
    return usual.gap * max(1.0, line.size / usual.size)


def _tag(group: Sequence[Line], words: str, usual: _Usual) -> str:
    if group[0].size >= usual.size * _HEADING and len(words) <= 2 * _MAX_HEADING:
        return "h2"
    is_bold = all(line.bold for line in group)
    if is_bold and len(words) <= _MAX_HEADING and not words.endswith((".", ",", ";")):
        return "h3"
    return "p"


def _joined(texts: Sequence[str], known: Counter[str]) -> str:
    """The lines as one text; a word that was parted at a line's end is one word again."""
    out = texts[0]
    for text in texts[1:]:
        last, first = _LAST_PART.search(out), _FIRST_PART.match(text)
        if last and first and first[0][0].islower():
            whole, hyphened = last[1] + first[0], f"{last[1]}-{first[0]}"
            # a word that stands elsewhere with its hyphen keeps it
            keeps = known[hyphened.casefold()] > known[whole.casefold()]
            out = (out if keeps and out[-1] != "\u00ad" else out[:-1]) + text
        elif out.endswith(_HYPHENS[:1]) and out[-2:-1].isalnum():
            out += text
        else:
            out += " " + text
    return out
