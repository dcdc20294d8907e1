"""A report of a story: what an editor hands over or prints. Six queries, whatever the story holds.

Everything in it comes from the story as it is stored, in an order that the stored rows give: no
clock, no session, no chance. So the same snapshot gives the same report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from claims.decided import load_decided
from claims.engine.origins import Origins
from claims.report_choice import Choice
from claims.report_flags import PointInReport, Told, flags_shown, points_of
from claims.report_matrix import ReportMatrix, matrix_of
from claims.report_summary import Summary, summary_of
from claims.whole_story import WholeStory, load_whole_story
from reader import dates
from reader.models import Article, ArticleVersion, Story

FIELDS = (
    "current_version__number",
    "current_version__text_sha256",
    "current_version__change",
    "current_version__correction_note",
    "current_version__modified_at",
    "current_version__created_at",
)


@dataclass(frozen=True, kw_only=True)
class ReportUsed:
    """A report that was compared. `origin` is the number of the earliest report of its origin.

    `changed` is since when its text is as it was compared, empty for a first version; `correction`
    is in which words the source says that it corrected something.
    """

    number: int
    source: str
    title: str
    published: str
    language: str
    version: int
    changed: str
    correction: str
    sha256: str
    origin: int


@dataclass(frozen=True, kw_only=True)
class ReportDocument:
    """All that a report says; `left_out` counts the flags that were not chosen.

    `changed` is when the story last changed, `zone` the name of the zone of all times. `desk` is
    whose report it is, empty in what leaves the desk.
    """

    title: str
    desk: str
    shared: bool
    closed: bool
    thorough: bool
    revision: int
    changed: str
    zone: str
    release: str
    chosen: str
    left_out: int
    summary: Summary
    matrix: ReportMatrix | None
    points: tuple[PointInReport, ...]
    reports: tuple[ReportUsed, ...]

    @property
    def flags(self) -> int:
        """How many flags it tells in full."""
        return sum(len(point.flags) for point in self.points)

    @property
    def deciders(self) -> tuple[str, ...]:
        """Who decided on the flags that it tells; nobody in what leaves the desk."""
        lines = (line for point in self.points for flag in point.flags for line in flag.decisions)
        return tuple(sorted({line.who for line in lines if line.who}))

    @property
    def settled(self) -> tuple[PointInReport, ...]:
        """The points of which newer texts settled a flag."""
        return tuple(point for point in self.points if point.settled)

    @property
    def copies(self) -> bool:
        """Whether some reports share their text."""
        return any(report.origin != report.number for report in self.reports)


def zone_of(story: Story, choice: Choice, own_zone: str) -> ZoneInfo:
    """The zone of a report's times: the person's, else the desk's; the desk's in what is shared."""
    return ZoneInfo((not choice.shared and own_zone) or story.desk.zone)


def build_report(story: Story, choice: Choice, zone: ZoneInfo) -> ReportDocument:
    """Load the story and tell it as a report."""
    return report_of(story, load_whole_story(story, choice.mode, *FIELDS), choice, zone)


def report_of(story: Story, whole: WholeStory, choice: Choice, zone: ZoneInfo) -> ReportDocument:
    """The report of a story that was loaded with `FIELDS`; one query, for the decisions."""
    shown = flags_shown(whole, choice)
    points = {point.id for point in whole.points}
    told = Told(
        whole=whole,
        choice=choice,
        decided=load_decided(shown, dict.fromkeys(shown, zone)),
        numbers={report.id: at for at, report in enumerate(whole.reports, start=1)},
        published={at: published(row, zone) for at, row in whole.rows.items()},
        page=story.get_absolute_url(),
        zone=zone,
    )
    return ReportDocument(
        title=story.title,
        desk="" if choice.shared else story.desk.name,
        shared=choice.shared,
        closed=story.status == Story.Status.CLOSED,
        thorough=choice.mode == "thorough",
        revision=story.revision,
        changed=dates.moment(story.changed_at.astimezone(zone)),
        zone=zone.key,
        release=settings.RELEASE,
        chosen=choice.sentence,
        left_out=sum(row.point in points for row in whole.flags) - len(shown),
        summary=summary_of(story, whole),
        matrix=matrix_of(whole, choice.mode, zone, told.numbers, told.published),
        points=points_of(told),
        reports=_reports(whole, told),
    )


def published(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """When a report came out, with its year; a report with a day only keeps its own day."""
    at = row["published_at"]
    if row["published_precision"] == Article.Precision.DAY:
        return dates.day_and_year(at.astimezone(ZoneInfo(row["published_zone"])))
    return dates.moment(at.astimezone(zone))


def _reports(whole: WholeStory, told: Told) -> tuple[ReportUsed, ...]:
    first = _first_of_origin(whole.origins, told.numbers)
    return tuple(
        ReportUsed(
            number=number,
            source=report.source,
            title=report.title,
            published=told.published[report.id],
            language=str(row["language"]),
            version=int(row["current_version__number"]),
            changed=_changed(row, told.zone),
            correction=str(row["current_version__correction_note"]),
            sha256=str(row["current_version__text_sha256"]),
            origin=first[whole.origins.by_report[str(report.id)]],
        )
        for number, report in enumerate(whole.reports, start=1)
        for row in [whole.rows[report.id]]
    )


def _changed(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """What became of a report with versions, and when: as the source says, else when it came."""
    if row["current_version__number"] == 1:
        return ""
    at = row["current_version__modified_at"] or row["current_version__created_at"]
    said = {"when": dates.moment(at.astimezone(zone))}
    corrected = row["current_version__change"] == ArticleVersion.Change.CORRECTION
    if corrected or row["current_version__correction_note"]:
        return _("corrected %(when)s") % said
    return _("changed %(when)s") % said


def _first_of_origin(origins: Origins, numbers: Mapping[int, int]) -> dict[str, int]:
    """The number of the earliest report of each origin."""
    found: dict[str, int] = {}
    for report, number in numbers.items():
        found.setdefault(origins.by_report[str(report)], number)
    return found
