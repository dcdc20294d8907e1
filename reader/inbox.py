"""The read model of the inbox: entries of the feeds of the desks on which the person is an editor.

Eight queries, however many entries, feeds and stories there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from reader.access import desks_with_role
from reader.feed_words import item_words
from reader.models import Desk, Feed, FeedEntry, ImportItem, Role, Story, User
from reader.services.feed_sending import came_to_nothing
from reader.suggesting import STORIES, KnownStories, Suggestion, known_stories
from reader.web import read_number, roles_of

PAGE = 25
_ALL = "all"
# an import in one of these will look different in a moment
_PASSING = (ImportItem.Status.READING, ImportItem.Status.CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a filter, or one story to send to."""

    value: str
    word: str
    chosen: bool = False
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One entry. `stories` are those of its desk, the suggested one first and chosen."""

    id: int
    title: str
    address: str
    source: str
    feed: str
    desk: str
    zone: str
    published: datetime | None
    first_seen: datetime
    is_changed: bool
    byline: str
    summary: str
    status: str
    stories: Sequence[Choice]
    because: str
    sent_to: str
    sent_slug: str
    outcome: str
    is_passing: bool
    may_take_back: bool
    import_address: str
    waits_for_admin: bool
    article: int | None
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """A page of the inbox. `has_feeds` tells an empty inbox from one that nothing can come into."""

    rows: Sequence[InboxRow]
    just: Sequence[InboxRow]
    number: int
    page: int
    pages: int
    feeds: Sequence[Choice]
    statuses: Sequence[Choice]
    stories: Sequence[Choice]
    query: str
    is_filtered: bool
    has_feeds: bool
    several_desks: bool

    @property
    def may_choose(self) -> bool:
        """Whether one of the page's entries can be sent or put aside."""
        return any(row.status == FeedEntry.Status.NEW for row in self.rows)


def build_inbox(user: User, asked: Mapping[str, str], just: Collection[int] = ()) -> Inbox:
    """The page that was asked for by `feed`, `status` and `page`; odd values count as none.

    `just` are entries that were decided on just now by somebody without scripts.
    """
    desks = desks_with_role(user, Role.EDITOR)
    feeds = list(Feed.objects.filter(desk__in=desks).order_by("title", "pk"))
    news = waiting_in(feeds)
    status = asked.get("status", "")
    status = status if status in (*FeedEntry.Status.values, _ALL) else FeedEntry.Status.NEW
    chosen = next((feed for feed in feeds if str(feed.pk) == asked.get("feed")), None)
    entries = FeedEntry.objects.filter(feed__in=[chosen] if chosen else feeds)
    if status != _ALL:
        entries = entries.filter(status=status)
    number = entries.count()
    pages = max(1, ceil(number / PAGE))
    page = min(read_number(asked.get("page")) or 1, pages)
    first = (page - 1) * PAGE
    ordered = _with_all(entries).order_by("-first_seen_at", "-pk")[first : first + PAGE]
    shown = _with_all(FeedEntry.objects.filter(pk__in=list(just), feed__in=feeds)) if just else ()
    rows, stories = _rows(user, desks, [*ordered, *shown])
    named = {"feed": str(chosen.pk) if chosen else "", "status": status if status != "new" else ""}
    return Inbox(
        rows=rows[: len(rows) - len(shown)],
        just=rows[len(rows) - len(shown) :],
        number=number,
        page=page,
        pages=pages,
        feeds=[
            Choice(value=str(feed.pk), word=str(feed), chosen=feed == chosen, number=news[feed.pk])
            for feed in feeds
        ],
        statuses=[
            *(
                Choice(value=value, word=str(label), chosen=value == status)
                for value, label in FeedEntry.Status.choices
            ),
            Choice(value=_ALL, word=_("All"), chosen=status == _ALL),
        ],
        stories=[Choice(value=story.slug, word=_titled(story, desks)) for story in stories],
        query=urlencode({name: value for name, value in named.items() if value}),
        is_filtered=chosen is not None or status != FeedEntry.Status.NEW,
        has_feeds=bool(feeds),
        several_desks=len(desks) > 1,
    )


def rows_of(user: User, entries: Collection[int]) -> Sequence[InboxRow]:
    """The entries of the person's desks among these, as rows."""
    desks = desks_with_role(user, Role.EDITOR)
    found = _with_all(FeedEntry.objects.filter(pk__in=list(entries), feed__desk__in=desks))
    return _rows(user, desks, list(found.order_by("-first_seen_at", "-pk")))[0]


