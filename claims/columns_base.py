"""How each report stands to the one that the others are held against, on the chosen point.

Nothing here judges: it says whether the values are the same, whether a flag stands between the two,
and what one exact figure is above the other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from claims.cells import Cell
from claims.engine import normal_form
from claims.engine.readings import Quantity
from claims.evidence import FlagCard

Relation = Literal["base", "same", "differs", "other", "base_silent", "only_base", "unchecked"]
TWICE = 2  # from here on a figure is also told as so many times the other


@dataclass(frozen=True, kw_only=True)
class Held:
    """One report against the base, in words; `difference` is empty but for two exact figures."""

    relation: Relation
    word: str
    difference: str = ""


def hold(
    base: int,
    reports: Sequence[int],
    cells: Mapping[int, Cell],
    flags: Sequence[FlagCard],
    unchecked: Collection[int],
) -> dict[int, Held]:
    """Each report by its id; one of which nothing can be said, as both are silent, is left out.

    `cells` are the feet of those that speak, `flags` the flags that stand on the point,
    `unchecked` the reports of which nobody knows what they say.
    """
    found: dict[int, Held] = {base: Held(relation="base", word=_("The others are held against it"))}
    own = cells.get(base)
    for report in reports:
        cell = cells.get(report)
        if report == base:
            continue
        if own is not None and cell is not None:
            found[report] = _both(own, cell, flags)
        elif (cell is None and report in unchecked) or (own is None and base in unchecked):
            found[report] = Held(relation="unchecked", word=_("Not compared with the base"))
        elif cell is not None:
            found[report] = Held(relation="base_silent", word=_("The base is silent on this"))
        elif own is not None:
            found[report] = Held(relation="only_base", word=_("The base speaks, this one does not"))
    return found


def _both(own: Cell, cell: Cell, flags: Sequence[FlagCard]) -> Held:
    kinds = dict.fromkeys(flag.kind_word for flag in flags if _is_between(flag, own, cell))
    above = difference(own.figure, cell.figure)
    if kinds:
        named = {"kinds": ", ".join(kinds)}
        return Held(
            relation="differs", word=_("Differs from the base: %(kinds)s") % named, difference=above
        )
    if cell.value == own.value and cell.figure is None and own.figure is None:
        return Held(relation="same", word=_("As the base: %(value)s") % {"value": cell.value})
    if cell.value == own.value:
        return Held(relation="same", word=_("Same value as the base"))
    return Held(relation="other", word=_("Another value, no flag"), difference=above)


def _is_between(flag: FlagCard, own: Cell, cell: Cell) -> bool:
    """Whether the flag says that these two claims differ: it lists them under two values."""
    groups = {side.id: at for at, group in enumerate(flag.groups) for side in group.sides}
    one, other = groups.get(own.claim), groups.get(cell.claim)
    return one is not None and other is not None and one != other


def difference(base: Quantity | None, other: Quantity | None) -> str:
    """By how much the second figure is above or below the first: "+9,000, 4 times as much".

    Empty unless both are exact figures of one thing; no one's figure is right or wrong by it.
    """
    if base is None or other is None:
        return ""
    first, second = _exact(base), _exact(other)
    if first is None or second is None or first == second or _thing(base) != _thing(other):
        return ""
    above = ("+" if second > first else "−") + normal_form.number(abs(second - first))
    if base.unit == "percent":
        return _("%(figure)s percentage points") % {"figure": above}
    least, most = sorted((first, second))
    if least <= 0 or most < TWICE * least:
        return above
    told = {"figure": above, "times": _times(most / least)}
    if second > first:
        return _("%(figure)s, %(times)s times as much") % told
    return _("%(figure)s, the base has %(times)s times as much") % told


def _exact(figure: Quantity) -> Decimal | None:
    is_exact = figure.modifier == "exact" and figure.low == figure.high and not figure.vague
    return figure.low if is_exact else None


def _thing(figure: Quantity) -> tuple[object, ...]:
    return (figure.unit, figure.state, figure.role, figure.per, figure.measured, figure.change)


def _times(ratio: Decimal) -> str:
    tenths = ratio.quantize(Decimal("0.1"))
    sign = "" if tenths == ratio else "≈ "
    return sign + normal_form.number(tenths)
