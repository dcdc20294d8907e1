"""Measures of the plot: from values and days to places, and places for names. Pure arithmetic."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_LETTER = 6.7  # mean width of a letter of the plot's type, in units of the drawing
_TICK_ROOM = 46  # least distance between two labelled days


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


class ValueScale:
    """A linear scale with a few round ticks; from zero unless the values lie close together."""

    def __init__(self, least: float, most: float, top: float, bottom: float) -> None:
        start = 0.0 if 0 <= least < 0.6 * most else least
        step = _round_step((most - start) or abs(most) or 1.0)
        self.low = math.floor(start / step + 1e-9) * step
        self.high = math.ceil(most / step - 1e-9) * step
        if self.high <= self.low:
            self.low, self.high = self.low - step, self.high + step
        self.top, self.bottom = top, bottom
        count = round((self.high - self.low) / step)
        self.ticks = [self.low + step * at for at in range(count + 1)]

    def y(self, value: float) -> float:
        """The height of a value in the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def _round_step(span: float) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that cuts the span into three parts or so."""
    raw = span / 3
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.95)


class DayScale:
    """Days from left to right; figures of one day stand side by side."""

    def __init__(self, days: Sequence[date], left: float, right: float) -> None:
        self.days = list(days)
        self.left, self.right = left, right
        self.first, self.last = min(days), max(days)
        self.count = Counter(self.days)
        self.ticks = self._spaced()

    def _centre(self, day: date) -> float:
        span = (self.last - self.first).days
        if span == 0:
            return (self.left + self.right) / 2
        return self.left + (day - self.first).days / span * (self.right - self.left)

    def x(self, day: date, at: int) -> float:
        """The place of the figure with index `at` among the days given at the start."""
        beside = self.count[day]
        order = self.days[:at].count(day)
        room = min(26.0, (self.right - self.left) / max(beside, 1))
        moved = self._centre(day) + (order - (beside - 1) / 2) * room
        return min(max(moved, self.left - 6), self.right + 6)

    def _spaced(self) -> list[tuple[date, float]]:
        """The days to be labelled: first and last, and those between that have room."""
        days = sorted(set(self.days))
        kept = [(days[0], self._centre(days[0]))]
        end = self._centre(days[-1])
        for day in days[1:-1]:
            x = self._centre(day)
            if x - kept[-1][1] >= _TICK_ROOM and end - x >= _TICK_ROOM:
                kept.append((day, x))
        if len(days) > 1:
            kept.append((days[-1], end))
        return kept


def place(name: str, x: float, y: float, taken: Sequence[Box], frame: Box) -> Box | None:
    """A free rectangle for a name near a dot, right of it if possible; None if none is free."""
    width, height = len(name) * _LETTER, 14.0
    for dy in (0.0, -15.0, 15.0, -28.0, 28.0):
        for left in (x + 10, x - 10 - width, x - width / 2, x - 6, x + 6 - width):
            box = Box(left, y + dy - height / 2, left + width, y + dy + height / 2)
            if box.inside(frame) and not any(box.meets(other) for other in taken):
                return box
    return None


def compact(value: float) -> str:
    """A tick's value in few letters: 12k, 2.5m."""
    for scale, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= scale:
            return f"{value / scale:g}{letter}"
    return f"{value:g}"
