"""In which order the matrix shows points. Wire copy counts once in every count."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims import words
from claims.engine import normal_form
from claims.engine.origins import Origins
from claims.flags import SEVERITY_RANK, FlagRow
from claims.statements import Statement

if TYPE_CHECKING:
    from claims.matrix import MatrixRow
    from claims.matrix_view import Sort

VERDICT_RANK = {verdict: rank for rank, verdict in enumerate(words.VERDICTS)}
NO_FLAG = len(SEVERITY_RANK)  # behind the least grave one


def in_order(rows: Sequence["MatrixRow"], sort: "Sort") -> list["MatrixRow"]:
    """The rows in the order that is asked for; those alike in the order of the story.

    Disagreement: by verdict, conflicts first, then by the gravest open flag, then by how many
    different values independent texts give.
    """
    if sort == "disagreement":
        return sorted(rows, key=_disagreement)
    if sort == "silent":
        return sorted(rows, key=lambda row: (-len(row.silent), row.point.number))
    return sorted(rows, key=lambda row: row.point.number)


def _disagreement(row: "MatrixRow") -> tuple[int, ...]:
    return (
        VERDICT_RANK.get(row.point.verdict, len(VERDICT_RANK)),
        row.gravest,
        -row.values,
        -row.point.open_flags,
        row.point.number,
    )


def gravest(flags: Sequence[FlagRow]) -> int:
    """The rank of the gravest open flag, 0 for high; behind all ranks where none is open."""
    ranks = (SEVERITY_RANK.get(flag.severity, NO_FLAG) for flag in flags if flag.counts)
    return min(ranks, default=NO_FLAG)


def distinct_values(statements: Sequence[Statement], origins: Origins) -> int:
    """How many different values independent texts give: each origin counts with its first."""
    values: dict[str, str] = {}
    for one in statements:
        origin = origins.by_report[str(one.report.id)]
        if origin not in values:
            values[origin] = normal_form.value(one.claim.reading)
    return len(set(values.values()))
