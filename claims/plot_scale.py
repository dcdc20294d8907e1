"""Measures of the plot: from values and days to places in the drawing. Pure arithmetic.

A day with figures is a column, as broad as its figures need; between columns there is room as the
days between them. So no figure stands at another day than its own, however many a day has.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

BETWEEN: Final = 6.0  # two labels
DECADES: Final = 100.0  # most over least, from which a logarithmic scale is offered
_TICKS = 3  # parts that a linear scale has, or so
_LEAST_GAP = 3.0  # between the columns of two days
_SHORT = 6  # letters of a tick's value


@dataclass(frozen=True)
class Box:
    """A rectangle in the drawing's units; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share some area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        """Whether this one lies within the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def distance(self, x: float, y: float) -> float:
        """How far a place is from the nearest part of the rectangle; 0 inside."""
        across = max(self.left - x, 0.0, x - self.right)
        return math.hypot(across, max(self.top - y, 0.0, y - self.bottom))


class Scale(Protocol):
    """Heights of values, with the values that are labelled."""

    top: float
    bottom: float
    ticks: list[float]

    def y(self, value: float) -> float:
        """The height of a value in the drawing."""


class ValueScale:
    """A linear scale with a few round ticks; from zero unless values differ but lie close.

    Where all values are whole numbers, so are the ticks.
    """

    def __init__(self, values: Sequence[float], top: float, bottom: float) -> None:
        least, most = min(values), max(values)
        if least == most:
            least, most = min(least, 0.0), max(most, 0.0)
        if least == most:
            most = 1.0
        start = 0.0 if 0 <= least < 0.6 * most else least
        step = _round_step(most - start)
        if all(value.is_integer() for value in values):
            step = max(math.floor(step), 1.0)
        # of huge values that lie close a smaller step is lost in a float's last digits
        step = max(step, 4 * math.ulp(max(abs(start), abs(most))))
        self.low = math.floor(start / step + 1e-9) * step
        self.high = math.ceil(most / step - 1e-9) * step
        self.top, self.bottom = top, bottom
        count = round((self.high - self.low) / step)
        self.ticks = [self.low + step * at for at in range(count + 1)]

    def y(self, value: float) -> float:
        """The height of a value in the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


class LogScale:
    """Powers of ten at even heights; for values above zero that differ by decades."""

    def __init__(self, values: Sequence[float], top: float, bottom: float) -> None:
        first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self.low, self.high = float(first), float(max(last, first + 1))
        self.top, self.bottom = top, bottom
        every = max(1, math.ceil((self.high - self.low) / 6))
        powers = range(int(self.low), int(self.high) + 1, every)
        self.ticks = [10.0**power for power in powers]

    def y(self, value: float) -> float:
        """The height of a value; what is zero or less stands at the foot."""
        power = math.log10(value) if value > 0 else self.low
        share = (min(max(power, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def spans_decades(values: Iterable[float]) -> bool:
    """Whether a logarithmic scale fits better: all above zero, over more than two decades."""
    known = list(values)
    return bool(known) and min(known) > 0 and max(known) / min(known) > DECADES


def _round_step(span: float) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that cuts the span into three parts or so."""
    raw = span / _TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.95)


@dataclass(frozen=True)
class DayColumn:
    """The place of a day: its column, and how far apart its figures stand."""

    left: float
    right: float
    pitch: float

    @property
    def middle(self) -> float:
        """The middle of the column."""
        return (self.left + self.right) / 2

    def x(self, at: int, of: int) -> float:
        """The place of figure `at` of `of` beside each other, from 0."""
        return self.middle + (at - (of - 1) / 2) * self.pitch


def day_columns(
    beside: Mapping[date, int],
    left: float,
    right: float,
    pitch: float,
    labels: Mapping[date, float] | None = None,
) -> dict[date, DayColumn]:
    """A column for each day, left to right; `beside` says how many figures stand side by side.

    Columns shrink where they have no room, and then figures of one day stand closer. `labels`
    are the widths of the days' words, for which there is room as long as all have it.
    """
    days = sorted(beside)
    gaps = [(late - early).days for early, late in pairwise(days)]
    least = [_LEAST_GAP] * len(gaps)
    if labels and have_room(beside, pitch, labels, right - left):
        least = _word_gaps(beside, pitch, labels)
    room = right - left - sum(least)
    fitted = min(pitch, room / max(sum(beside.values()), 1))
    free = room - fitted * sum(beside.values())
    columns: dict[date, DayColumn] = {}
    x = left if gaps else left + free / 2
    for day, gap, own in zip(days, [*gaps, 0], [*least, 0.0], strict=True):
        breadth = fitted * beside[day]
        columns[day] = DayColumn(x, x + breadth, fitted)
        x += breadth + own + (free * gap / sum(gaps) if gaps else 0.0)
    return columns


def have_room(
    beside: Mapping[date, int], pitch: float, labels: Mapping[date, float], room: float
) -> bool:
    """Whether the days with their words fit beside each other."""
    return sum(_word_gaps(beside, pitch, labels)) + pitch * sum(beside.values()) <= room


def _word_gaps(
    beside: Mapping[date, int], pitch: float, labels: Mapping[date, float]
) -> list[float]:
    """The least room between the columns with which the words of their days keep apart."""
    return [
        max(
            _LEAST_GAP,
            (labels[early] + labels[late]) / 2
            + BETWEEN
            - pitch * (beside[early] + beside[late]) / 2,
        )
        for early, late in pairwise(sorted(beside))
    ]


def spaced(places: Sequence[tuple[float, float]]) -> list[int]:
    """Which of the labels have room: their middles and widths, left to right. Ends go first."""
    if not places:
        return []
    kept = [0]
    last = len(places) - 1
    for at in range(1, last):
        if _apart(places[kept[-1]], places[at]) and _apart(places[at], places[last]):
            kept.append(at)
    if last and _apart(places[kept[-1]], places[last]):
        kept.append(last)
    return kept


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return other[0] - one[0] >= (one[1] + other[1]) / 2 + BETWEEN


def compact(values: Sequence[float]) -> list[str]:
    """The values of ticks in few letters: 12k, 2.5m; in full where that would take more of them."""
    short = [_short(value) for value in values]
    if any(len(text) > _SHORT for text in short):
        return [f"{value:,.12g}" for value in values]
    return short


def _short(value: float) -> str:
    for scale, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= scale:
            return f"{value / scale:.12g}{letter}"
    return f"{value:.12g}"
