"""Trying an address once, before it becomes a feed, so that an admin sees what it would bring."""

from collections.abc import Mapping
from itertools import islice

from django.db import transaction
from django.utils import timezone

from reader.models import FeedTrial
from reader.services.feed_asking import Answer, ask

SHOWN = 5  # of its entries


def try_feed(trial_id: int) -> None:
    """Ask the address and keep what it gave; nothing if that was done already. For jobs."""
    trial = FeedTrial.objects.filter(pk=trial_id, tried_at=None).first()
    if trial is None:
        return
    answer = ask(trial.address)
    with transaction.atomic():
        FeedTrial.objects.filter(pk=trial_id, tried_at=None).update(
            tried_at=timezone.now(), found=_found(answer), error=answer.problem
        )


def _found(answer: Answer) -> Mapping[str, object]:
    """What the page shows of it: plain words and addresses."""
    content = answer.content
    if content is None:
        return {}
    shown = [
        {
            "title": item.title,
            "summary": item.summary[:200],
            "published": item.published.as_text() if item.published else "",
            "is_whole": item.is_whole,
            "address": item.address,
        }
        for item in islice(content.entries, SHOWN)
    ]
    return {
        "title": content.title[:300],
        "number": len(content.entries),
        "guessed": content.guessed,
        "entries": shown,
        "advertised": [list(feed) for feed in content.advertised],
        "moved_to": answer.moved_to,
    }
