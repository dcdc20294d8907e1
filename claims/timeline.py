"""The read model of the timeline: the plot of the story, and one of each point with figures.

Six queries: five for the story as a whole, one for its versions. Only the plots of the page that
is asked for are drawn.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims import words
from claims.engine import normal_form
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.plot import NARROW, WIDE, Plot, plot_of
from claims.plot_figures import Beside, Figure, Group, sorted_out
from claims.plot_file import Sheet
from claims.plot_signs import Picture
from claims.point_figures import conflicts_of, figures_of
from claims.timeline_events import Event, Lane, load_lanes
from claims.timeline_plot import NARROW as NARROW_LANES
from claims.timeline_plot import WIDE as WIDE_LANES
from claims.timeline_plot import draw_lanes
from claims.timeline_view import SHOWS, TimelineView
from claims.whole_story import WholeStory
from reader import dates
from reader.models import Story

PER_PAGE: Final = 20  # points, so 30 plots or so
FEW: Final = 12  # sources whose lanes are drawn without being asked for
MOST: Final = 60  # that are drawn when they are; the table has all


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """A point with figures, before anything of it is drawn."""

    point: PointFacts
    groups: tuple[Group, ...]
    beside: tuple[Beside, ...]
    flags: tuple[FlagRow, ...]
    conflicts: int
    updates: int

    @property
    def verdict(self) -> str:
        """The point's verdict in a word."""
        return words.word(words.VERDICTS, self.point.verdict)


@dataclass(frozen=True, kw_only=True)
class PointPlots:
    """A point with its plots: one for each sort of figure."""

    line: PointLine
    plots: tuple[Plot, ...]

    @property
    def beside(self) -> list[tuple[str, str, str, str]]:
        """The figures that no plot can show: figure, speaker, report, and why."""
        return [
            (
                normal_form.worded(one.figure.quantity),
                one.figure.speaker,
                one.figure.source,
                one.reason,
            )
            for one in self.line.beside
        ]

    @property
    def can_be_log(self) -> bool:
        """Whether one of its plots can have a logarithmic scale."""
        return any(plot.can_be_log for plot in self.plots)


@dataclass(frozen=True, kw_only=True)
class StoryPlot:
    """The story's plot with its table; `hidden` counts the sources without a lane."""

    lanes: tuple[Lane, ...]
    drawings: tuple[Picture, ...]
    hidden: int
    zone: str

    @property
    def events(self) -> list[tuple[str, Event]]:
        """All events with their sources, in the order of time."""
        every = [(lane.source, event) for lane in self.lanes for event in lane.events]
        return sorted(every, key=lambda one: one[1].at)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A way to cut the points down, with how many it leaves."""

    word: str
    number: int
    address: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What the page shows. `story` is None on pages behind the first, and without reports."""

    story: StoryPlot | None
    points: tuple[PointPlots, ...]
    filters: tuple[Filter, ...]
    total: int
    page: int
    pages: int


