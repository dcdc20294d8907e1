"""What becomes of a feed's entries: sent to a story, put aside, taken back, imported again."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction
from django.db.models import F

from reader import audit
from reader.ingest.feeds_entry import FeedItem
from reader.models import AuditEntry, Feed, FeedEntry, ImportBatch, ImportItem, Story, User
from reader.services.batches import Target, Thing, start_batch

Status = FeedEntry.Status
NOTHING: Mapping[str, object] = MappingProxyType({})
# how an item ends whose entry may bring a new version when it changes
_STORED = (ImportItem.Status.CREATED, ImportItem.Status.VERSION, ImportItem.Status.DUPLICATE)
# how one ends of which nothing came: its entry can be sent again
NOTHING_CAME = (
    ImportItem.Status.EXPIRED,
    ImportItem.Status.DISCARDED,
    ImportItem.Status.CANCELLED,
)


@dataclass(frozen=True, kw_only=True)
class Done:
    """Which entries were changed, and which were not any more where the person saw them."""

    changed: Sequence[FeedEntry]
    gone: Sequence[FeedEntry]


@audit.act()
@transaction.atomic
def send_entries(*, entries: Iterable[int], story: Story, person: User | None) -> Done:
    """Have new entries imported into a story of their desk.

    What is whole and certain is stored without another question; the rest waits on the page of its
    import. Another desk's entries are left alone; those sent or put aside meanwhile are named.
    """
    done = _split(_locked(entries, [story.desk_id]), Status.NEW)
    _import(done.changed, story, person)
    return done


@audit.act()
@transaction.atomic
def put_aside(*, entries: Iterable[int], desks: Iterable[int], person: User) -> Done:
    """Take new entries of these desks out of the inbox; each can be taken back."""
    done = _split(_locked(entries, desks), Status.NEW)
    _turn(done.changed, Status.DISMISSED, person, "put_aside")
    return done


@audit.act()
@transaction.atomic
def take_back(*, entries: Iterable[int], desks: Iterable[int], person: User) -> Done:
    """Put entries of these desks back into the inbox: those put aside, and those sent in vain.

    Of an import that nobody confirmed in time, or that was called off, nothing came.
    """
    rows = _locked(entries, desks)
    changed = [row for row in rows if row.status == Status.DISMISSED or came_to_nothing(row)]
    done = Done(changed=changed, gone=[row for row in rows if row not in changed])
    for row in done.changed:
        row.item = None
    _turn(done.changed, Status.NEW, person, "taken_back")
    return done


def came_to_nothing(entry: FeedEntry) -> bool:
    """Whether the entry was sent to a story, and its import ended without a report."""
    in_vain = entry.item is not None and entry.item.status in NOTHING_CAME
    return entry.status == Status.SENT and in_vain


def send_by_rule(feed: Feed) -> int:
    """Send what waits of a feed with a story and holds one of its words; how many there were.

    Nothing while the story is closed: then they wait in the inbox. Needs a transaction around it.
    """
    if feed.story is None or feed.story.status == Story.Status.CLOSED:
        return 0
    waiting = feed.entries.filter(status=Status.NEW).select_related("raw_document")
    fitting = [entry.pk for entry in waiting if fits(feed, entry)]
    if fitting:
        send_entries(entries=fitting, story=feed.story, person=None)
    return len(fitting)


def fits(feed: Feed, entry: FeedEntry) -> bool:
    """Whether one of the feed's words stands in the entry, at the start of a word; or it has none.

    Capitals do not matter. A word fits its longer forms: "port" finds "ports".
    """
    wanted = [word.strip() for word in feed.words.split(",") if word.strip()]
    if not wanted:
        return True
    said = f"{entry.title}\n{entry.summary}".casefold()
    return any(re.search(rf"\b{re.escape(word.casefold())}", said) for word in wanted)


def renew_sent(feed: Feed) -> int:
    """Import entries again that changed since, whose report is stored, as its new version.

    How many there were. One that changes while its import is still under way is renewed by the
    first poll after that. Needs a transaction around it.
    """
    sent = feed.entries.filter(
        changed_at__gt=F("item__batch__made_at"),
        status=Status.SENT,
        item__status__in=_STORED,
        item__article__erased_at=None,
        item__story__status=Story.Status.OPEN,
    )
    rows = sent.select_related("feed__source", "feed__desk", "raw_document", "item__story__desk")
    by_story: dict[int, list[FeedEntry]] = {}
    for entry in rows.order_by("pk"):
        by_story.setdefault(_story_of(entry).pk, []).append(entry)
    for group in by_story.values():
        _import(group, _story_of(group[0]), None)
    return sum(map(len, by_story.values()))


def carried(entry: FeedEntry) -> FeedItem:
    """The entry as it came, with all that the feed says of it."""
    assert entry.raw_document is not None  # each is kept with its own
    return FeedItem.from_json(json.loads(bytes(entry.raw_document.content)))


def _story_of(entry: FeedEntry) -> Story:
    assert entry.item is not None
    assert entry.item.story is not None  # a stored item has one
    return entry.item.story


def _locked(entries: Iterable[int], desks: Iterable[int]) -> list[FeedEntry]:
    rows = FeedEntry.objects.select_for_update(of=("self",)).filter(
        pk__in=list(entries), feed__desk__in=list(desks)
    )
    names = ("feed__source", "feed__desk", "raw_document", "item")
    large = ("item__text", "item__blocks", "item__body_html", "item__original", "item__cuts")
    return list(rows.select_related(*names).defer(*large).order_by("pk"))


def _split(rows: Sequence[FeedEntry], status: str) -> Done:
    return Done(
        changed=[row for row in rows if row.status == status],
        gone=[row for row in rows if row.status != status],
    )


def _import(entries: Sequence[FeedEntry], story: Story, person: User | None) -> None:
    """Begin an import for those that may store themselves, and one for those that may not."""
    things = [(entry, _thing(entry)) for entry in entries]
    for alone in (True, False):
        group = [(entry, thing) for entry, thing in things if _is_fit(thing, entry) == alone]
        if not group:
            continue
        batch = start_batch(
            person,
            ImportBatch.How.FEED,
            Target(desk=story.desk, story=story),
            [thing for _entry, thing in group],
            {},
            confirms=alone,
        )
        for (entry, _), item in zip(group, batch.items.order_by("position"), strict=True):
            entry.item = item
        told = {"story": story.pk, "import": batch.pk}
        _turn([entry for entry, _ in group], Status.SENT, person, "sent", told)


def _thing(entry: FeedEntry) -> Thing:
    """The text that the feed carries where it is whole or there is no address; else the address."""
    item = carried(entry)
    said = {
        "source": entry.feed.source.name,
        "title": item.title,
        "byline": item.byline,
        "published": item.published.as_text() if item.published and item.dated else "",
    }
    whole = item.is_whole or not item.address
    markup = item.markup or f"<p>{item.summary}</p>"
    return Thing(
        name=item.address or item.title,
        content=markup.encode() if whole else None,
        kind="html" if whole else None,
        address=item.address,
        said={name: value for name, value in said.items() if value},
        said_in="feed",
        key=f"feed entry {entry.key_sha256}",
    )


def _is_fit(thing: Thing, entry: FeedEntry) -> bool:
    """Whether it may be stored without a look: a page of its own, or a text that looks whole."""
    return bool(thing.address) or carried(entry).is_whole


def _turn(
    entries: Sequence[FeedEntry],
    status: str,
    person: User | None,
    verb: str,
    told: Mapping[str, object] = NOTHING,
) -> None:
    """Give entries another status and put that on record: two queries, however many there are."""
    acts = []
    for entry in entries:
        before, entry.status = entry.status, status
        entry.row_version += 1
        acts.append(
            audit.entry(
                f"reader.feedentry.{verb}",
                target=entry,
                actor=person,
                before={"status": before},
                after={"status": status, **told},
            )
        )
    FeedEntry.objects.bulk_update(entries, ["status", "item", "row_version"])
    AuditEntry.objects.bulk_create(acts)
