"""The read model of the list of stories: four queries, however many stories there are."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

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
    stories = list(Story.objects.visible_to(user).select_related("desk"))
    flags = _per_story(Discrepancy.objects.unsettled().filter(suggestion=False), stories)
    points = _per_story(Point.objects.shown(), stories)
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
            points=points[story.pk],
            open_flags=flags[story.pk],
            sources=tuple(dict.fromkeys(sources[story.pk])),
        )
        for story in stories
    ]


def _per_story(
    rows: QuerySet[Discrepancy] | QuerySet[Point], stories: Sequence[Story]
) -> Counter[int]:
    """How many of the rows each story has."""
    return Counter(rows.filter(story__in=stories).order_by().values_list("story_id", flat=True))
