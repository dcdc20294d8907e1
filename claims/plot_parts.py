"""The parts of a plot that has been laid out: sizes, marks in their places, lines, lanes."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from claims.plot_figures import Group, Mark
from claims.plot_scale import Box, DayColumn, Scale

PLAIN: Final = 4.5  # half the breadth of a dot
NUMBERED: Final = 8.5  # of one that holds a number
BAND: Final = 6.0  # of the band of an "about"
FEW: Final = 3  # marks that a lower drawing does for
TO_SCALE: Final = 7.0  # from the words of a scale to its lines
YEAR: Final = 14.0  # height of the line of years
_STEP = 6.0  # length of the pieces that a line is looked at in


@dataclass(frozen=True, kw_only=True)
class Size:
    """The measures of a drawing: `type` is the size of its letters, `pitch` the room of a mark.

    `detail`: names have the value and the report below them.
    """

    name: str
    width: float
    height: float
    left: float
    type: float
    pitch: float
    detail: bool
    low: float  # its height for few figures
    years: bool = False  # whether the years stand below the days

    def fitting(self, marks: int, *, years: bool) -> "Size":
        """The size for so many marks, with a line more where their days are of several years."""
        height = self.low if marks <= FEW else self.height
        return replace(self, height=height + (YEAR if years else 0), years=years)

    def beside(self, widest: float) -> "Size":
        """The size with room for the widest word beside its scale."""
        return replace(self, left=max(self.left, widest + TO_SCALE + 2))

    @property
    def field(self) -> Box:
        """Where marks stand: above are the headings, below the days."""
        foot = self.height - (YEAR if self.years else 0)
        return Box(self.left, 38, self.width - 14, foot - 36)


SMALL: Final = Size(
    name="small", width=400, height=150, left=38, type=11.5, pitch=14, detail=False, low=148
)
WIDE: Final = Size(
    name="wide", width=760, height=330, left=56, type=12, pitch=18, detail=True, low=200
)
NARROW: Final = Size(
    name="narrow", width=320, height=300, left=36, type=12, pitch=13, detail=True, low=200
)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A mark in its place.

    `top` and `low` are how far its interval reaches, `since` where the days begin that it speaks
    for, or the edge where they begin before (`since_before`).
    """

    mark: Mark
    x: float
    y: float
    top: float
    low: float
    since: float
    since_before: bool
    radius: float

    @property
    def box(self) -> Box:
        """What the mark covers, its interval included."""
        ring = 4 if self.mark.flagged else 1
        r = max(self.radius + ring, BAND + 1)
        top, low = min(self.top, self.y - r), max(self.low, self.y + r)
        return Box(self.x - r, top, self.x + r, low)

    @property
    def span(self) -> Box:
        """The line of the days that it speaks for."""
        return Box(self.since, self.y - 1, self.x, self.y + 1)


@dataclass(frozen=True, kw_only=True)
class Line:
    """From one mark to another one; `alike`: both are statements of one kind."""

    start: Spot
    end: Spot
    alike: bool = True

    def at(self, share: float) -> tuple[float, float]:
        """The place so far along it, from 0 to 1."""
        start, end = self.start, self.end
        return start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share

    def boxes(self) -> list[Box]:
        """The line as small rectangles."""
        longest = max(abs(self.end.x - self.start.x), abs(self.end.y - self.start.y))
        steps = max(1, round(longest / _STEP))
        places = [self.at(part / steps) for part in range(steps + 1)]
        return [
            Box(
                min(one[0], two[0]) - 1,
                min(one[1], two[1]) - 1,
                max(one[0], two[0]) + 1,
                max(one[1], two[1]) + 1,
            )
            for one, two in pairwise(places)
        ]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """Reported figures, or forecasts: where it stands, its days with their columns and words."""

    forecast: bool
    left: float
    right: float
    days: dict[date, DayColumn]
    labels: dict[date, str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A plot with everything in its place.

    `joints` lead from a speaker's figure to the next one, `against` between figures that a flag
    sets against each other; each of these has its sign at one of `badges`, where there is room.
    `left_out` counts the marks that are in the table only.
    """

    size: Size
    group: Group
    scale: Scale
    lanes: tuple[Lane, ...]
    spots: tuple[Spot, ...]
    joints: tuple[Line, ...]
    against: tuple[Line, ...]
    badges: tuple[tuple[float, float], ...]
    left_out: int
    is_log: bool
