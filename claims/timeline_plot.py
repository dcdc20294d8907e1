"""The plot of a story: a lane for each source, with what it published, changed and corrected.

Below each lane stand the days that its claims speak for. Where several events share a place, the
gravest is drawn, with their number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import plot_signs as signs
from claims.plot_signs import Picture, PlotKey, written
from claims.plot_text import cut, in_two, width
from claims.timeline_axis import Axis, axis_of, written_day
from claims.timeline_events import GRAVITY, Event, Kind, Lane, day_number
from reader import dates

_TYPE: Final = 12.0
_NEAR = 17.0  # events that are nearer are drawn as one
_NARROWEST = 5.0  # breadth of a day from which its midnight is drawn
_ROOM = 46.0  # of the words of a day
_HEAD = 14.0
_LINE = 15.0  # height of a line of words
_FULL = 3  # claims of one day from which its bar is as high as it gets


@dataclass(frozen=True, kw_only=True)
class LaneSize:
    """The measures of the story's plot; `above`: names stand above their lanes, not beside."""

    name: str
    width: float
    left: float
    lane: float
    above: bool


WIDE: Final = LaneSize(name="wide", width=960, left=180, lane=40, above=False)
NARROW: Final = LaneSize(name="narrow", width=320, left=12, lane=64, above=True)


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """The lanes for one width, with the days that they share."""

    size: LaneSize
    lanes: Sequence[Lane]
    axis: Axis

    @property
    def foot(self) -> float:
        """Where the lanes end and the words of the days begin."""
        return _HEAD + len(self.lanes) * self.size.lane + 6

    @property
    def height(self) -> float:
        """How high it is: below the lanes the days, the years, how long silences are."""
        return self.foot + (3 if self.axis.breaks else 2) * _LINE + 8


def draw_lanes(title: str, size: LaneSize, lanes: Sequence[Lane]) -> Picture:
    """Draw the lanes with their key; `title` is the accessible name."""
    moments = [day_number(event.at) for lane in lanes for event in lane.events]
    facts = {day.toordinal() for lane in lanes for day in lane.facts}
    axis = axis_of(moments, facts, size.left + 8, size.width - 10)
    layout = _Layout(size=size, lanes=lanes, axis=axis)
    parts = [*_grid(layout), *_days(layout)]
    for gap in axis.breaks:
        parts += _break(*gap, layout.foot)
    for at, lane in enumerate(lanes):
        parts += _lane(layout, lane, _HEAD + at * size.lane)
    return Picture(
        title=title,
        name=size.name,
        width=size.width,
        height=layout.height,
        body="".join(parts),
        keys=_keys(layout),
    )


def _keys(layout: _Layout) -> tuple[PlotKey, ...]:
    """What the signs mean, as far as they are drawn."""
    events = [event for lane in layout.lanes for event in lane.events]
    drawn = {event.kind for event in events}
    hours = {event.day_only for event in events if event.kind == "published"}
    words: Sequence[tuple[bool, str, str]] = (
        (False in hours, _sign("published", 13, 11), _("published")),
        (True in hours, _day_bar(4, 22, 11), _("published, hour not known")),
        ("changed" in drawn, _sign("changed", 13, 11), _("changed words")),
        ("minor" in drawn, _sign("minor", 13, 11), _("changed in marks or a date only")),
        ("corrected" in drawn, _sign("corrected", 13, 11), _("corrected")),
        (
            any(lane.facts for lane in layout.lanes),
            signs.rect("facts", 4, 8, 22, 15),
            _("days that the claims speak for"),
        ),
        (
            any(sum(_outside(layout.axis, lane.facts)) for lane in layout.lanes),
            signs.path("outside", "M16 7l-7 4l7 4z"),
            _("days before or after those drawn"),
        ),
    )
    return tuple(PlotKey(body=body, words=word) for known, body, word in words if known)


def _grid(layout: _Layout) -> Iterator[str]:
    """The midnights; where days are too narrow for that, the ends and the days that are named."""
    axis = layout.axis
    for stretch in axis.stretches:
        lines: Iterable[int] = (stretch.first, stretch.last + 1)
        if stretch.day >= _NARROWEST:
            lines = range(stretch.first, stretch.last + 2)
        for day in lines:
            x = stretch.left + (day - stretch.first) * stretch.day
            yield _line(x, layout.foot)
        if stretch.day < _NARROWEST:
            yield from (_line(x, layout.foot) for _day, x in axis.ticks(_ROOM))


def _line(x: float, foot: float) -> str:
    return signs.path("grid", f"M{x:.1f} {_HEAD - 4:.1f}V{foot:.1f}")


def _days(layout: _Layout) -> Iterator[str]:
    """The days that have room for their words; below the first of each year this."""
    last, shown = 0.0, 0
    for day, x in layout.axis.ticks(_ROOM):
        on = written_day(day)
        text = dates.day(on)
        half = width(text, _TYPE) / 2
        if x - half < last:
            continue
        at = min(x, layout.size.width - half)
        yield signs.words("tick", at, layout.foot + _LINE, written(text), "middle")
        if on.year != shown:
            yield signs.words("tick", at, layout.foot + 2 * _LINE, str(on.year), "middle")
        last, shown = at + half + 6, on.year


