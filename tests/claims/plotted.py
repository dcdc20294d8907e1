"""Figures for the tests of plots."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from claims.engine.readings import Quantity
from claims.plot_figures import Figure

DAY = date(2024, 10, 23)
_NUMBERS = count(1)


def figure(
    low: float | None,
    high: float | None,
    *,
    speaker: str = "Ministry",
    day: date | None = DAY,
    claim: int = 0,
    **more: Any,
) -> Figure:
    """A figure of one day; `more` are fields of the figure or of its quantity."""
    own = {"source", "first", "certainty", "flagged"}
    fields = {"source": "Desk", "first": day} | {k: v for k, v in more.items() if k in own}
    quantity = {"unit": "soldier"} | {k: v for k, v in more.items() if k not in own}
    return Figure(
        claim=claim or next(_NUMBERS),
        speaker=speaker,
        last=day,
        quantity=Quantity(
            start=0,
            end=1,
            low=None if low is None else Decimal(str(low)),
            high=None if high is None else Decimal(str(high)),
            **quantity,
        ),
        **fields,
    )
