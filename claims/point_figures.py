"""The figures of a point, and the flags between them, as the plot takes them."""

from collections.abc import Iterable
from typing import Final

from claims.flags import FlagRow
from claims.plot_figures import Figure
from claims.statements import Statement

# Kinds of flags that can be about figures; others are about who said it or who did it.
_ABOUT_FIGURES: Final = frozenset({"quantity", "certainty", "date"})


def figures_of(statements: Iterable[Statement]) -> list[Figure]:
    """The principal figures of the point's claims, in their order; claims without one are none."""
    return [
        Figure(
            claim=statement.id,
            speaker=statement.speaker,
            source=statement.report.source,
            first=statement.first,
            last=statement.last,
            quantity=statement.claim.reading.quantities[0],
            certainty=statement.claim.reading.certainty,
            flagged=statement.flagged,
        )
        for statement in statements
        if statement.claim.reading.quantities
    ]


def conflicts_of(flags: Iterable[FlagRow]) -> tuple[frozenset[int], ...]:
    """The claims of each standing flag that sets figures against each other."""
    return tuple(flag.claims for flag in flags if flag.stands and flag.kind in _ABOUT_FIGURES)