def _break(left: float, right: float, days: int, foot: float) -> Iterator[str]:
    """A silence that is cut out; how long it is has a line of its own."""
    middle = (left + right) / 2
    yield signs.rect("day", left, _HEAD - 4, right, foot)
    number = number_format(days, force_grouping=True)
    words = ngettext("%(n)s day", "%(n)s days", days) % {"n": number}
    yield signs.words("tick", middle, foot + 3 * _LINE, words, "middle")
    yield signs.path("parting", f"M{middle:.1f} {_HEAD - 4:.1f}V{foot:.1f}")


def _lane(layout: _Layout, lane: Lane, top: float) -> Iterator[str]:
    size, axis = layout.size, layout.axis
    y = top + (35 if size.above else 14)
    yield from _lane_name(size, lane, top + 12 if size.above else y + 4)
    yield signs.path("lane", f"M{size.left:.1f} {y:.1f}H{size.width - 6:.1f}")
    places = [axis.x(day_number(event.at)) for event in lane.events]
    if len(places) > 1:
        yield signs.path("life", f"M{places[0]:.1f} {y:.1f}H{places[-1]:.1f}")
    yield from _facts(axis, lane, y + 10)
    for x, events in _together(lane.events, places):
        yield _events(axis, x, y, events)


def _lane_name(size: LaneSize, lane: Lane, y: float) -> Iterator[str]:
    """The source: above its lane in one line, beside it in two at most."""
    if size.above:
        lines: Sequence[str] = (cut(lane.source, size.width - 24, _TYPE, bold=True),)
    else:
        lines = in_two(lane.source, size.left - 16, _TYPE, bold=True)
    for at, line in enumerate(lines):
        dy = (at - (len(lines) - 1) / 2) * (_TYPE + 2)
        yield signs.words("lane-name", 0, y + dy, written(line))


def _together(events: Sequence[Event], places: Sequence[float]) -> list[tuple[float, list[Event]]]:
    """The events with their places, those that would cover each other as one."""
    found: list[tuple[float, list[Event]]] = []
    for event, x in zip(events, places, strict=True):
        if found and x - found[-1][0] < _NEAR:
            found[-1][1].append(event)
        else:
            found.append((x, [event]))
    return found


def _events(axis: Axis, x: float, y: float, events: Sequence[Event]) -> str:
    main = max(events, key=lambda event: GRAVITY.index(event.kind))
    if main.kind == "published" and main.day_only and len(events) == 1:
        day = main.at.date().toordinal()
        body = _day_bar(axis.x(day), axis.x(day + 0.999), y)
    else:
        body = _sign(main.kind, x, y)
    if len(events) > 1:
        body += signs.words("count", x, y - 8, f"×{len(events)}", "middle")
    tip = "; ".join(f"{event.words}, {event.when}" for event in events)
    return signs.group("event", body, tip)


def _facts(axis: Axis, lane: Lane, top: float) -> Iterator[str]:
    """The days that the lane's claims speak for: the more claims, the higher."""
    for day, number in sorted(lane.facts.items()):
        at = day.toordinal()
        if not axis.holds(at):
            continue
        left, right = axis.x(at), axis.x(at + 0.999)
        high = 3.0 + 4 * min(number, _FULL) / _FULL
        bar = signs.rect("facts", left + 0.5, top + 7 - high, max(right - 0.5, left + 1.5), top + 7)
        yield signs.group("as-of", bar, _fact_words(day, number))
    early, late = _outside(axis, lane.facts)
    first, last = axis.stretches[0].left, axis.stretches[-1].right
    if early:
        yield signs.path("outside", f"M{first:.1f} {top:.1f}l-5 3.5l5 3.5z")
    if late:
        yield signs.path("outside", f"M{last:.1f} {top:.1f}l5 3.5l-5 3.5z")


def _outside(axis: Axis, facts: Mapping[date, int]) -> tuple[int, int]:
    """How many claims speak for days before and after those that are drawn."""
    first, last = axis.stretches[0].first, axis.stretches[-1].last
    early = sum(number for day, number in facts.items() if day.toordinal() < first)
    late = sum(number for day, number in facts.items() if day.toordinal() > last)
    return early, late


def _fact_words(day: date, number: int) -> str:
    claims = ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}
    return _("%(claims)s as of %(day)s") % {"claims": claims, "day": dates.day_and_year(day)}


def _day_bar(left: float, right: float, y: float) -> str:
    return signs.rect("published-day", left + 1, y - 4, max(right - 1, left + 3), y + 4)


def _sign(kind: Kind, x: float, y: float) -> str:
    if kind == "published":
        return f'<circle class="published" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    if kind == "changed":
        return signs.rect("changed", x - 4, y - 4, x + 4, y + 4)
    if kind == "minor":
        return signs.path("minor", f"M{x:.1f} {y - 5:.1f}v10")
    diamond = f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7-7z"
    return signs.path("corrected", diamond) + signs.path(
        "corrected-sign", f"M{x:.1f} {y - 3.5:.1f}v4M{x:.1f} {y + 2:.1f}v1.5"
    )
