"""The read model of the list of stories: two queries, however many stories there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import Discrepancy, Point
from reader.models import Article, Story, User


@dataclass(frozen=True, kw_only=True)
class StoryRow:
    """One story of the list."""

    slug: str
    title: str
    desk: str
    is_closed: bool
    state: str
    changed: datetime
    zone: ZoneInfo
    reports: int
    points: int
    open_flags: int
    sources: tuple[str, ...]


def list_stories(user: User) -> list[StoryRow]:
    """The stories that the person may see, last changed first."""
    stories = list(
        Story.objects.visible_to(user)
        .select_related("desk")
        .annotate(
            flag_count=_count(Discrepancy.objects.unsettled().filter(suggestion=False)),
            point_count=_count(Point.objects.shown()),
        )
    )
    sources: dict[int, list[str]] = defaultdict(list)
    reports = Article.objects.live().filter(story__in=stories, current_version__isnull=False)
    for story_id, name in reports.order_by("published_at", "pk").values_list(
        "story_id", "source__name"
    ):
        sources[story_id].append(name)
    return [
        StoryRow(
            slug=story.slug,
            title=story.title,
            desk=story.desk.name,
            is_closed=story.status == Story.Status.CLOSED,
            state=story.comparison_state,
            changed=story.changed_at,
            zone=ZoneInfo(user.zone or story.desk.zone),
            reports=len(sources[story.pk]),
            points=story.point_count,
            open_flags=story.flag_count,
            sources=tuple(dict.fromkeys(sources[story.pk])),
        )
        for story in stories
    ]


def _count(rows: QuerySet[Discrepancy] | QuerySet[Point]) -> Coalesce:
    """How many of the rows belong to the story of the outer query."""
    counted = (
        rows.filter(story=OuterRef("pk"))
        .order_by()
        .values("story")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)
