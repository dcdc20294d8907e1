"""The figures of a point as a plot takes them: alike ones as one mark, each kind of sum apart.

Totals, additions, parts and ratios never share a plot, nor do units, unless a flag sets them
against each other. What has no day or no bound, or is said not to be so, is listed beside.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext as _

from claims.engine import normal_form
from claims.engine.readings import CERTAINTY_CLASS, Certainty, Per, Quantity
from reader import dates

LARGEST: Final = 1e18  # beyond it no scale tells values apart, and a float may not hold them
Kind = Literal["count", "band", "range", "floor", "ceiling"]
Key = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a point: who gives it, in which report, for which days, how surely."""

    claim: int
    speaker: str
    source: str
    first: date | None
    last: date | None
    quantity: Quantity
    certainty: Certainty = "asserted"
    flagged: bool = False

    @property
    def day(self) -> date:
        """The last day that the figure speaks for; only asked of dated figures."""
        day = self.last or self.first
        assert day is not None  # `sorted_out` keeps dated figures only
        return day

    @property
    def is_forecast(self) -> bool:
        """Whether it is only expected, possible or conditional."""
        return CERTAINTY_CLASS[self.certainty] == "prospective"

    @property
    def kind(self) -> Kind:
        """What sort of statement the figure is, and so how it is drawn."""
        quantity = self.quantity
        if quantity.high is None:
            return "floor"
        if quantity.low is None or quantity.high_soft:
            return "ceiling"
        if quantity.low == quantity.high:
            return "count"
        return "band" if quantity.modifier == "about" else "range"

    @property
    def value(self) -> float:
        """Where the dot stands: the figure as given, else the middle of its range."""
        stated = normal_form.stated_value(self.quantity)
        if stated is not None:
            return float(stated)
        known = [float(bound) for bound in self.bounds]
        return sum(known) / len(known)

    @property
    def bounds(self) -> tuple[float, ...]:
        """The finite ends of its interval."""
        ends = (self.quantity.low, self.quantity.high)
        return tuple(float(end) for end in ends if end is not None)

    @property
    def as_of(self) -> str:
        """The days that it speaks for, in words; empty where none is known."""
        return dates.days(self.first, self.last)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Figures that one sign stands for: one speaker's word for the same days, in some reports."""

    figures: tuple[Figure, ...]

    @property
    def main(self) -> Figure:
        """The figure that speaks for all of them."""
        return self.figures[0]

    @property
    def flagged(self) -> bool:
        """Whether one of its figures takes part in a flag that stands."""
        return any(figure.flagged for figure in self.figures)

    @property
    def claims(self) -> frozenset[int]:
        """The ids of the claims that it stands for."""
        return frozenset(figure.claim for figure in self.figures)

    @property
    def sources(self) -> str:
        """The report that it comes from, or the first of them and how many more."""
        names = list(dict.fromkeys(figure.source for figure in self.figures))
        if len(names) == 1:
            return names[0]
        return _("%(source)s and %(n)s more") % {"source": names[0], "n": len(names) - 1}


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one plot shows: figures that count alike, earliest first, and what is flagged there.

    `conflicts` are the claims of each flag between them.
    """

    counted: str
    figures: tuple[Figure, ...]
    conflicts: tuple[frozenset[int], ...]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A figure that no plot can show, and why."""

    figure: Figure
    reason: str


def sorted_out(
    figures: Iterable[Figure], conflicts: Sequence[frozenset[int]] = ()
) -> tuple[tuple[Group, ...], tuple[Beside, ...]]:
    """The plots that the figures make, most contested and fullest first, and what is left beside.

    `conflicts` are the claims of each flag that stands between figures of the point.
    """
    found: dict[Key, list[Figure]] = defaultdict(list)
    beside = []
    for figure in figures:
        if reason := _reason(figure):
            beside.append(Beside(figure=figure, reason=reason))
        else:
            found[_key(figure.quantity)].append(figure)
    groups = [_group(own, conflicts) for own in _joined(found, conflicts)]
    groups.sort(key=lambda group: (-len(group.conflicts), -len(group.figures), group.counted))
    return tuple(groups), tuple(beside)


def marks_of(figures: Iterable[Figure]) -> list[Mark]:
    """The figures as marks, in their order; alike ones of one speaker as one."""
    found: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        quantity = figure.quantity
        value = (quantity.low, quantity.high, quantity.low_open, quantity.modifier)
        found[figure.speaker, figure.first, figure.last, figure.is_forecast, *value].append(figure)
    return [Mark(figures=tuple(own)) for own in found.values()]


def _reason(figure: Figure) -> str:
    """Why no plot can show the figure; empty if one can."""
    sort = CERTAINTY_CLASS[figure.certainty]
    if sort == "negated":
        return _("said not to be so")
    if sort == "open":
        return _("not known to be so")
    if not figure.bounds:
        return _("without a bound")
    if max(abs(bound) for bound in figure.bounds) > LARGEST:
        return _("too large to be drawn")
    return _("no day is known") if figure.first is None and figure.last is None else ""


def _key(quantity: Quantity) -> Key:
    """What figures must share to stand in one plot."""
    per = f"{quantity.per.value} {quantity.per.unit}" if quantity.per else ""
    role = "addition" if quantity.change else quantity.role
    return (quantity.unit or "", quantity.state or "", role, per, quantity.measured or "")


def _joined(
    found: dict[Key, list[Figure]], conflicts: Sequence[frozenset[int]]
) -> list[list[Figure]]:
    """The figures by their keys, where keys that a flag sets against each other are one."""
    home = {key: key for key in found}
    for claims in conflicts:
        keys = [key for key, own in found.items() if any(one.claim in claims for one in own)]
        met = {home[key] for key in keys}
        if met:
            kept = next(home[key] for key in found if home[key] in met)
            home = {key: kept if old in met else old for key, old in home.items()}
    together: dict[Key, list[Figure]] = defaultdict(list)
    for key, own in found.items():
        together[home[key]] += own
    return list(together.values())


def _group(figures: list[Figure], conflicts: Sequence[frozenset[int]]) -> Group:
    own = {figure.claim for figure in figures}
    return Group(
        counted=_counted(figures[0].quantity),
        figures=tuple(sorted(figures, key=_order)),
        conflicts=tuple(claims & own for claims in conflicts if len(claims & own) > 1),
    )


def _order(figure: Figure) -> tuple[object, ...]:
    ends = (str(figure.quantity.low), str(figure.quantity.high))
    return (figure.day, figure.speaker, figure.value, *ends, figure.source, figure.claim)


def _base(per: Per) -> str:
    """What a ratio is of: "voter", "25 voters", "1,000"."""
    value = "" if per.value == 1 else normal_form.number(per.value)
    return " ".join(part for part in (value, normal_form.noun(per.unit or "", per.value)) if part)


def _counted(quantity: Quantity) -> str:
    """What is counted, as the plot's heading says it: "soldiers", "soldiers, additions"."""
    unit = quantity.unit or ""
    known = unit.upper() if normal_form.is_currency(unit) else normal_form.noun(unit)
    words = " ".join(part for part in (known, quantity.state or "") if part) or _("number")
    if quantity.per is not None:
        return _("%(counted)s per %(base)s") % {"counted": words, "base": _base(quantity.per)}
    if quantity.role == "addition" or quantity.change:
        return _("%(counted)s, additions") % {"counted": words}
    if quantity.role == "part":
        return _("%(counted)s, parts of a whole") % {"counted": words}
    return words
