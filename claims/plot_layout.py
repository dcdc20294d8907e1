"""Where everything of a plot stands. Pure geometry.

`claims.plot_names` finds places for the names, `claims.plot_svg` draws it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from claims.plot_figures import Figure, Group, Mark, marks_of
from claims.plot_lines import against, badges, joints
from claims.plot_parts import NUMBERED, PLAIN, Lane, Layout, Size, Spot
from claims.plot_scale import (
    Box,
    LogScale,
    Scale,
    ValueScale,
    compact,
    day_columns,
    have_room,
    spans_decades,
)
from claims.plot_text import width
from reader import dates

MAX_MARKS: Final = 60  # of a plot; more are in its table
_ARROW = 38.0  # length of an interval without an end
_NEAR = 3.0  # between marks that stand one above the other
_SPLIT = 28.0  # between reported figures and forecasts
_SHARE = 0.27  # of the width that forecasts have at least
_LEAST_LANE = 104.0  # of forecasts, with the room before it: two days with their words
_MARGIN = 16.0  # between the ends of a lane and its first and last day
_LONGEST = 30.0  # of the line that shows days whose first is not known
_SHORTEST = 12.0  # of any other

NOBODY: frozenset[str] = frozenset()


def can_be_log(group: Group) -> bool:
    """Whether a logarithmic scale shows the group's figures better."""
    return spans_decades(_values(group.figures))


def lay_out(
    group: Group, size: Size, *, log: bool = False, numbered: frozenset[str] = NOBODY
) -> Layout:
    """Put the group's figures in their places; the dots of speakers in `numbered` hold a number.

    `log` asks for a logarithmic scale, which only values that differ by decades get.
    """
    marks = marks_of(group.figures)
    years = len({mark.main.day.year for mark in marks[:MAX_MARKS]}) > 1
    size = size.fitting(len(marks), years=years)
    is_log = log and can_be_log(group)
    scale = _scale(marks[:MAX_MARKS], size.field, is_log=is_log)
    size = size.beside(max(width(tick, size.type) for tick in compact(scale.ticks)))
    lanes, spots = _places(marks[:MAX_MARKS], size, scale, numbered)
    lines = against(spots, group.conflicts)
    return Layout(
        size=size,
        group=group,
        scale=scale,
        lanes=lanes,
        spots=spots,
        joints=joints(spots),
        against=lines,
        badges=badges(lines, spots),
        left_out=len(marks[MAX_MARKS:]),
        is_log=is_log,
    )


def _values(figures: Iterable[Figure]) -> list[float]:
    return [value for figure in figures for value in (*figure.bounds, figure.value)]


def _scale(marks: Sequence[Mark], field: Box, *, is_log: bool) -> Scale:
    values = _values(mark.main for mark in marks)
    return (LogScale if is_log else ValueScale)(values, field.top, field.bottom)


def _places(
    marks: Sequence[Mark], size: Size, scale: Scale, numbered: frozenset[str]
) -> tuple[tuple[Lane, ...], tuple[Spot, ...]]:
    """The marks in their lanes; those that would cover each other stand side by side."""
    by_day: dict[tuple[bool, date], list[Spot]] = defaultdict(list)
    for mark in marks:
        radius = NUMBERED if mark.main.speaker in numbered else PLAIN
        by_day[mark.main.is_forecast, mark.main.day].append(_height(mark, scale, radius))
    columns = {at: _beside(spots) for at, spots in by_day.items()}
    beside = {at: 1 + max(own) for at, own in columns.items()}
    pitch = max(size.pitch, 2 * NUMBERED + 2) if numbered else size.pitch
    lanes = _lanes(size, beside, pitch)
    placed = []
    for lane in lanes:
        for day, column in lane.days.items():
            at = (lane.forecast, day)
            for spot, order in zip(by_day[at], columns[at], strict=True):
                x = column.x(order, beside[at])
                since, before = _since(spot.mark.main, lane, x)
                placed.append(replace(spot, x=x, since=since, since_before=before))
    rank = {id(mark): at for at, mark in enumerate(marks)}
    return lanes, tuple(sorted(placed, key=lambda spot: rank[id(spot.mark)]))


