"""The plot of a story: a lane for each source, with what it published, changed and corrected.

Below each lane stand the days that its claims speak for. Where several events share a place, the
gravest is drawn, with their number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import plot_signs as signs
from claims.engine import normal_form
from claims.plot_signs import PlotKey, written
from claims.plot_text import cut, width
from claims.timeline_axis import Axis, axis_of, written_day
from claims.timeline_events import GRAVITY, Event, Kind, Lane, day_number

_TYPE: Final = 12.0
_NEAR = 13.0  # events that are nearer are drawn as one
_HEAD = 14.0
_FOOT = 44.0
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
NARROW: Final = LaneSize(name="narrow", width=350, left=12, lane=64, above=True)


@dataclass(frozen=True, kw_only=True)
class StoryDrawing:
    """The story's plot for one width; `title` is its accessible name."""

    title: str
    size: LaneSize
    lanes: tuple[Lane, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return _HEAD + len(self.lanes) * self.size.lane + _FOOT

    @cached_property
    def axis(self) -> Axis:
        """Its days, those of all lanes."""
        moments = [day_number(event.at) for lane in self.lanes for event in lane.events]
        facts = {day.toordinal() for lane in self.lanes for day in lane.facts}
        return axis_of(moments, facts, self.size.left + 8, self.size.width - 10)

    @cached_property
    def body(self) -> str:
        """What is drawn, without a frame."""
        parts = [*_days(self)]
        for at, lane in enumerate(self.lanes):
            parts += _lane(self, lane, _HEAD + at * self.size.lane)
        return "".join(parts)

    @property
    def svg(self) -> SafeString:
        """The drawing for a page."""
        box = f'viewBox="0 0 {self.size.width:g} {self.height:g}"'
        name = f'role="img" aria-label="{written(self.title)}"'
        svg = f'<svg class="drawing is-{self.size.name}" {box} {name}>{self.body}</svg>'
        return mark_safe(svg)  # noqa: S308 - numbers, and names that are escaped

    @cached_property
    def keys(self) -> tuple[PlotKey, ...]:
        """What its signs mean, as far as they are drawn."""
        drawn = {event.kind for lane in self.lanes for event in lane.events}
        hours = {
            event.day_only for lane in self.lanes for event in lane.events
            if event.kind == "published"
        }  # fmt: skip
        words: Sequence[tuple[bool, str, str]] = (
            (False in hours, _sign("published", 13, 11), _("published")),
            (True in hours, _day_bar(4, 22, 11), _("published, hour not known")),
            ("changed" in drawn, _sign("changed", 13, 11), _("changed words")),
            ("minor" in drawn, _sign("minor", 13, 11), _("changed in marks or a date only")),
            ("corrected" in drawn, _sign("corrected", 13, 11), _("corrected")),
            (
                any(lane.facts for lane in self.lanes),
                signs.rect("facts", 4, 8, 22, 15),
                _("days that the claims speak for"),
            ),
            (
                any(sum(_outside(self.axis, lane.facts)) for lane in self.lanes),
                signs.path("outside", "M16 7l-7 4l7 4z"),
                _("days before or after those drawn"),
            ),
        )
        return tuple(PlotKey(body=body, words=word) for known, body, word in words if known)


def _days(drawing: StoryDrawing) -> list[str]:
    """The midnights, the days that have room for their words, and the silences cut out."""
    size, axis = drawing.size, drawing.axis
    foot = drawing.height - _FOOT + 6
    parts = []
    for stretch in axis.stretches:
        for day in range(stretch.first, stretch.last + 2):
            if stretch.day >= 5 or day in (stretch.first, stretch.last + 1):
                x = axis.x(day) if day <= stretch.last else stretch.right
                parts.append(signs.path("grid", f"M{x:.1f} {_HEAD - 4:.1f}V{foot:.1f}"))
    years = {written_day(day).year for one in axis.stretches for day in (one.first, one.last)}
    room = width("30 Oct", _TYPE) + 8
    last = 0.0
    shown = 0
    for day, x in axis.ticks(room):
        on = written_day(day)
        half = width(normal_form.day(on), _TYPE) / 2
        if x - half < last:
            continue
        at = min(x, size.width - half)
        parts.append(signs.words("tick", at, foot + 16, normal_form.day(on), "middle"))
        if len(years) > 1 and on.year != shown:
            parts.append(signs.words("tick", at, foot + 31, str(on.year), "middle"))
            shown = on.year
        last = at + half + 6
    for left, right, days in axis.breaks:
        parts += _break(left, right, days, _HEAD - 4, foot)
    return parts


def _break(left: float, right: float, days: int, top: float, foot: float) -> Iterator[str]:
    middle = (left + right) / 2
    yield signs.rect("day", left, top, right, foot)
    words = ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"}
    yield signs.words("tick", middle, foot + 31, words, "middle")
    yield signs.path("parting", f"M{middle:.1f} {top:.1f}V{foot:.1f}")


def _lane(drawing: StoryDrawing, lane: Lane, top: float) -> Iterator[str]:
    size, axis = drawing.size, drawing.axis
    y = top + (35 if size.above else 14)
    if size.above:
        name = cut(lane.source, size.width - 24, _TYPE, bold=True)
        yield signs.words("lane-name", 0, top + 12, written(name))
    else:
        name = cut(lane.source, size.left - 16, _TYPE, bold=True)
        yield signs.words("lane-name", 0, y + 4, written(name))
    yield signs.path("lane", f"M{size.left:.1f} {y:.1f}H{size.width - 6:.1f}")
    places = [axis.x(day_number(event.at)) for event in lane.events]
    if len(places) > 1:
        yield signs.path("life", f"M{places[0]:.1f} {y:.1f}H{places[-1]:.1f}")
    yield from _facts(drawing, lane, y + 10)
    for x, events in _together(lane.events, places):
        yield _events(drawing, x, y, events)


def _together(events: Sequence[Event], places: Sequence[float]) -> list[tuple[float, list[Event]]]:
    """The events with their places, those that would cover each other as one."""
    found: list[tuple[float, list[Event]]] = []
    for event, x in zip(events, places, strict=True):
        if found and x - found[-1][0] < _NEAR:
            found[-1][1].append(event)
        else:
            found.append((x, [event]))
    return found


def _events(drawing: StoryDrawing, x: float, y: float, events: Sequence[Event]) -> str:
    main = max(events, key=lambda event: GRAVITY.index(event.kind))
    if main.kind == "published" and main.day_only and len(events) == 1:
        day = main.at.date().toordinal()
        body = _day_bar(drawing.axis.x(day), drawing.axis.x(day + 0.999), y)
    else:
        body = _sign(main.kind, x, y)
    if len(events) > 1:
        body += signs.words("count", x, y - 8, f"×{len(events)}", "middle")
    tip = "; ".join(f"{event.words}, {event.when}" for event in events)
    return signs.group("event", body, tip)


def _facts(drawing: StoryDrawing, lane: Lane, top: float) -> Iterator[str]:
    """The days that the lane's claims speak for: the more claims, the higher."""
    axis = drawing.axis
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
    return _("%(claims)s as of %(day)s") % {"claims": claims, "day": normal_form.day(day)}


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
