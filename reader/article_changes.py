"""The read model of the difference page: what changed from one version of a report to another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.difference import difference
from reader.models import ArticleVersion
from reader.rendering_changes import Side, render_pieces
from reader.text import Block, BlockKind, paragraphs
from reader.versions import Extent, extent_of
from reader.versions_rows import Body, Piece, PieceKind, Row, RowKind, are_too_long, rows_of

_CONTEXT = 1  # unchanged paragraphs that are shown beside a change
_FEWEST_FOLDED = 2


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row as HTML: each text's side, and both read as one.

    Paragraphs count from 1: `place` is its own in the new text, `paragraph` in the old one,
    `moved_to` where one that moved away came to; 0 where there is none.
    """

    kind: RowKind
    place: int
    was: SafeString
    now: SafeString
    both: SafeString
    paragraph: int
    moved_to: int


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Rows that follow each other; a folded one holds only unchanged paragraphs."""

    rows: Sequence[ShownRow]
    folded: bool


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a reader sees of a difference, and how much of each kind there is.

    Of texts that are too long to be compared while somebody waits there is nothing.
    """

    stretches: Sequence[Stretch]
    extent: Extent
    too_long: bool = False


def build_changes(before: ArticleVersion, after: ArticleVersion) -> Changes:
    """The difference of two versions of one report, ready to be shown."""
    old, new = _body(before), _body(after)
    if are_too_long(old, new):
        return Changes(stretches=(), extent={}, too_long=True)
    rows = rows_of(old, new, difference(old.text, new.text))
    shown = [_shown(row, old, new) for row in rows]
    return Changes(stretches=list(_stretches(shown)), extent=extent_of(rows))


def _body(version: ArticleVersion) -> Body:
    blocks = [Block.from_json(block) for block in version.blocks]
    return Body(text=version.text, blocks=blocks or paragraphs(version.text))


def _shown(row: Row, old: Body, new: Body) -> ShownRow:
    words: Mapping[PieceKind, str] = {"gone": _("removed:"), "new": _("added:")}
    kind: BlockKind = (new.blocks[row.new[0]] if row.new else old.blocks[row.old[0]]).kind
    pieces = row.pieces
    if row.kind == "moved_away":
        kind, pieces = old.blocks[row.old[0]].kind, (Piece("same", old.of(row.old[0])),)
    return ShownRow(
        kind=row.kind,
        place=row.new[0] + 1 if row.new and row.kind != "moved_away" else 0,
        was=_side(row, pieces, "old", words, kind),
        now=_side(row, pieces, "new", words, kind),
        both=_side(row, pieces, "both", words, kind),
        paragraph=row.old[0] + 1 if row.old else 0,
        moved_to=row.new[0] + 1 if row.kind == "moved_away" else 0,
    )


def _side(
    row: Row, pieces: Sequence[Piece], side: Side, words: Mapping[PieceKind, str], kind: BlockKind
) -> SafeString:
    """One side of a row; empty where the text has nothing there."""
    if side == "old" and row.kind in ("added", "moved"):
        return SafeString()
    if side == "new" and row.kind in ("removed", "moved_away"):
        return SafeString()
    # beside each other only what moved and changed is read as one: its old place is elsewhere
    return render_pieces(pieces, "both" if row.kind == "moved" else side, words, kind)


def _stretches(rows: Sequence[ShownRow]) -> Iterator[Stretch]:
    """The rows, with long runs of unchanged ones folded but for those beside a change."""
    runs = [(same, list(run)) for same, run in groupby(rows, lambda row: row.kind == "same")]
    for number, (same, run) in enumerate(runs):
        first = _CONTEXT if number else 0
        last = len(run) - (_CONTEXT if number < len(runs) - 1 else 0)
        if not same or last - first < _FEWEST_FOLDED:
            yield Stretch(rows=run, folded=False)
            continue
        parts = ((run[:first], False), (run[first:last], True), (run[last:], False))
        yield from (Stretch(rows=part, folded=folded) for part, folded in parts if part)
