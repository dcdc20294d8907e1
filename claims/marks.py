"""From claims to marks: what a text's highlights carry, in words that the reader app knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from claims import words
from claims.evidence import PointFacts
from reader.text import Mark


class ClaimRow(NamedTuple):
    """Where a claim stands, and its point. A tuple, as a page makes hundreds."""

    id: int
    version: int
    start: int
    end: int
    point: int | None
    note: str = ""


def marks_of(
    claims: Iterable[ClaimRow],
    points: Iterable[PointFacts],
    kinds: Mapping[int, tuple[str, ...]],
    chosen: int | None,
    sorts: Mapping[int, tuple[str, str]] | None = None,
) -> dict[int, list[Mark]]:
    """The marks of each version, in the order of the text; `kinds` are those of standing flags.

    `sorts` are the tint and the letter of each claim, where the page is coloured by something else.
    """
    sorts = sorts or {}
    numbers = {point.id: point.number for point in points}
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row in claims:
        number = numbers.get(row.point) if row.point is not None else None
        known = row.point is not None and number is not None
        tint, letter = sorts.get(row.id, ("", ""))
        marks[row.version].append(
            Mark(
                start=row.start,
                end=row.end,
                claims=(row.id,),
                points=(row.point,) if known and row.point is not None else (),
                numbers=(number,) if number is not None else (),
                flags=kinds.get(row.id, ()),
                chosen=known and row.point == chosen,
                note=row.note,
                tint=tint,
                letter=letter,
            )
        )
    return marks


def badge_label(point: PointFacts) -> str:
    """The accessible name of a point's numbered link behind a highlight."""
    return _("Point %(number)s: %(label)s, %(verdict)s") % {
        "number": point.number,
        "label": point.label,
        "verdict": words.inside(words.word(words.VERDICTS, point.verdict)),
    }
