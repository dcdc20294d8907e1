"""A difference as a reader wants to see it: paragraph beside paragraph, and what moved as moved.

Pure: texts, blocks and edits in, rows out. Words become HTML in `reader.rendering_changes` only.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from reader.difference import Edit, difference
from reader.text import Block, count_words
from reader.versions_marks import plain

RowKind = Literal["same", "changed", "added", "removed", "moved", "moved_away"]
PieceKind = Literal["same", "gone", "new"]

# Two paragraphs belong together where this share of the shorter one's characters stands in both.
_SHARED = 0.4
# A paragraph that is missing here and new there has moved if so many of its words are the same.
_MOVED = 0.7
# Of paragraphs that may have moved, and of their words; beyond it only equal ones are looked for.
_MOST_PAIRS, _MOST_PAIRED_WORDS = 40_000, 1 << 28
# Of both texts: what is laid beside each other in a moment. A long report has a tenth of it.
MOST_LETTERS, MOST_PARAGRAPHS = 400_000, 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, is gone, or is new."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """Paragraphs that belong together: mostly one of each text, more where one was split or joined.

    `pieces` reads both texts as one. `old` and `new` are the numbers of the paragraphs, from 0; a
    moved one stands where it came to, with its old number, and once more where it was ("moved_away"
    without pieces of its own, `new` naming the place it came to).
    """

    kind: RowKind
    pieces: tuple[Piece, ...]
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()

    def words(self, kind: PieceKind) -> int:
        """How many words of the row stayed, are gone, or are new."""
        return sum(count_words(piece.text) for piece in self.pieces if piece.kind == kind)


@dataclass(frozen=True, kw_only=True)
class Body:
    """A text with the paragraphs it falls into."""

    text: str
    blocks: Sequence[Block]

    def of(self, number: int) -> str:
        """The characters of a paragraph."""
        return self.blocks[number].of(self.text)


def are_too_long(old: Body, new: Body) -> bool:
    """Whether two texts are longer than anything that is read paragraph beside paragraph."""
    letters, number = len(old.text) + len(new.text), len(old.blocks) + len(new.blocks)
    return letters > MOST_LETTERS or number > MOST_PARAGRAPHS


def rows_of(old: Body, new: Body, edits: Sequence[Edit]) -> list[Row]:
    """The rows in reading order; what is gone stands before what is new in its place."""
    rows: list[Row] = []
    at_old = at_new = 0
    beyond = (range(len(old.blocks), len(old.blocks)), range(len(new.blocks), len(new.blocks)))
    for olds, news in [*_groups(old, new, edits), beyond]:
        rows += _between(old, new, range(at_old, olds.start), range(at_new, news.start))
        if olds and news:
            rows.append(_row(old, new, edits, olds, news))
        at_old, at_new = olds.stop, news.stop
    return _with_moves(rows, old, new)


def _between(old: Body, new: Body, olds: range, news: range) -> Iterator[Row]:
    """What is gone and what is new in one place; a paragraph that is in both stayed there."""
    at_old, at_new = olds.start, news.start
    places: dict[str, deque[int]] = {}
    for number in olds:
        places.setdefault(plain(old.of(number)), deque()).append(number)
    for number in news:
        there = places.get(plain(new.of(number)), deque())
        while there and there[0] < at_old:
            there.popleft()
        if not there:
            continue
        same = there.popleft()
        yield from (_alone("removed", old, one) for one in range(at_old, same))
        yield from (_alone("added", new, one) for one in range(at_new, number))
        yield Row(kind="same", pieces=(Piece("same", new.of(number)),), old=(same,), new=(number,))
        at_old, at_new = same + 1, number + 1
    yield from (_alone("removed", old, one) for one in range(at_old, olds.stop))
    yield from (_alone("added", new, one) for one in range(at_new, news.stop))


def _alone(kind: Literal["removed", "added"], body: Body, number: int) -> Row:
    if kind == "removed":
        return Row(kind=kind, pieces=(Piece("gone", body.of(number)),), old=(number,))
    return Row(kind=kind, pieces=(Piece("new", body.of(number)),), new=(number,))


def _groups(old: Body, new: Body, edits: Sequence[Edit]) -> list[tuple[range, range]]:
    """Which paragraphs belong together: runs of both texts that share enough, in their order.

    Equal stretches never cross, so neither do the groups.
    """
    groups: list[tuple[range, range]] = []
    for one, other in _links(old, new, edits):
        if groups and (one < groups[-1][0].stop or other < groups[-1][1].stop):
            olds, news = groups[-1]
            groups[-1] = (range(olds.start, one + 1), range(news.start, other + 1))
        else:
            groups.append((range(one, one + 1), range(other, other + 1)))
    return groups


def _links(old: Body, new: Body, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """The pairs of paragraphs of which one holds enough of the other."""
    shared: dict[tuple[int, int], int] = {}
    for edit in edits:
        if edit.kind != "equal":
            continue
        shift = edit.new_start - edit.old_start
        for one in _touched(old.blocks, edit.old_start, edit.old_end):
            first = max(old.blocks[one].start, edit.old_start)
            last = min(old.blocks[one].end, edit.old_end)
            for other in _touched(new.blocks, first + shift, last + shift):
                block = new.blocks[other]
                size = min(last + shift, block.end) - max(first + shift, block.start)
                shared[one, other] = shared.get((one, other), 0) + size
    return [pair for pair, size in shared.items() if size >= _SHARED * _shorter(old, new, pair)]


def _shorter(old: Body, new: Body, pair: tuple[int, int]) -> int:
    one, other = old.blocks[pair[0]], new.blocks[pair[1]]
    return min(one.end - one.start, other.end - other.start)


def _touched(blocks: Sequence[Block], start: int, end: int) -> range:
    """The blocks of which a character lies in [start, end)."""
    first = bisect_right(blocks, start, key=lambda block: block.end)
    return range(first, bisect_left(blocks, end, key=lambda block: block.start))


def _row(old: Body, new: Body, edits: Sequence[Edit], olds: range, news: range) -> Row:
    was = (old.blocks[olds[0]].start, old.blocks[olds[-1]].end)
    now = (new.blocks[news[0]].start, new.blocks[news[-1]].end)
    pieces = _merged(_pieces(old.text, new.text, edits, was, now))
    kind: RowKind = "same" if all(piece.kind == "same" for piece in pieces) else "changed"
    return Row(kind=kind, pieces=pieces, old=tuple(olds), new=tuple(news))


def _pieces(
    old: str, new: str, edits: Sequence[Edit], was: tuple[int, int], now: tuple[int, int]
) -> Iterator[Piece]:
    """What lies in the stretch `was` of the old text and `now` of the new one, read as one."""
    first = min(
        bisect_right(edits, was[0], key=lambda edit: edit.old_end),
        bisect_right(edits, now[0], key=lambda edit: edit.new_end),
    )
    for at in range(first, len(edits)):  # a slice would copy all that follows, for every row
        edit = edits[at]
        if edit.old_start >= was[1] and edit.new_start >= now[1]:
            return
        a, b = max(edit.old_start, was[0]), min(edit.old_end, was[1])
        c, d = max(edit.new_start, now[0]), min(edit.new_end, now[1])
        if edit.kind == "equal":
            yield from _stayed(old, new, edit, (a, b), (c, d))
        else:
            yield from _cut("gone", old, a, b)
            yield from _cut("new", new, c, d)


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces in fewer: what is gone and new at once, as a full stop at a row's edge, stayed."""
    found: list[Piece] = []
    for piece in pieces:
        kind = piece.kind
        if found and found[-1].text == piece.text and {found[-1].kind, kind} == {"gone", "new"}:
            found.pop()
            kind = "same"
        if found and found[-1].kind == kind:
            found[-1] = Piece(kind, found[-1].text + piece.text)
        else:
            found.append(Piece(kind, piece.text))
    return tuple(found)


