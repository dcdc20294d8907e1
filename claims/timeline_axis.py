"""Days from left to right in the plot of a story, long silences cut out. Pure arithmetic."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

LONG = 10  # days: shorter silences are drawn in full
SHARE = 0.4  # of the days drawn, from which a silence is cut out
AROUND = 7  # days before and after the events whose facts are drawn
BREAK = 46.0  # room of a silence that is cut out
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)  # between days that are named


@dataclass(frozen=True)
class Stretch:
    """Days that are drawn in full: from the start of one to the end of another, and where."""

    first: int
    last: int
    left: float
    right: float

    @property
    def day(self) -> float:
        """The breadth of a day."""
        return (self.right - self.left) / (self.last - self.first + 1)


@dataclass(frozen=True)
class Axis:
    """The days of a story's plot. Days are ordinals, moments ordinals with their part of a day."""

    stretches: tuple[Stretch, ...]

    def x(self, moment: float) -> float:
        """The place of a moment; outside of the days drawn, that of the nearest."""
        for stretch in self.stretches:
            if moment < stretch.first:
                return stretch.left
            if moment <= stretch.last + 1:
                return stretch.left + (moment - stretch.first) * stretch.day
        return self.stretches[-1].right

    def holds(self, day: int) -> bool:
        """Whether the day is drawn."""
        return any(stretch.first <= day <= stretch.last for stretch in self.stretches)

    @property
    def breaks(self) -> tuple[tuple[float, float, int], ...]:
        """The silences cut out: from where to where, and how many days they have."""
        return tuple(
            (one.right, two.left, two.first - one.last - 1) for one, two in pairwise(self.stretches)
        )

    def ticks(self, room: float) -> list[tuple[int, float]]:
        """Days with the middle of their columns, so many of them that each has its room."""
        return [
            (day, stretch.left + (day - stretch.first + 0.5) * stretch.day)
            for stretch in self.stretches
            for day in _told(stretch, room)
        ]


def _told(stretch: Stretch, room: float) -> Sequence[int]:
    """The days of a stretch that are named: every so many, or in long ones firsts of months."""
    every = max(1, math.ceil(room / stretch.day))
    if every <= LONG:
        return range(stretch.first, stretch.last + 1, every)
    step = next((months for months in _MONTHS if months * 28 >= every), _MONTHS[-1])
    first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.last)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    firsts = [date(at // 12, at % 12 + 1, 1).toordinal() for at in months if at % step == 0]
    return [day for day in firsts if day >= stretch.first] or [stretch.first]


def axis_of(moments: Sequence[float], facts: Iterable[int], left: float, right: float) -> Axis:
    """The axis of the events at these moments, and of the days of facts that are near them."""
    days = {math.floor(moment) for moment in moments}
    near = {day for day in facts if min(days) - AROUND <= day <= max(days) + AROUND}
    stretches = _whole_days(sorted(days | near))
    free = right - left - BREAK * (len(stretches) - 1)
    day = free / sum(last - first + 1 for first, last in stretches)
    placed, x = [], left
    for first, last in stretches:
        end = x + (last - first + 1) * day
        placed.append(Stretch(first, last, x, end))
        x = end + BREAK
    return Axis(tuple(placed))


def _whole_days(days: Sequence[int]) -> list[tuple[int, int]]:
    """The days in stretches: cut where the silence is long beside all the rest."""
    gaps = sorted(((late - early, early) for early, late in pairwise(days)), reverse=True)
    drawn = days[-1] - days[0] + 1
    cuts: set[int] = set()
    for gap, early in gaps:
        if gap <= LONG or gap < drawn * SHARE or len(cuts) == 4:
            break
        cuts.add(early)
        drawn -= gap - 1
    found: list[tuple[int, int]] = []
    first = days[0]
    for early, late in pairwise(days):
        if early in cuts:
            found.append((first, early))
            first = late
    return [*found, (first, days[-1])]


def written_day(day: int) -> date:
    """The date of an ordinal."""
    return date.fromordinal(day)
