"""A small plot of a point's figures by as-of day, as SVG whose geometry stands in attributes.

A figure is a dot on its interval; a floor ("at least") has an open dot and an arrow upwards, a
soft ceiling ("up to") one downwards. One speaker's figures share a shape; a line joins those of one
kind, never a floor with a count, which together are no trend. A key names what is not labelled.
What is drawn is also given as rows, for a table that says the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.engine import normal_form
from claims.engine.readings import AsOf, Quantity
from claims.plot_scale import Box, DayScale, ValueScale, compact, place
from claims.plot_signs import PlotKey, arrow, dot, sign

WIDTH, HEIGHT = 420, 150
LEFT, RIGHT, TOP, BOTTOM = 40, 404, 12, 126
MAX_FIGURES = 24
_NAME_LENGTH = 22
Kind = Literal["count", "floor", "ceiling"]
Spot = tuple["Figure", float, float]  # a figure with the place of its dot


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
    def kind(self) -> Kind:
        """What sort of statement the figure is: only those of one sort make a trend."""
        if self.quantity.high is None:
            return "floor"
        return "ceiling" if self.quantity.low is None or self.quantity.high_soft else "count"

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
    """A drawing, the key to its signs, and the rows that say the same."""

    title: str
    svg: SafeString
    keys: tuple[PlotKey, ...]
    rows: tuple[PlotRow, ...]


def draw(title: str, figures: Sequence[Figure]) -> Plot | None:
    """Plot the figures that count the same thing; None unless there are two of them or more.

    `title` is the drawing's accessible name.
    """
    shown = _comparable(figures)
    if len(shown) < 2:
        return None
    spots, values, days = _places(shown)
    labels, unlabelled = _names(spots, values)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        *_axes(values, days),
        *_lines(spots),
        *(_mark(figure, x, y, values, _shape(figure, shown)) for figure, x, y in spots),
        *labels,
        "</svg>",
    ]
    return Plot(
        title=title,
        svg=mark_safe("".join(parts)),  # noqa: S308 - numbers, and names that are escaped
        keys=_keys(shown, unlabelled),
        rows=tuple(_row(item) for item in shown),
    )


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


def _places(figures: Sequence[Figure]) -> tuple[list[Spot], ValueScale, DayScale]:
    """Where each figure's dot stands, and the scales that say so."""
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
    return spots, values, days


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


def _lines(spots: Sequence[Spot]) -> list[str]:
    """A thin line from each figure to the same speaker's next one of the same kind."""
    return [
        f'<path class="later" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
        for x1, y1, x2, y2 in _joints(spots)
    ]


def _joints(spots: Sequence[Spot]) -> list[tuple[float, float, float, float]]:
    """From where to where lines go. Neighbours of two kinds, or of one day, are not joined."""
    joints = []
    for speaker in dict.fromkeys(figure.speaker for figure, _x, _y in spots):
        own = [spot for spot in spots if spot[0].speaker == speaker]
        joints += [
            (x1, y1, x2, y2)
            for (one, x1, y1), (two, x2, y2) in pairwise(own)
            if one.kind == two.kind and one.day != two.day
        ]
    return joints


def _shape(figure: Figure, figures: Sequence[Figure]) -> int:
    speakers = list(dict.fromkeys(item.speaker for item in figures))
    return speakers.index(figure.speaker) % 4


def _mark(figure: Figure, x: float, y: float, values: ValueScale, shape: int) -> str:
    quantity = figure.quantity
    signs = (("flagged", figure.flagged), ("open", figure.kind != "count"))
    classes = " ".join(name for name, on in signs if on)
    body = _interval(figure, x, y, values) + dot(shape, x, y)
    tip = f"{figure.speaker}: {normal_form.worded(quantity)}, {normal_form.day(figure.day)}"
    return f'<g class="{classes}"><title>{escape(tip)}</title>{body}</g>'


