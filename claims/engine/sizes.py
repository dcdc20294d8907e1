"""Figures in other units of one measure: "48 hours" and "two days", "40 km" and "25 miles".

A figure in the larger unit is rounded to it, so it stands for what is rounded to it: three weeks
are 17.5 to 24.5 days, 25 miles are 40.2 kilometres give or take five per cent.
"""

import functools
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from claims.engine.readings import Quantity
from claims.engine.tables import table

_HALF = Decimal("0.5")
_ROUNDED = Decimal("0.05")


@functools.cache
def _families() -> Mapping[str, tuple[str, Decimal]]:
    """The family of each unit that has others beside it, and its size there."""
    return {
        unit: (family, Decimal(size))
        for family, units in table("units")["sizes"].items()
        for unit, size in units.items()
    }


def in_one_unit(p: Quantity, q: Quantity) -> tuple[Quantity, Quantity]:
    """Both figures in the smaller of their units, if these are two units of one measure."""
    known = _families()
    if p.unit is None or q.unit is None or p.unit == q.unit or not {p.unit, q.unit} <= {*known}:
        return p, q
    (family, size), (other, other_size) = known[p.unit], known[q.unit]
    if family != other or p.per is not None:
        return p, q
    if size > other_size:
        return _converted(p, q.unit, size / other_size, family), q
    return p, _converted(q, p.unit, other_size / size, family)


def _converted(figure: Quantity, unit: str, factor: Decimal, family: str) -> Quantity:
    """The figure in a smaller unit, as wide as what is rounded to the larger one."""
    low, high = figure.low, figure.high
    if family.startswith("time"):
        low = None if low is None else max(Decimal(0), low - _HALF)
        high = None if high is None else high + _HALF
    else:
        low = None if low is None else low * (1 - _ROUNDED)
        high = None if high is None else high * (1 + _ROUNDED)
    return replace(
        figure,
        unit=unit,
        low=None if low is None else low * factor,
        high=None if high is None else high * factor,
    )