def _stayed(
    old: str, new: str, edit: Edit, was: tuple[int, int], now: tuple[int, int]
) -> Iterator[Piece]:
    """An equal stretch, of which either end may lie beside the row in one of the texts."""
    shift = edit.new_start - edit.old_start
    start, end = max(was[0], now[0] - shift), min(was[1], now[1] - shift)
    if start >= end:
        yield from _cut("gone", old, *was)
        yield from _cut("new", new, *now)
        return
    yield from _cut("gone", old, was[0], start)
    yield from _cut("new", new, now[0], start + shift)
    yield from _cut("same", old, start, end)
    yield from _cut("gone", old, end, was[1])
    yield from _cut("new", new, end + shift, now[1])


def _cut(kind: PieceKind, text: str, start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece(kind, text[start:end])


def _with_moves(rows: list[Row], old: Body, new: Body) -> list[Row]:
    """The rows, those that only changed their place told as moved."""
    moves = dict(_moves(rows, old, new))
    came = {to: gone for gone, to in moves.items()}
    found = []
    for row in rows:
        if row.kind == "removed" and row.old[0] in moves:
            found.append(Row(kind="moved_away", pieces=(), old=row.old, new=(moves[row.old[0]],)))
        elif row.kind == "added" and row.new[0] in came:
            gone = came[row.new[0]]
            before, after = old.of(gone), new.of(row.new[0])
            edits = difference(before, after)
            pieces = _merged(_pieces(before, after, edits, (0, len(before)), (0, len(after))))
            found.append(Row(kind="moved", pieces=pieces, old=(gone,), new=row.new))
        else:
            found.append(row)
    return found


def _moves(rows: Sequence[Row], old: Body, new: Body) -> Iterator[tuple[int, int]]:
    """Pairs of a paragraph that is gone and one that is new, of the same or nearly the same words.

    Each is taken once, in the order of the new text, equal ones first.
    """
    gone = {row.old[0]: plain(old.of(row.old[0])).split() for row in rows if row.kind == "removed"}
    come = {row.new[0]: plain(new.of(row.new[0])).split() for row in rows if row.kind == "added"}
    by_words: dict[tuple[str, ...], deque[int]] = {}
    for number, those in gone.items():
        by_words.setdefault(tuple(those), deque()).append(number)
    for to, words in list(come.items()):
        there = by_words.get(tuple(words))
        if there:
            yield there[0], to
            del gone[there.popleft()], come[to]
    words_gone, words_come = (sum(map(len, some.values())) for some in (gone, come))
    if len(gone) * len(come) > _MOST_PAIRS or words_gone * words_come > _MOST_PAIRED_WORDS:
        return
    for to, words in come.items():
        alike = [
            (Indel.normalized_similarity(those, words, score_cutoff=_MOVED), -number)
            for number, those in gone.items()
        ]
        share, number = max(alike, default=(0.0, 0))
        if share:
            yield -number, to
            del gone[-number]
