"""One poll of a feed: asked, its entries kept, the next one set. Meant for jobs; may run twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from reader import audit
from reader.ingest.addresses import canonical
from reader.ingest.feeds_entry import FeedItem
from reader.models import Article, Feed, FeedEntry, FeedPoll
from reader.services.documents import Given, keep_documents
from reader.services.feed_asking import Answer, ask
from reader.services.feed_queueing import queue_poll
from reader.services.feed_sending import renew_sent, send_by_rule
from reader.services.feeds import next_poll

LONGEST_WAIT = timedelta(days=1)  # between tries of a feed that fails
LONGEST_ASKED = timedelta(days=7)  # that a site may have us wait by its own word
KEPT_POLLS = 100
ENTRY_TYPE = "application/json"  # an entry as it was read; see `FeedItem.as_bytes`


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """How many entries a feed holds now, and how many of them were new."""

    seen: int = 0
    fresh: int = 0


def queue_due(now: datetime) -> int:
    """Have every feed polled whose time has come; how many there were. One query and one a feed."""
    due = Feed.objects.filter(is_active=True, next_poll_at__lte=now).order_by("next_poll_at")
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        queue_poll(pk)
    return len(ids)


def poll_feed(feed_id: int) -> FeedPoll | None:
    """Poll a feed if it is due; None where it is paused, was removed, or another job did it.

    The net is asked outside any transaction. What is kept, what is sent by the feed's rule and the
    time of the next poll are committed together.
    """
    feed = Feed.objects.filter(pk=feed_id, is_active=True).first()
    if feed is None or feed.next_poll_at is None or feed.next_poll_at > timezone.now():
        return None
    answer = ask(feed.address, etag=feed.etag, last_modified=feed.last_modified)
    try:
        return _note(feed, answer, timezone.now())
    except (OperationalError, InterfaceError):
        raise
    except DatabaseError:  # what no table takes: else the site would be asked each minute
        return _note(feed, Answer(problem="not_kept", status=answer.status), timezone.now())


@audit.act()
@transaction.atomic
def _note(asked: Feed, answer: Answer, now: datetime) -> FeedPoll | None:
    """Keep what a poll gave; nothing if the feed was changed, polled or removed meanwhile."""
    feeds = Feed.objects.select_for_update(of=("self",))
    feeds = feeds.select_related("desk", "source", "story__desk")
    feed = feeds.filter(pk=asked.pk, is_active=True).first()
    if feed is None or feed.address != asked.address or feed.last_polled_at != asked.last_polled_at:
        return None
    kept = _Kept()
    if answer.content and not answer.problem:
        kept = keep_entries(feed, answer.content.entries, now)
    poll = FeedPoll.objects.create(
        feed=feed,
        at=now,
        outcome=_outcome(answer),
        http_status=answer.status,
        seen=kept.seen,
        fresh=kept.fresh,
        error="gone" if answer.is_gone else answer.problem,
    )
    _settle(feed, answer, poll)
    _forget_old_polls(feed)
    send_by_rule(feed)
    renew_sent(feed)
    return poll


def keep_entries(feed: Feed, items: Sequence[FeedItem], now: datetime) -> _Kept:
    """Keep the new entries and what has changed in those that are known. Six queries.

    What the desk has erased is left as it is. Holds the feed's lock, so that an entry is there
    once.
    """
    by_key: dict[str, FeedItem] = {}
    for item in items:
        by_key.setdefault(item.key_sha256, item)
    seen = len(by_key)
    for key in _erased(feed, by_key):
        del by_key[key]
    known = {row.key_sha256: row for row in feed.entries.filter(key_sha256__in=list(by_key))}
    fresh = {key: item for key, item in by_key.items() if key not in known}
    changed = {key: by_key[key] for key, row in known.items() if row.digest != by_key[key].digest}
    wanted = [*fresh.items(), *changed.items()]
    documents = keep_documents([_document(item) for _key, item in wanted], None)
    new, renewed = [], []
    # the newest stands first in most feeds: the inbox shows it first among those of one poll
    for (key, item), document in reversed(list(zip(wanted, documents, strict=True))):
        row = known.get(key) or FeedEntry(feed=feed, key_sha256=key, first_seen_at=now)
        for name, value in _columns(item, feed.desk.zone).items():
            setattr(row, name, value)
        row.raw_document = document
        if row.pk:
            row.changed_at = now
            row.row_version += 1
            renewed.append(row)
        else:
            new.append(row)
    FeedEntry.objects.bulk_create(new)
    changing = ["digest", "address", "title", "byline", "summary", "published_at"]
    changing += ["raw_document", "changed_at", "row_version"]
    FeedEntry.objects.bulk_update(renewed, changing)
    return _Kept(seen=seen, fresh=len(new))


def _erased(feed: Feed, items: Mapping[str, FeedItem]) -> set[str]:
    """The keys of the entries whose report the desk has erased: its words do not come back so."""
    of_entries = feed.entries.filter(
        key_sha256__in=list(items), item__article__erased_at__isnull=False
    )
    addresses = {key: canonical(item.address) for key, item in items.items() if item.address}
    reports = Article.objects.filter(story__desk=feed.desk_id, erased_at__isnull=False)
    gone = reports.filter(external_key__in=set(addresses.values()))
    found = set(gone.values_list("external_key", flat=True))
    return {
        *of_entries.values_list("key_sha256", flat=True),
        *(key for key, address in addresses.items() if address in found),
    }


def _document(item: FeedItem) -> Given:
    return Given(content=item.as_bytes(), content_type=ENTRY_TYPE, where_from=item.address)


def _columns(item: FeedItem, zone: str) -> Mapping[str, object]:
    return {
        "digest": item.digest,
        "address": item.address,
        "title": item.title,
        "byline": item.byline,
        "summary": item.summary,
        "published_at": _moment(item, zone),
    }


def _moment(item: FeedItem, zone: str) -> datetime | None:
    if item.published is None:
        return None
    try:
        return item.published.moment(zone)
    except OverflowError:  # at the ends of the calendar
        return None


def _outcome(answer: Answer) -> Feed.Outcome:
    if answer.problem:
        return Feed.Outcome.FAILED
    return Feed.Outcome.UNCHANGED if answer.unchanged else Feed.Outcome.READ


def _settle(feed: Feed, answer: Answer, poll: FeedPoll) -> None:
    """Let the feed say how it went, and when it is polled again."""
    feed.last_outcome, feed.last_error = poll.outcome, poll.error
    feed.last_polled_at = poll.at
    feed.failures = feed.failures + 1 if answer.problem else 0
    feed.next_poll_at = next_poll(feed, poll.at, _wait(feed, answer))
    columns = ["last_outcome", "last_error", "last_polled_at", "failures", "next_poll_at"]
    if answer.is_gone:
        feed.is_active, feed.next_poll_at = False, None
        feed.row_version += 1
        audit.record("reader.feed.gone", target=feed, actor=None)
        columns += ["is_active", "row_version"]
    elif not answer.problem:
        if answer.content is not None:
            feed.etag, feed.last_modified = answer.etag, answer.last_modified
            feed.title = feed.title or answer.content.title[:300]
        columns += ["etag", "last_modified", "title"]
    feed.save(update_fields=columns)
    if answer.moved_to and not answer.problem:
        _move(feed, answer.moved_to)


def _wait(feed: Feed, answer: Answer) -> timedelta:
    """How long to leave the site alone: its own interval, twice as long after each failure."""
    wait = timedelta(minutes=feed.interval_minutes)
    if answer.problem:
        doubled = wait * 2 ** min(feed.failures, 12)
        wait = max(wait, min(doubled, LONGEST_WAIT))
    return max(wait, min(timedelta(seconds=answer.retry_after), LONGEST_ASKED))


def _move(feed: Feed, address: str) -> None:
    """Poll the address that the site names from now on, unless the desk polls that already."""
    others = Feed.objects.filter(desk_id=feed.desk_id, address=address)
    if len(address) > 2000 or address == feed.address or others.exists():
        return
    before = feed.address
    feed.address, feed.row_version = address, feed.row_version + 1
    feed.save(update_fields=["address", "row_version"])
    audit.record(
        "reader.feed.moved",
        target=feed,
        actor=None,
        before={"address": before},
        after={"address": address},
    )


def _forget_old_polls(feed: Feed) -> None:
    kept = feed.polls.order_by("-at", "-pk").values("pk")[:KEPT_POLLS]
    feed.polls.exclude(pk__in=kept).delete()