def build_timeline(whole: WholeStory, story: Story, view: TimelineView, zone: ZoneInfo) -> Timeline:
    """Arrange the story's figures by day; those with a conflict first."""
    lines = point_lines(whole)
    shown = [line for line in lines if _is_shown(line, view.show)]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(view.page, pages)
    cut = shown[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Timeline(
        story=story_plot(whole, story, zone, all_sources=view.all_sources) if page == 1 else None,
        points=tuple(plots_of(line, log=view.log) for line in cut),
        filters=tuple(_filter(show, lines, view) for show in SHOWS),
        total=len(lines),
        page=page,
        pages=pages,
    )


def point_lines(whole: WholeStory) -> list[PointLine]:
    """The points with figures: those with most conflicts first, else in the order of the story."""
    found = (_line(whole, point) for point in whole.points)
    return sorted((line for line in found if line), key=lambda line: -line.conflicts)


def point_line(whole: WholeStory, point_id: int) -> PointLine | None:
    """One point with its figures; None without any, and where the story has no such point."""
    point = next((one for one in whole.points if one.id == point_id), None)
    return _line(whole, point) if point else None


def _line(whole: WholeStory, point: PointFacts) -> PointLine | None:
    figures = figures_of(whole.statements.get(point.id, ()))
    if not figures:
        return None
    flags = tuple(flag for flag in whole.flags_of(point.id) if flag.stands)
    groups, beside = sorted_out(figures, conflicts_of(flags))
    return PointLine(
        point=point,
        groups=groups,
        beside=beside,
        flags=flags,
        conflicts=sum(len(group.conflicts) for group in groups),
        updates=sum(_updates(group) for group in groups),
    )


def _updates(group: Group) -> int:
    """How often a speaker gives another figure for a later day."""
    own: dict[tuple[str, bool], list[Figure]] = defaultdict(list)
    for one in group.figures:
        own[one.speaker, one.is_forecast].append(one)
    return sum(
        early.day < late.day and early.bounds != late.bounds
        for figures in own.values()
        for early, late in pairwise(figures)
    )


def _is_shown(line: PointLine, show: str) -> bool:
    if show == "conflicts":
        return line.conflicts > 0
    return line.updates > 0 if show == "updates" else True


def _filter(show: str, lines: Sequence[PointLine], view: TimelineView) -> Filter:
    return Filter(
        word=words.word(SHOWS, show),
        number=sum(_is_shown(line, show) for line in lines),
        address=view.showing(show),
        is_current=view.show == show,
    )


def plots_of(line: PointLine, *, log: bool) -> PointPlots:
    """Draw the point's figures, broad and narrow."""
    plots = [plot_of(_title(line, group), group, (WIDE, NARROW), log=log) for group in line.groups]
    return PointPlots(line=line, plots=tuple(plots))


def plot_for_file(line: PointLine, part: int, *, log: bool) -> Plot | None:
    """One of the point's plots, counted from 1, as broad as files have it; None if it has none."""
    if not 1 <= part <= len(line.groups):
        return None
    group = line.groups[part - 1]
    return plot_of(_title(line, group), group, (WIDE,), log=log)


def _title(line: PointLine, group: Group) -> str:
    if len(line.groups) == 1:
        return _("%(label)s: figures by day") % {"label": line.point.label}
    names = {"label": line.point.label, "counted": group.counted}
    return _("%(label)s: %(counted)s by day") % names


def story_plot(
    whole: WholeStory, story: Story, zone: ZoneInfo, *, all_sources: bool
) -> StoryPlot | None:
    """What each source did when; None without reports. One query."""
    lanes = load_lanes(whole, zone, story.desk.zone)
    if not lanes:
        return None
    drawn = lanes[: MOST if all_sources else FEW]
    title = _("%(story)s: when each source published and changed") % {"story": story.title}
    return StoryPlot(
        lanes=lanes,
        drawings=tuple(draw_lanes(title, size, drawn) for size in (WIDE_LANES, NARROW_LANES)),
        hidden=len(lanes) - len(drawn),
        zone=zone.key,
    )


def point_sheet(plot: Plot, story: Story, zone: ZoneInfo) -> Sheet:
    """The plot as a file has it."""
    return Sheet(
        picture=plot.drawings[0],
        subtitle=plot.summary,
        told=[
            _("%(speaker)s: %(figure)s, %(days)s (%(source)s)")
            % {
                "speaker": row.speaker,
                "figure": row.figure,
                "days": row.as_of,
                "source": row.source,
            }
            for row in plot.rows
        ],
        origin=_origin(story, zone),
    )


def story_sheet(plot: StoryPlot, story: Story, zone: ZoneInfo) -> Sheet:
    """The story's plot as a file has it."""
    return Sheet(
        picture=plot.drawings[0],
        subtitle=_("Times in %(zone)s") % {"zone": plot.zone},
        told=[f"{event.when}, {source}: {event.words}" for source, event in plot.events],
        origin=_origin(story, zone),
    )


def _origin(story: Story, zone: ZoneInfo) -> str:
    """Where the drawing comes from, and of when: the last change of the story."""
    state = dates.moment(story.changed_at.astimezone(zone))
    facts = {"story": story.title, "state": state, "revision": story.revision}
    return _("Parallax · %(story)s · as of %(state)s, revision %(revision)s") % facts
