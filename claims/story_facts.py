"""What every page about a story loads of it: its reports, claims and points as plain rows.

A query each, however much there is of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims import words
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.marks import ClaimRow
from claims.models import Claim, Discrepancy, KeptReading, Point
from claims.report_origins import passages_of_version
from claims.statements import ReportFacts
from claims.waiting import waiting_of_report
from reader.models import Article, Story
from reader.ready_query import Given, GivenIds, ReadyQuery, Row

TONES: Mapping[str, str] = {
    "conflict": "tone-flag",
    "updated": "tone-warn",
    "different_question": "tone-warn",
    "refined": "tone-warn",
    "agree": "tone-good",
}

# What is asked of every report.
FIELDS = (
    "pk",
    "source__name",
    "title",
    "published_at",
    "published_precision",
    "published_zone",
    "language",
    "current_version_id",
)
TOLD = ("passages", "left_behind", "compared")
_CLAIMS = ReadyQuery(
    lambda: (
        Claim.objects.shown()
        .anchored()
        .filter(story=Given("story"), article_version__in=GivenIds("versions"))
        .annotate(corrected=~Q(overrides={}))
        .order_by("start", "end", "pk")
        .values_list("pk", "article_version_id", "start", "end", "point_id", "made_by", "corrected")
    )
)
_POINTS = ReadyQuery(
    lambda: (
        Point.objects.shown()
        .filter(story=Given("story"))
        .order_by("position", "pk")
        .values_list("pk", "label", "verdict", "also", "origins")
    )
)


def load_articles(story: Story, *more: str) -> list[dict[str, Any]]:
    """The reports that are shown, in the order of their publication, with `more` of their fields.

    Each comes with the passages that it shares (`passages`), the claims that wait for a place
    (`waiting`), the points that these belonged to (`waited_on`), and whether its present text was
    compared (`compared`).
    """
    return as_reports(_of_fields(more).ask(story=story.pk), more)


def as_reports(rows: Iterable[Row], more: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a query of `report_rows`, by their names."""
    names = (*FIELDS, *more, *TOLD)
    reports = [dict(zip(names, row, strict=True)) for row in rows]
    for report in reports:
        points = report.pop("left_behind")
        report["waiting"] = len(points)
        report["waited_on"] = [point for point in points if point is not None]
    return reports


@cache
def _of_fields(more: tuple[str, ...]) -> ReadyQuery:
    return ReadyQuery(lambda: report_rows(*more))


def report_rows(*more: str, **made: Any) -> QuerySet[Article, Row]:
    """What `load_articles` asks of a story; `made` are expressions for further fields."""
    live = Article.objects.live().filter(story=Given("story"), current_version__isnull=False)
    live = live.annotate(
        passages=passages_of_version(),
        left_behind=waiting_of_report(),
        compared=_was_compared(),
        **made,
    )
    return live.order_by("published_at", "pk").values_list(*FIELDS, *more, *made, *TOLD)


def _was_compared() -> Q:
    """Whether an outer report's present text was ever read for a comparison.

    A reading that was kept shows it, or, where the story waits for none, a claim in the text.
    """
    version = OuterRef("current_version")
    kept = Q(Exists(KeptReading.objects.filter(version=version)))
    done = Q(story__compared_revision=F("story__texts_revision"), story__compare_error="")
    return kept | (done & Q(Exists(Claim.objects.filter(article_version=version))))


def load_claims(story: Story, versions: Sequence[int]) -> list[ClaimRow]:
    """The claims with a place in these texts, in the order of the texts."""
    return [
        ClaimRow(
            id=pk,
            version=version,
            start=start,
            end=end,
            point=point,
            note=words.note_of(made_by, corrected),
        )
        for pk, version, start, end, point, made_by, corrected in _CLAIMS.ask(
            story=story.pk, versions=list(versions)
        )
    ]


def load_points(
    story: Story,
    claims: Sequence[ClaimRow],
    flags: Sequence[FlagRow],
    report_of: Mapping[int, int],
) -> list[PointFacts]:
    """The points with a claim in one of the reports shown, in their order, numbered from 1."""
    reports: dict[int, set[int]] = defaultdict(set)
    for claim in claims:
        if claim.point is not None:
            reports[claim.point].add(report_of[claim.version])
    shown = [row for row in _POINTS.ask(story=story.pk) if row[0] in reports]
    own: dict[int, list[FlagRow]] = defaultdict(list)
    for flag in flags:
        own[flag.point].append(flag)
    return [
        PointFacts(
            id=pk,
            number=number,
            label=label,
            verdict=verdict,
            also=tuple(also),
            tone=TONES.get(verdict, ""),
            reports=len(reports[pk]),
            origins=min(origins, len(reports[pk])),
            open_flags=sum(flag.counts for flag in own[pk]),
            confirmed_flags=sum(flag.status == Discrepancy.Status.CONFIRMED for flag in own[pk]),
            open_suggestions=sum(flag.is_open and flag.suggestion for flag in own[pk]),
        )
        for number, (pk, label, verdict, also, origins) in enumerate(shown, start=1)
    ]


def report_facts(row: Mapping[str, Any], desk_zone: str) -> ReportFacts:
    """What evidence needs to know of a report, from its row."""
    article = Article(
        published_at=row["published_at"],
        published_precision=row["published_precision"],
        published_zone=row["published_zone"],
    )
    return ReportFacts(
        id=row["pk"],
        version=row["current_version_id"],
        source=row["source__name"],
        title=row["title"],
        published=article.published_on(desk_zone),
        at=row["published_at"] if row["published_precision"] == Article.Precision.MINUTE else None,
        is_read=row["language"].startswith("en"),
        is_compared=row["compared"],
        waiting_on=frozenset(row["waited_on"]),
    )