def _interval(figure: Figure, x: float, y: float, values: ValueScale) -> str:
    top, low = _reach(figure, y, values)
    if figure.kind == "floor":
        return arrow(x, y, top, 6)
    if figure.kind == "ceiling":
        return arrow(x, y, low, -6)
    if top == low:
        return ""
    return (
        f'<path class="stem" d="M{x:.1f} {top:.1f}V{low:.1f}'
        f'M{x - 4:.1f} {top:.1f}h8M{x - 4:.1f} {low:.1f}h8"/>'
    )


def _reach(figure: Figure, y: float, values: ValueScale) -> tuple[float, float]:
    """How far up and down the interval is drawn."""
    low, high = figure.quantity.low, figure.quantity.high
    if figure.kind == "floor":
        return max(TOP - 4.0, y - 46), y
    if figure.kind == "ceiling":
        floor = BOTTOM if low is None else values.y(float(low))
        return y, max(min(floor, y + 46), y + 12)
    assert low is not None  # a count has both bounds
    assert high is not None
    return values.y(float(high)), values.y(float(low))


def _names(spots: Sequence[Spot], values: ValueScale) -> tuple[list[str], list[str]]:
    """Each speaker's name once, beside one of their figures, where it covers nothing.

    Second come the speakers for whom there was no room: the key names them.
    """
    taken = _obstacles(spots, values)
    frame = Box(LEFT, TOP - 12, WIDTH, BOTTOM + 8)
    parts, unlabelled = [], []
    for speaker in dict.fromkeys(figure.speaker for figure, _x, _y in spots):
        name = speaker if len(speaker) <= _NAME_LENGTH else f"{speaker[: _NAME_LENGTH - 1]}…"
        own = [(x, y) for figure, x, y in reversed(spots) if figure.speaker == speaker]
        # so close to another speaker's dot, a name would seem to be that one's
        foreign = [
            Box(x - 9, y - 12, x + 9, y + 12) for figure, x, y in spots if figure.speaker != speaker
        ]
        free = (place(name, x, y, [*taken, *foreign], frame) for x, y in own)
        spot = next((box for box in free if box), None)
        if spot is None:
            unlabelled.append(speaker)
            continue
        taken.append(spot)
        at = f'x="{spot.left:.1f}" y="{spot.bottom - 3:.1f}"'
        parts.append(f'<text class="name" {at}>{escape(name)}</text>')
    return parts, unlabelled


def _obstacles(spots: Sequence[Spot], values: ValueScale) -> list[Box]:
    """What no name may cover: dots, intervals with their arrows, and the lines between."""
    taken = []
    for figure, x, y in spots:
        top, low = _reach(figure, y, values)
        taken.append(Box(x - 6, min(top, y - 6), x + 6, max(low, y + 6)))
    for x1, y1, x2, y2 in _joints(spots):
        steps = max(1, round(abs(x2 - x1) / 6))
        for at in range(steps):
            left, right = sorted(x1 + (x2 - x1) * part / steps for part in (at, at + 1))
            ends = [y1 + (y2 - y1) * part / steps for part in (at, at + 1)]
            taken.append(Box(left, min(ends) - 1, right, max(ends) + 1))
    return taken


def _keys(figures: Sequence[Figure], unlabelled: Sequence[str]) -> tuple[PlotKey, ...]:
    """What the signs mean: those that are drawn, and the speakers without a label."""
    kinds = {figure.kind for figure in figures}
    drawn = [
        ("floor" in kinds, "open", arrow(7, 15, 3, 6) + dot(0, 7, 15), _("at least")),
        ("ceiling" in kinds, "open", arrow(7, 7, 19, -6) + dot(0, 7, 7), _("up to")),
        (any(figure.flagged for figure in figures), "flagged", dot(0, 7, 11), _("flagged")),
    ]
    signs = [(css, body, words) for is_drawn, css, body, words in drawn if is_drawn]
    for speaker in unlabelled:
        first = next(figure for figure in figures if figure.speaker == speaker)
        signs.append(("", dot(_shape(first, figures), 7, 11), speaker))
    return tuple(PlotKey(svg=sign(css, body), words=words) for css, body, words in signs)
