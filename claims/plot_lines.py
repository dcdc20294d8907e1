"""The lines of a plot: a speaker's figure and the next one, figures that a flag is between."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise, product
from typing import Final

from claims.plot_figures import Figure
from claims.plot_parts import Line, Spot
from claims.plot_scale import Box

BADGE: Final = 7.5  # half the breadth of the sign of a conflict
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # where on its line it may stand


def joints(spots: Sequence[Spot]) -> tuple[Line, ...]:
    """From each figure to the same speaker's next ones: of a later day, each from its nearest.

    Forecasts follow forecasts, and what was reported follows what was reported.
    """
    days: dict[tuple[str, bool], dict[date, list[Spot]]] = defaultdict(dict)
    for spot in spots:
        main = spot.mark.main
        days[main.speaker, main.is_forecast].setdefault(main.day, []).append(spot)
    return tuple(
        _joint(own[earlier], spot)
        for own in days.values()
        for earlier, later in pairwise(sorted(own))
        for spot in own[later]
    )


def _joint(before: Sequence[Spot], spot: Spot) -> Line:
    start = min(before, key=lambda one: (abs(one.y - spot.y), one.x))
    return Line(start=start, end=spot, alike=_sort(start) == _sort(spot))


def _sort(spot: Spot) -> str:
    """Floor, ceiling or count: only figures of one sort make a trend."""
    kind = spot.mark.main.kind
    return kind if kind in ("floor", "ceiling") else "count"


def against(spots: Sequence[Spot], conflicts: Sequence[frozenset[int]]) -> tuple[Line, ...]:
    """Lines between figures that a flag sets against each other: as few as show all its values.

    Each value is tied to the nearest lower one that it does not meet.
    """
    found: dict[tuple[float, float, float, float], Line] = {}
    for claims in conflicts:
        for line in _of_flag([spot for spot in spots if spot.mark.claims & claims]):
            found.setdefault((line.start.x, line.start.y, line.end.x, line.end.y), line)
    return tuple(found.values())


def _of_flag(spots: Sequence[Spot]) -> list[Line]:
    values: dict[tuple[object, ...], list[Spot]] = defaultdict(list)
    for spot in sorted(spots, key=lambda one: (one.mark.main.value, one.x)):
        figure = spot.mark.main
        sort = (figure.quantity.low, figure.quantity.high, figure.is_forecast)
        values[sort].append(spot)
    groups = list(values.values())
    lines = []
    for at, group in enumerate(groups):
        apart = [one for one in groups[:at] if not _meet(one[0].mark.main, group[0].mark.main)]
        if apart:
            lines.append(_nearest(apart[-1], group))
    if not lines and len(groups) > 1:  # they differ in something else than the value
        lines.append(_nearest(groups[0], groups[-1]))
    return lines


def _meet(one: Figure, other: Figure) -> bool:
    """Whether the intervals of two figures have a value in common."""
    p, q = one.quantity, other.quantity
    below = p.high is not None and q.low is not None and p.high < q.low
    above = q.high is not None and p.low is not None and q.high < p.low
    return not below and not above


def _nearest(ones: Sequence[Spot], others: Sequence[Spot]) -> Line:
    pairs = product(ones, others)
    start, end = min(pairs, key=lambda pair: (abs(pair[0].x - pair[1].x), pair[0].x, pair[1].x))
    return Line(start=start, end=end)


def badges(lines: Sequence[Line], spots: Sequence[Spot]) -> tuple[tuple[float, float], ...]:
    """A place on each line for the sign of a conflict, where there is one that covers nothing."""
    taken = [spot.box for spot in spots]
    found = []
    for line in lines:
        for share in _ALONG:
            x, y = line.at(share)
            box = Box(x - BADGE, y - BADGE, x + BADGE, y + BADGE)
            if not any(box.meets(one) for one in taken):
                taken.append(box)
                found.append((x, y))
                break
    return tuple(found)
