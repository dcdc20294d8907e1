"""The feeds of a desk: added, changed, paused, removed. What a poll gives is `feed_polling`'s."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from reader import audit
from reader.models import Desk, Feed, FeedTrial, Story, User
from reader.services.feed_queueing import queue_poll, queue_trial
from reader.services.sources import get_or_add_source

MIN_MINUTES, MAX_MINUTES = 5, 7 * 24 * 60
TRIAL_KEPT = timedelta(days=1)


class Overtaken(Exception):
    """Somebody changed the feed after the person's page was made; `feed` is as it is now."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(str(feed))
        self.feed = feed


class KnownFeed(ValueError):
    """The desk polls this address already."""


@dataclass(frozen=True, kw_only=True)
class FeedFacts:
    """What an admin says of a feed. With a story its entries go straight into it.

    `source` is the name of one; one that is not there yet is made.
    """

    address: str
    title: str
    source: str
    story: Story | None
    words: str
    interval_minutes: int

    def as_json(self) -> dict[str, object]:
        """The facts as the trail holds them."""
        return {**vars(self), "story": self.story.pk if self.story else None}

    def columns(self, person: User) -> dict[str, object]:
        """The values by column. Needs a transaction around it."""
        return {**vars(self), "source": get_or_add_source(name=self.source, actor=person)}


def facts_of(feed: Feed) -> FeedFacts:
    """What is said of a feed now."""
    return FeedFacts(
        address=feed.address,
        title=feed.title,
        source=feed.source.name,
        story=feed.story,
        words=feed.words,
        interval_minutes=feed.interval_minutes,
    )


@transaction.atomic
def add_feed(*, desk: Desk, facts: FeedFacts, person: User) -> Feed:
    """Have a desk poll an address from now on. Raises `KnownFeed`."""
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                desk=desk, made_by=person, next_poll_at=timezone.now(), **facts.columns(person)
            )
    except IntegrityError:
        if Feed.objects.filter(desk=desk, address=facts.address).exists():
            raise KnownFeed(facts.address) from None
        raise
    after = {"desk": desk.pk, **facts.as_json()}
    audit.record("reader.feed.added", target=feed, actor=person, after=after)
    queue_poll(feed.pk)
    return feed


@transaction.atomic
def change_feed(*, feed_id: int, row_version: int, facts: FeedFacts, person: User) -> None:
    """Change what is said of a feed; another address is asked for everything.

    Raises `Overtaken` if somebody changed it since the person saw `row_version`, and `KnownFeed`.
    """
    feed = _locked(feed_id, row_version)
    before = facts_of(feed)
    if before == facts:
        return
    fresh = {"etag": "", "last_modified": ""} if facts.address != feed.address else {}
    try:
        with transaction.atomic():
            _save(feed, **facts.columns(person), **fresh)
    except IntegrityError:
        if Feed.objects.filter(desk=feed.desk_id, address=facts.address).exists():
            raise KnownFeed(facts.address) from None
        raise
    _record("changed", feed, person, before.as_json(), facts.as_json())


@transaction.atomic
def pause_feed(*, feed_id: int, row_version: int, person: User) -> None:
    """Poll it no more until somebody resumes it. Raises `Overtaken`."""
    feed = _locked(feed_id, row_version)
    if feed.is_active:
        _save(feed, is_active=False, next_poll_at=None)
        _record("paused", feed, person)


@transaction.atomic
def resume_feed(*, feed_id: int, row_version: int, person: User) -> None:
    """Poll it again, at once. Raises `Overtaken`."""
    feed = _locked(feed_id, row_version)
    if not feed.is_active:
        _save(feed, is_active=True, next_poll_at=timezone.now(), failures=0)
        _record("resumed", feed, person)
        queue_poll(feed.pk)


@transaction.atomic
def ask_poll(*, feed_id: int, person: User) -> None:
    """Have it polled as soon as a worker is free; a paused one is not."""
    feed = Feed.objects.select_for_update().get(pk=feed_id)
    if feed.is_active:
        _save(feed, next_poll_at=timezone.now())
        _record("poll_asked", feed, person)
        queue_poll(feed.pk)


@transaction.atomic
def remove_feed(*, feed_id: int, row_version: int, person: User) -> None:
    """Forget a feed with its entries and polls; reports that came of it stay.

    Raises `Overtaken`.
    """
    feed = _locked(feed_id, row_version)
    entries = feed.entries.count()
    _record("removed", feed, person, facts_of(feed).as_json(), {"entries": entries})
    feed.entries.all().delete()
    feed.polls.all().delete()
    feed.delete()


@transaction.atomic
def start_trial(*, desk: Desk, address: str, person: User) -> FeedTrial:
    """Have an address tried once, by a job, before it becomes a feed."""
    trial = FeedTrial.objects.create(desk=desk, address=address, made_by=person)
    after = {"desk": desk.pk, "address": address}
    audit.record("reader.feedtrial.started", target=trial, actor=person, after=after)
    queue_trial(trial.pk)
    return trial


def forget_trials(now: datetime) -> None:
    """Delete what addresses gave that were tried more than a day before: outside text, unread."""
    FeedTrial.objects.filter(made_at__lt=now - TRIAL_KEPT).delete()


def next_poll(feed: Feed, now: datetime, wait: timedelta) -> datetime:
    """The next poll: after `wait` and up to a tenth more, so that feeds do not come all at once.

    The same feed at the same moment gets the same answer.
    """
    spread = (feed.pk * 2654435761 + int(now.timestamp())) % 1000 / 10_000  # Knuth's multiplier
    return now + wait * (1 + spread)


def _locked(feed_id: int, row_version: int) -> Feed:
    """The feed's row, held until the end of the transaction. Raises `Overtaken`."""
    feeds = Feed.objects.select_for_update(of=("self",)).select_related("source", "story")
    feed = feeds.get(pk=feed_id)
    if feed.row_version != row_version:
        raise Overtaken(feed)
    return feed


def _save(feed: Feed, **columns: object) -> None:
    for name, value in columns.items():
        setattr(feed, name, value)
    feed.row_version += 1
    feed.save(update_fields=[*columns, "row_version"])


def _record(
    verb: str,
    feed: Feed,
    person: User,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(f"reader.feed.{verb}", target=feed, actor=person, before=before, after=after)
