"""A small plot of a point's figures by as-of day, as SVG whose geometry stands in attributes.

A figure is a dot on its interval; a floor ("at least") has an open dot and an arrow upwards, a
soft ceiling ("up to") one downwards. One speaker's figures share a shape and are joined by a line.
What is drawn is also given as rows, for a table that says the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from claims.engine import normal_form
from claims.engine.readings import AsOf, Quantity
from claims.plot_scale import Box, DayScale, ValueScale, compact, place

WIDTH, HEIGHT = 420, 150
LEFT, RIGHT, TOP, BOTTOM = 40, 404, 12, 126
MAX_FIGURES = 24
_NAME_LENGTH = 22


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a point: who gives it, in which report, for which days."""

    speaker: str
    source: str
    first: date | None
    last: date | None
    quantity: Quantity
    flagged: bool

    @property
    def day(self) -> date:
        """The last day that the figure speaks for; only asked of dated figures."""
        day = self.last or self.first
        assert day is not None  # `draw` keeps dated figures only
        return day

    @property
    def value(self) -> float:
        """Where the dot stands: the figure as given, else the middle of its range."""
        stated = normal_form.stated_value(self.quantity)
        if stated is not None:
            return float(stated)
        low, high = self.quantity.low, self.quantity.high
        known = [float(bound) for bound in (low, high) if bound is not None]
        return sum(known) / len(known)


@dataclass(frozen=True, kw_only=True)
class PlotRow:
    """One figure of the plot in words."""

    speaker: str
    source: str
    as_of: str
    figure: str
    interval: str


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A drawing and the rows that say the same."""

    title: str
    svg: SafeString
    rows: tuple[PlotRow, ...]


def draw(title: str, figures: Sequence[Figure]) -> Plot | None:
    """Plot the figures that count the same thing; None unless there are two of them or more.

    `title` is the drawing's accessible name.
    """
    shown = _comparable(figures)
    if len(shown) < 2:
        return None
    return Plot(title=title, svg=_svg(title, shown), rows=tuple(_row(item) for item in shown))


def _comparable(figures: Sequence[Figure]) -> list[Figure]:
    """Dated, bounded figures of the commonest unit, earliest first."""
    usable = [
        figure
        for figure in figures
        if (figure.first or figure.last)
        and (figure.quantity.low is not None or figure.quantity.high is not None)
        and figure.quantity.per is None
        and figure.quantity.role != "ratio"
    ]
    units = Counter(figure.quantity.unit for figure in usable)
    if not units:
        return []
    unit = units.most_common(1)[0][0]
    same = [figure for figure in usable if figure.quantity.unit == unit]
    return sorted(same, key=lambda item: (item.day, item.speaker, item.value))[:MAX_FIGURES]


def _row(figure: Figure) -> PlotRow:
    days = AsOf(first=figure.first, last=figure.last)
    return PlotRow(
        speaker=figure.speaker,
        source=figure.source,
        as_of=normal_form.days(days),
        figure=normal_form.worded(figure.quantity),
        interval=normal_form.interval(figure.quantity),
    )


def _svg(title: str, figures: Sequence[Figure]) -> SafeString:
    bounds = [
        float(bound)
        for figure in figures
        for bound in (figure.quantity.low, figure.quantity.high, Decimal(str(figure.value)))
        if bound is not None
    ]
    values = ValueScale(min(bounds), max(bounds), TOP, BOTTOM)
    days = DayScale([figure.day for figure in figures], LEFT + 18, RIGHT - 18)
    spots = [
        (figure, days.x(figure.day, at), values.y(figure.value))
        for at, figure in enumerate(figures)
    ]
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        *_axes(values, days),
        *_lines(spots),
        *(_mark(figure, x, y, values, _shape(figure, figures)) for figure, x, y in spots),
        *_names(spots),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and names that are escaped


def _axes(values: ValueScale, days: DayScale) -> list[str]:
    parts = []
    for tick in values.ticks:
        y = values.y(tick)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{RIGHT}"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{compact(tick)}</text>'
        )
    parts += [
        f'<text x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{normal_form.day(day)}</text>'
        for day, x in days.ticks
    ]
    return parts


def _lines(spots: Sequence[tuple[Figure, float, float]]) -> list[str]:
    """A thin line from each figure to the same speaker's next one."""
    parts = []
    for speaker in dict.fromkeys(figure.speaker for figure, _x, _y in spots):
        own = [(x, y) for figure, x, y in spots if figure.speaker == speaker]
        parts += [
            f'<path class="later" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
            for (x1, y1), (x2, y2) in pairwise(own)
        ]
    return parts


