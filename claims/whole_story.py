"""A story as a whole: every point with all that the reports say on it.

What the matrix, the timeline and the report are made of. Five queries, whatever the story holds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from claims.engine.origins import Origins
from claims.evidence import PointFacts
from claims.flags import FlagRow, load_flags
from claims.modes import Mode
from claims.report_origins import origins_of
from claims.statements import ReportFacts, Statement, load_statements
from claims.story_facts import load_articles, load_claims, load_points, report_facts
from reader.models import Story

OfPoint = TypeVar("OfPoint", Statement, FlagRow)


@dataclass(frozen=True, kw_only=True)
class WholeStory:
    """Reports in the order of publication, points in the order of the list of points.

    `rows` are the reports' plain rows, by id of the article. `statements` are those of each point,
    in the order of their days; `claims` counts all claims of the texts shown, matched or not.
    """

    reports: tuple[ReportFacts, ...]
    rows: Mapping[int, Mapping[str, Any]]
    origins: Origins
    points: tuple[PointFacts, ...]
    flags: tuple[FlagRow, ...]
    settled: tuple[FlagRow, ...]
    statements: Mapping[int, tuple[Statement, ...]]
    claims: int

    def flags_of(self, point: int) -> tuple[FlagRow, ...]:
        """The point's discrepancies, flags before suggestions, gravest first."""
        own = self._flags.get(point, ())
        return tuple(sorted(own, key=lambda flag: flag.is_suggestion))

    def settled_of(self, point: int) -> tuple[FlagRow, ...]:
        """Those of the point that a newer text settled."""
        return self._settled.get(point, ())

    @cached_property
    def _flags(self) -> Mapping[int, tuple[FlagRow, ...]]:
        return _by_point(self.flags)

    @cached_property
    def _settled(self) -> Mapping[int, tuple[FlagRow, ...]]:
        return _by_point(self.settled)


def load_whole_story(story: Story, mode: Mode = "quiet", *more: str) -> WholeStory:
    """Load the story; `more` are further fields of its articles' rows. Needs the story's desk."""
    rows = load_articles(story, *more)
    reports = tuple(report_facts(row, story.desk.zone) for row in rows)
    claims = load_claims(story, [report.version for report in reports])
    flags, settled = load_flags(story, mode)
    points = load_points(story, claims, flags, {report.version: report.id for report in reports})
    flagged = {claim for flag in flags if flag.stands for claim in flag.claims}
    statements = load_statements(story, [point.id for point in points], reports, flagged)
    passages = {row["current_version_id"]: row["passages"] for row in rows}
    return WholeStory(
        reports=reports,
        rows={row["pk"]: row for row in rows},
        origins=origins_of(reports, passages),
        points=tuple(points),
        flags=tuple(flags),
        settled=tuple(settled),
        statements=_by_point(statements),
        claims=len(claims),
    )


def _by_point(rows: Sequence[OfPoint]) -> dict[int, tuple[OfPoint, ...]]:
    found: dict[int, list[OfPoint]] = defaultdict(list)
    for row in rows:
        found[row.point].append(row)
    return {point: tuple(own) for point, own in found.items()}
