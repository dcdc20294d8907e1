"""The read model of the list of stories: eight queries, however many stories there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from claims import words
from claims.flags import SEVERITY_RANK
from claims.models import Point
from claims.story_list_asked import Asked, Choice, Listed
from claims.story_list_news import News, has_news, load_news, open_flags
from claims.story_list_spark import Spark, draw_spark
from claims.story_list_words import Item, moment, news_items, news_label
from reader.models import Article, Story, User
from reader.models.seen import StorySeen

PAGE = 30
MOST_CHIPS = 5
MOST_SOURCES = 8
ALL = Asked()


@dataclass(frozen=True, kw_only=True)
class Chip:
    """The open flags of one kind and severity."""

    kind: str
    severity: str
    severity_word: str
    number: int


@dataclass(frozen=True, kw_only=True)
class StoryRow:
    """One story of the list, as it is shown."""

    listed: Listed
    reports: int
    points: int
    sources: tuple[str, ...]
    more_sources: int
    spark: Spark | None
    chips: tuple[Chip, ...]
    more_flags: int
    label: str
    news: tuple[Item, ...]

    @property
    def origins(self) -> int:
        """The independent texts, as the last comparison knew them; 0 before the first."""
        return min(self.listed.origins, self.reports)


@dataclass(frozen=True, kw_only=True)
class StoryList:
    """One page of the list, and what it can be narrowed to. `made_at`: when it was read."""

    rows: tuple[StoryRow, ...]
    asked: Asked
    number: int
    everything: int
    unseen: int
    page: int
    pages: int
    shows: tuple[Choice, ...]
    desks: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    made_at: datetime

    @property
    def before(self) -> str | None:
        """The query of the page before, if there is one."""
        return self.asked.at(self.page - 1) if self.page > 1 else None

    @property
    def after(self) -> str | None:
        """The query of the page behind, if there is one."""
        return self.asked.at(self.page + 1) if self.page < self.pages else None


def list_stories(user: User, asked: Asked = ALL) -> StoryList:
    """The stories that the person may see, narrowed and sorted as asked, one page of them.

    A page that there is not is the nearest one.
    """
    now = timezone.now()
    stories = _load(user, Q())
    fitting = asked.ordered(asked.narrowed(stories))
    pages = max(1, ceil(len(fitting) / PAGE))
    page = min(max(asked.page, 1), pages)
    return StoryList(
        rows=_rows(user, fitting[(page - 1) * PAGE : page * PAGE], now),
        asked=asked,
        number=len(fitting),
        everything=len(stories),
        unseen=sum(story.is_unseen for story in stories),
        page=page,
        pages=pages,
        shows=asked.shows(stories),
        desks=asked.desks(stories),
        sorts=asked.sorts(),
        made_at=now,
    )


def load_row(user: User, story: Story) -> StoryRow:
    """The row of one story that the person may see, as it is now."""
    [row] = _rows(user, _load(user, Q(pk=story.pk)), timezone.now())
    return row


def _load(user: User, which: Q) -> list[Listed]:
    """All stories that the person may see, with their open flags: two queries."""
    seen = StorySeen.objects.filter(person=user, story=OuterRef("pk"))
    stories = Story.objects.visible_to(user).filter(which).select_related("desk")
    known: Iterable[Any] = stories.annotate(  # with what is annotated
        seen_at=Subquery(seen.values("seen_at")), seen_revision=Subquery(seen.values("revision"))
    ).annotate(
        news=Case(  # looked for only where the story has gone on since
            When(seen_at__isnull=True, then=Value(False)),
            When(seen_revision__gte=F("revision"), then=Value(False)),
            default=ExpressionWrapper(has_news(user), output_field=BooleanField()),
        )
    )
    flags = _open_flags(user, which)
    return [
        Listed(
            pk=story.pk,
            slug=story.slug,
            title=story.title,
            desk=story.desk.name,
            desk_slug=story.desk.slug,
            zone=ZoneInfo(user.zone or story.desk.zone),
            is_closed=story.status == Story.Status.CLOSED,
            state=story.comparison_state,
            changed=story.changed_at,
            revision=story.revision,
            origins=story.origins,
            seen_at=story.seen_at,
            has_news=story.news,
            flags=flags.get(story.pk, ()),
        )
        for story in known
    ]


def _open_flags(user: User, which: Q) -> dict[int, tuple[tuple[str, str, int], ...]]:
    """Each story's open flags by kind and severity, the gravest first."""
    stories = Story.objects.visible_to(user).filter(which).order_by().values("pk")
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    groups = open_flags().filter(story__in=stories).order_by()
    counted = groups.values_list("story_id", "kind", "severity").annotate(number=Count("pk"))
    for story, kind, severity, number in counted:
        found[story].append((kind, severity, number))
    kinds = list(words.KINDS)
    return {
        story: tuple(
            sorted(own, key=lambda one: (SEVERITY_RANK[one[1]], -one[2], kinds.index(one[0])))
        )
        for story, own in found.items()
    }