def _height(mark: Mark, scale: Scale, radius: float) -> Spot:
    """The mark at its height, not yet at its day."""
    figure = mark.main
    y = scale.y(figure.value)
    if figure.kind == "floor":
        top, low = max(scale.top - 10, y - _ARROW), y
    elif figure.kind == "ceiling":
        foot = scale.bottom if figure.quantity.low is None else scale.y(min(figure.bounds))
        top, low = y, min(max(min(foot, y + _ARROW), y + 14), scale.bottom + 10)
    else:
        top, low = scale.y(max(figure.bounds)), scale.y(min(figure.bounds))
    return Spot(
        mark=mark, x=0.0, y=y, top=top, low=low, since=0.0, since_before=False, radius=radius
    )


def _beside(spots: Sequence[Spot]) -> list[int]:
    """In which of the day's files each mark stands: the first in which it covers no other."""
    files: list[list[Box]] = []
    found = []
    for spot in spots:
        box = spot.box
        free = (at for at, file in enumerate(files) if not any(_touch(box, one) for one in file))
        at = next(free, len(files))
        if at == len(files):
            files.append([])
        files[at].append(box)
        found.append(at)
    return found


def _touch(one: Box, other: Box) -> bool:
    return one.top - _NEAR < other.bottom and other.top - _NEAR < one.bottom


def _lanes(size: Size, beside: Mapping[tuple[bool, date], int], pitch: float) -> tuple[Lane, ...]:
    """The lane of reports and that of forecasts, as far as there are such figures."""
    field = size.field
    files = {
        kind: sum(n for (own, _day), n in beside.items() if own == kind) for kind in (False, True)
    }
    ends: dict[bool, tuple[float, float]]
    if not files[False] or not files[True]:
        ends = {bool(files[True]): (field.left, field.right)}
    else:
        room = field.right - field.left
        least = max(_SHARE, _LEAST_LANE / room)
        cut = field.right - room * min(max(least, files[True] / sum(files.values())), 0.5)
        ends = {False: (field.left, cut - _SPLIT / 2), True: (cut + _SPLIT / 2, field.right)}
    lanes = []
    for forecast, (left, right) in ends.items():
        days = {day: n for (own, day), n in beside.items() if own == forecast}
        labels = _labels(days, pitch, right - left - 2 * _MARGIN, size.type)
        breadths = {day: width(label, size.type) for day, label in labels.items()}
        columns = day_columns(days, left + _MARGIN, right - _MARGIN, pitch, breadths)
        lanes.append(Lane(forecast=forecast, left=left, right=right, days=columns, labels=labels))
    return tuple(lanes)


def _labels(days: Mapping[date, int], pitch: float, room: float, size: float) -> dict[date, str]:
    """The words of the days: where there is no room for all, a month is named once."""
    whole = {day: dates.day(day) for day in sorted(days)}
    named = {(day.year, day.month): day for day in reversed(whole)}
    short = {
        day: label if day in named.values() else dates.day_of_month(day)
        for day, label in whole.items()
    }
    for labels in (whole, short):
        if have_room(days, pitch, {day: width(text, size) for day, text in labels.items()}, room):
            return labels
    return whole


def _since(figure: Figure, lane: Lane, x: float) -> tuple[float, bool]:
    """Where the line of the days begins that the figure speaks for, and whether they began before.

    At its dot for a single day; between the columns of two days for a day between them.
    """
    first = figure.first
    if first == figure.last or (first is not None and figure.last is None):
        return x, False
    before = [
        column.right for day, column in lane.days.items() if first is not None and day < first
    ]
    if first is None or not before and first not in lane.days:
        return max(lane.left, x - _LONGEST) if first is None else lane.left, True
    inside = [column.middle for day, column in lane.days.items() if first <= day < figure.day]
    if first in lane.days:
        return inside[0], False
    return min((max(before) + min([*inside, x])) / 2, x - _SHORTEST), False
