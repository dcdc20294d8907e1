"""What the net would answer to a poll, made by hand."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from reader.ingest.feeds import FeedContent, read_feed
from reader.models import Desk, Feed, FeedEntry, FeedPoll, Story
from reader.services import feed_polling
from reader.services.feed_asking import Answer
from tests import factories

ADDRESS = "https://feeds.example.org/all"
WHOLE = "".join(
    f"<p>At least {number} ships wait off the quay of the town, the harbour office said.</p>"
    for number in range(300, 320)
)


def item(key: str, **members: Any) -> dict[str, Any]:
    """An entry with an address and a time; its title holds its key."""
    defaults = {
        "id": key,
        "url": f"https://example.org/{key}",
        "title": f"Quay {key}",
        "date_published": "2024-10-23T08:00:00Z",
    }
    return {**defaults, **members}


def content(*items: dict[str, Any]) -> FeedContent:
    """A feed of these entries, as the child reads it."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Port", "items": list(items)}
    return read_feed(json.dumps(feed).encode(), "application/feed+json", ADDRESS)


def read(*items: dict[str, Any], **fields: Any) -> Answer:
    """A good answer with these entries."""
    return Answer(content=content(*items), status=200, **fields)


@contextmanager
def answering(*answers: Answer) -> Iterator[list[dict[str, str]]]:
    """Polls get these answers in turn; gives what was asked."""
    waiting, asked = list(answers), list[dict[str, str]]()

    def ask(address: str, **known: str) -> Answer:
        asked.append({"address": address, **known})
        return waiting.pop(0)

    with patch.object(feed_polling, "ask", ask):
        yield asked


def poll(feed: Feed, *answers: Answer) -> FeedPoll | None:
    """Poll the feed as if it were due, once for each answer; what the last one gave."""
    done = None
    for answer in answers:
        Feed.objects.filter(pk=feed.pk, is_active=True).update(next_poll_at=timezone.now())
        with answering(answer):
            done = feed_polling.poll_feed(feed.pk)
    feed.refresh_from_db()
    return done


def make_feed(desk: Desk | None = None, story: Story | None = None, **fields: Any) -> Feed:
    """A feed of this module's address."""
    return factories.make_feed(desk, story, **{"address": ADDRESS, **fields})


def entries_of(feed: Feed, *items: dict[str, Any]) -> Sequence[FeedEntry]:
    """The feed after a poll that gave these entries, in their order."""
    poll(feed, read(*items))
    rows = {row.title: row for row in feed.entries.all()}
    return [rows[one["title"]] for one in items]