def _rows(user: User, stories: Sequence[Listed], now: datetime) -> tuple[StoryRow, ...]:
    """The stories with all that their rows show: six queries."""
    reports = _reports(stories)
    points = _points(stories)
    since = {
        story.pk: story.seen_at for story in stories if story.has_news and story.seen_at is not None
    }
    news = load_news(user, since, points)
    return tuple(
        _row(story, reports[story.pk], points.get(story.pk, ()), news.get(story.pk), now)
        for story in stories
    )


def _row(
    story: Listed,
    reports: Sequence[tuple[str, date]],
    points: Sequence[int],
    news: News | None,
    now: datetime,
) -> StoryRow:
    sources = [name for name, _number in Counter(name for name, _day in reports).most_common()]
    items: tuple[Item, ...] = ()
    if news is not None and story.seen_at is not None:
        items = news_items(story.slug, news, story.seen_at)
    label = ""
    if story.seen_at is not None:
        label = news_label(is_new=bool(items), when=moment(story.seen_at, now, story.zone))
    chips = story.flags[:MOST_CHIPS]
    return StoryRow(
        listed=story,
        reports=len(reports),
        points=len(points),
        sources=tuple(sources[:MOST_SOURCES]),
        more_sources=len(sources) - len(sources[:MOST_SOURCES]),
        spark=draw_spark([day for _name, day in reports]),
        chips=tuple(_chip(*chip) for chip in chips),
        more_flags=story.open_flags - sum(number for _kind, _severity, number in chips),
        label=label,
        news=items,
    )


def _chip(kind: str, severity: str, number: int) -> Chip:
    return Chip(
        kind=words.word(words.KINDS, kind),
        severity=severity,
        severity_word=words.word(words.SEVERITIES, severity),
        number=number,
    )


def _reports(stories: Sequence[Listed]) -> Mapping[int, list[tuple[str, date]]]:
    """Each story's reports, the earliest first: source and day of publication."""
    zones = {story.pk: story.zone for story in stories}
    reports: dict[int, list[tuple[str, date]]] = defaultdict(list)
    live = Article.objects.live().filter(story__in=zones, current_version__isnull=False)
    rows = live.order_by("published_at", "pk").values_list(
        "story_id", "source__name", "published_at", "published_precision", "published_zone"
    )
    for story, source, at, precision, own in rows:
        day_only = precision == Article.Precision.DAY
        zone = ZoneInfo(own) if day_only else zones[story]
        reports[story].append((source, at.astimezone(zone).date()))
    return reports


def _points(stories: Sequence[Listed]) -> dict[int, list[int]]:
    """The points that each story shows."""
    shown = Point.objects.shown().filter(story__in=[story.pk for story in stories])
    return dict(shown.order_by().values_list("story_id").annotate(points=ArrayAgg("pk")).order_by())