def waiting_in(feeds: Iterable[Feed]) -> Counter[int]:
    """How many entries of each feed are new."""
    new = FeedEntry.objects.filter(feed__in=feeds, status=FeedEntry.Status.NEW).order_by()
    return Counter(dict(new.values_list("feed").annotate(number=Count("pk"))))


def open_stories(desks: Collection[Desk]) -> QuerySet[Story]:
    """The stories that entries can be sent to, those last changed first."""
    stories = Story.objects.filter(desk__in=desks, status=Story.Status.OPEN)
    return stories.select_related("desk").order_by("-changed_at", "-pk")[:STORIES]


def _with_all(entries: QuerySet[FeedEntry]) -> QuerySet[FeedEntry]:
    return entries.select_related(
        "feed__source", "feed__desk", "item__story", "item__article"
    ).defer("item__text", "item__blocks", "item__body_html", "item__original", "item__cuts")


def _rows(
    user: User, desks: Collection[Desk], entries: Sequence[FeedEntry]
) -> tuple[list[InboxRow], Sequence[Story]]:
    stories = list(open_stories(desks)) if entries else []
    waits = any(entry.status == FeedEntry.Status.NEW for entry in entries)
    known = known_stories(stories) if waits else KnownStories()
    by_desk: dict[int, list[Story]] = defaultdict(list)
    for story in stories:
        by_desk[story.desk_id].append(story)
    return [_row(user, entry, by_desk[entry.feed.desk_id], known) for entry in entries], stories


def _row(user: User, entry: FeedEntry, stories: Sequence[Story], known: KnownStories) -> InboxRow:
    feed, item = entry.feed, entry.item
    is_new = entry.status == FeedEntry.Status.NEW
    found = None
    if is_new:
        text = f"{entry.title}\n{entry.summary}"
        found = known.suggest(text, [story.pk for story in stories])
    is_admin = roles_of(user).get(feed.desk_id) == Role.ADMIN
    waits = item is not None and item.status in (
        ImportItem.Status.WAITING,
        ImportItem.Status.FAILED,
    )
    return InboxRow(
        id=entry.pk,
        title=entry.title or entry.address,
        address=entry.address,
        source=feed.source.name,
        feed=str(feed),
        desk=feed.desk.name,
        zone=user.zone or feed.desk.zone,
        published=entry.published_at,
        first_seen=entry.first_seen_at,
        is_changed=entry.changed_at is not None,
        byline=entry.byline,
        summary=entry.summary,
        status=entry.status,
        stories=_choices(stories, found) if is_new else [],
        because=_because(found),
        sent_to=item.story.title if item and item.story else "",
        sent_slug=item.story.slug if item and item.story else "",
        outcome=item_words(item.status) if item else "",
        is_passing=item is not None and item.status in _PASSING,
        may_take_back=entry.status == FeedEntry.Status.DISMISSED or came_to_nothing(entry),
        import_address=_import_address(item) if item and waits and is_admin else "",
        waits_for_admin=waits and not is_admin,
        article=_shown_article(item, is_admin=is_admin),
    )


def _import_address(item: ImportItem) -> str:
    return reverse("reader:import_item", args=[item.batch_id, item.pk])


def _shown_article(item: ImportItem | None, *, is_admin: bool) -> int | None:
    """The report that came of it, unless it is hidden from this person."""
    if item is None or item.article is None:
        return None
    return item.article.pk if is_admin or item.article.status == "live" else None


def _choices(stories: Sequence[Story], found: Suggestion | None) -> list[Choice]:
    choices = [
        Choice(value=story.slug, word=story.title, chosen=bool(found and found.story == story.pk))
        for story in stories
    ]
    return sorted(choices, key=lambda choice: not choice.chosen)


def _because(found: Suggestion | None) -> str:
    """Why a story is suggested, in words."""
    if found is None:
        return ""
    quoted = [_("“%(word)s”") % {"word": word} for word in found.words]
    listed = ", ".join(quoted[:-1])
    words = _("%(words)s and %(last)s") % {"words": listed, "last": quoted[-1]}
    return _("Suggested: shares %(words)s.") % {"words": words if listed else quoted[-1]}


def _titled(story: Story, desks: Collection[Desk]) -> str:
    return f"{story.title} ({story.desk.name})" if len(desks) > 1 else story.title