def _shape(figure: Figure, figures: Sequence[Figure]) -> int:
    speakers = list(dict.fromkeys(item.speaker for item in figures))
    return speakers.index(figure.speaker) % 4


def _mark(figure: Figure, x: float, y: float, values: ValueScale, shape: int) -> str:
    quantity = figure.quantity
    is_open = quantity.low is None or quantity.high is None or quantity.high_soft
    classes = " ".join(name for name, on in (("flagged", figure.flagged), ("open", is_open)) if on)
    body = _interval(quantity, x, y, values) + _dot(shape, x, y)
    tip = f"{figure.speaker}: {normal_form.worded(quantity)}, {normal_form.day(figure.day)}"
    return f'<g class="{classes}"><title>{escape(tip)}</title>{body}</g>'


def _interval(quantity: Quantity, x: float, y: float, values: ValueScale) -> str:
    if quantity.high is None:
        top = max(TOP - 4.0, y - 46)
        return _arrow(x, y, top, 6)
    if quantity.low is None or quantity.high_soft:
        floor = BOTTOM if quantity.low is None else values.y(float(quantity.low))
        low = max(min(floor, y + 46), y + 12)
        return _arrow(x, y, low, -6)
    if quantity.low == quantity.high:
        return ""
    top, low = values.y(float(quantity.high)), values.y(float(quantity.low))
    return (
        f'<path class="stem" d="M{x:.1f} {top:.1f}V{low:.1f}'
        f'M{x - 4:.1f} {top:.1f}h8M{x - 4:.1f} {low:.1f}h8"/>'
    )


def _arrow(x: float, y: float, tip: float, back: float) -> str:
    """A dotted stem from the dot to an arrow's tip: the interval goes on."""
    foot = tip + back
    return (
        f'<path class="stem soft" d="M{x:.1f} {y:.1f}V{foot:.1f}"/>'
        f'<path class="tip" d="M{x - 4:.1f} {foot:.1f}L{x:.1f} {tip:.1f}L{x + 4:.1f} {foot:.1f}"/>'
    )


def _dot(shape: int, x: float, y: float) -> str:
    if shape == 0:
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    if shape == 1:
        return f'<rect class="dot" x="{x - 3.7:.1f}" y="{y - 3.7:.1f}" width="7.4" height="7.4"/>'
    if shape == 2:
        return f'<path class="dot" d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5-5z"/>'
    return f'<path class="dot" d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>'


def _names(spots: Sequence[tuple[Figure, float, float]]) -> list[str]:
    """Each speaker's name once, beside the latest of their figures, where it covers nothing."""
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for _figure, x, y in spots]
    frame = Box(LEFT, TOP - 12, WIDTH, BOTTOM + 8)
    last = {figure.speaker: (x, y) for figure, x, y in spots}
    parts = []
    for speaker, (x, y) in last.items():
        name = speaker if len(speaker) <= _NAME_LENGTH else f"{speaker[: _NAME_LENGTH - 1]}…"
        spot = place(name, x, y, taken, frame)
        if spot is None:
            continue
        taken.append(spot)
        at = f'x="{spot.left:.1f}" y="{spot.bottom - 3:.1f}"'
        parts.append(f'<text class="name" {at}>{escape(name)}</text>')
    return parts
