"""Strings that break things, sent through the forms of feeds and of the inbox."""

from collections.abc import Sequence

from django.test import Client
from django.urls import reverse

from reader.models import Feed

_FIELDS = ("address", "title", "source", "words", "interval_minutes", "story", "seen")


def form_of(feed: Feed, **changes: object) -> dict[str, object]:
    """The form of a feed as its page shows it, with some values changed."""
    known = {
        "address": feed.address,
        "title": feed.title,
        "source": feed.source.name,
        "story": feed.story.slug if feed.story else "",
        "words": feed.words,
        "interval_minutes": feed.interval_minutes,
        "seen": feed.row_version,
    }
    return {**known, **changes}


def send_naughty(client: Client, feed: Feed, strings: Sequence[str]) -> None:
    """Send each string in one field of the feed's form, and in all of one other form, in turn.

    An admin of the feed's desk is signed in. Nothing may answer anything but yes, no or not there.
    """
    for number, text in enumerate(strings):
        feed.refresh_from_db()
        form = form_of(feed, **{_FIELDS[number % len(_FIELDS)]: text})
        changed = client.post(reverse("reader:feed", args=[feed.pk]), form)
        assert changed.status_code in (302, 409, 422), text
        if number % 3 == 0:
            tried = client.post(reverse("reader:feed_try"), {"address": text, "desk": text})
            assert tried.status_code in (302, 422), text
        elif number % 3 == 1:
            sent = {"entry": text, "story": text, "shown_feed": text, "shown_status": text}
            decided = client.post(reverse("reader:inbox_send"), sent)
            assert decided.status_code in (302, 404, 422), text
        else:
            asked = {"feed": text, "status": text, "page": text, "just": text}
            assert client.get(reverse("reader:inbox"), asked).status_code == 200, text
