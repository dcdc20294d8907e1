"""The read models of the feeds' pages: the list, a feed's last polls, what a tried address gave."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.feed_words import next_words, problem_words, result_words
from reader.inbox import waiting_in
from reader.ingest.times import Published, parse_published
from reader.models import Desk, Feed, FeedPoll, FeedTrial, User

POLLS = 20


@dataclass(frozen=True, kw_only=True)
class FeedRow:
    """One feed of the list; `waits` is how many of its entries are new."""

    feed: Feed
    zone: str
    result: str
    next: str
    waits: int
    is_due: bool


@dataclass(frozen=True, kw_only=True)
class PollRow:
    """One poll in words."""

    at: datetime
    failed: bool
    words: str
    status: int | None


@dataclass(frozen=True, kw_only=True)
class TrialShown:
    """What a tried address gave; `initial` are the values with which its form begins."""

    zone: str
    problem: str
    advertised: Sequence[tuple[str, str]]
    title: str
    number: int
    guessed: bool
    entries: Sequence[Mapping[str, Any]]
    initial: Mapping[str, Any]


def list_feeds(user: User, desks: Sequence[Desk], now: datetime) -> dict[str, Any]:
    """The feeds of the desks by name, three queries; whether one is about to be polled."""
    feeds = Feed.objects.filter(desk__in=desks).select_related("desk", "source", "story")
    polls = FeedPoll.objects.filter(feed__desk__in=desks).order_by("feed_id", "-at", "-pk")
    last = {poll.feed_id: poll for poll in polls.distinct("feed_id")}
    waits = waiting_in(feeds)
    rows = [
        FeedRow(
            feed=feed,
            zone=user.zone or feed.desk.zone,
            result=result_words(feed, *_numbers(last.get(feed.pk))),
            next=next_words(feed, now),
            waits=waits[feed.pk],
            is_due=feed.is_active and feed.next_poll_at is not None and feed.next_poll_at <= now,
        )
        for feed in feeds
    ]
    return {"rows": rows, "due": any(row.is_due for row in rows)}


def _numbers(poll: FeedPoll | None) -> tuple[int, int]:
    return (poll.seen, poll.fresh) if poll else (0, 0)


def polls_of(feed: Feed) -> Sequence[PollRow]:
    """The last polls of a feed, newest first."""
    rows = []
    for poll in feed.polls.all()[:POLLS]:
        told = Feed(last_outcome=poll.outcome, last_error=poll.error)
        rows.append(
            PollRow(
                at=poll.at,
                failed=poll.outcome == Feed.Outcome.FAILED,
                words=result_words(told, poll.seen, poll.fresh),
                status=poll.http_status,
            )
        )
    return rows


def shown_trial(user: User, trial: FeedTrial) -> TrialShown:
    """What the page of a tried address shows."""
    found = trial.found
    title = str(found.get("title", ""))
    return TrialShown(
        zone=user.zone or trial.desk.zone,
        problem=problem_words(trial.error) if trial.error else "",
        advertised=[(name, address) for name, address in found.get("advertised", [])],
        title=title,
        number=int(found.get("number", 0)),
        guessed=bool(found.get("guessed")),
        entries=[_entry(entry) for entry in found.get("entries", [])],
        initial={
            "address": found.get("moved_to") or trial.address,
            "title": title,
            "source": title[:200],
            "interval_minutes": 30,
        },
    )


def _entry(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry with its time as a moment, or as the day that it was given as."""
    published: Published | None = None
    with suppress(ValueError):
        published = parse_published(str(entry["published"]))
    timed = published is not None and published.precision == "minute" and published.zone
    return {
        **entry,
        "moment": published.moment("UTC") if published and timed else None,
        "day": published.day if published and not timed else None,
    }
