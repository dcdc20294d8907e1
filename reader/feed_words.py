"""What the pages of feeds say: how a poll went, when the next one is, what became of an entry."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from reader.import_words import refusal_words
from reader.ingest.refusals import SENTENCES
from reader.models import Feed, ImportItem

_PROBLEMS: Mapping[str, str | Promise] = {
    "empty": lazy("The site sent nothing."),
    "too_large": lazy("The feed is larger than 10 MB."),
    "too_slow": lazy("The feed took too long or too much memory to read."),
    "entities": lazy("The feed declares entities that would grow without end; it was not read."),
    "not_a_feed": lazy("At this address is neither a feed nor a page that names one."),
    "page": lazy("At this address is a web page, which names feeds of its own."),
    "gone": lazy("The site says that this feed has ended."),
    "not_found": lazy("The site has nothing at this address."),
    "blocked": lazy("This address leads into a private network, from which nothing is fetched."),
    "wrong_type": lazy("At this address is neither a feed nor a page. Check it."),
    "not_allowed": lazy("The site does not let this address be read."),
}
# where an entry's import stands, for people who may not open it too
_ITEMS: Mapping[str, str | Promise] = {
    ImportItem.Status.READING: lazy("It is being fetched and read"),
    ImportItem.Status.WAITING: lazy("It waits to be confirmed"),
    ImportItem.Status.CONFIRMED: lazy("It is being stored"),
    ImportItem.Status.CREATED: lazy("Stored as a new report"),
    ImportItem.Status.VERSION: lazy("Stored as a new version"),
    ImportItem.Status.DUPLICATE: lazy("It was here already"),
    ImportItem.Status.FAILED: lazy("It could not be read"),
    ImportItem.Status.EXPIRED: lazy("Nobody confirmed it in time"),
    ImportItem.Status.DISCARDED: lazy("It was discarded"),
    ImportItem.Status.CANCELLED: lazy("Its import was cancelled"),
}


def problem_words(problem: str) -> str:
    """Why an address gave nothing, in a sentence."""
    if problem in _PROBLEMS:
        return str(_PROBLEMS[problem])
    for reason in SENTENCES:
        if reason == problem:
            return refusal_words(reason)
    return _("The feed could not be read.")


def item_words(status: str) -> str:
    """Where the import of an entry stands."""
    return str(_ITEMS[status])


def result_words(feed: Feed, seen: int, fresh: int) -> str:
    """How the last poll went; `seen` and `fresh` are the entries that it gave."""
    if feed.last_outcome == Feed.Outcome.FAILED:
        return problem_words(feed.last_error)
    if feed.last_outcome == Feed.Outcome.UNCHANGED:
        return _("Nothing new.")
    if feed.last_outcome == Feed.Outcome.NEVER:
        return _("Not polled yet.")
    entries = ngettext("%(n)d entry", "%(n)d entries", seen) % {"n": seen}
    return _("%(entries)s, %(fresh)d of them new.") % {"entries": entries, "fresh": fresh}


def next_words(feed: Feed, now: datetime) -> str:
    """When the feed is polled next; empty where its time is to be shown."""
    if not feed.is_active:
        return _("Paused")
    if feed.next_poll_at is None or feed.next_poll_at <= now:
        return _("As soon as a worker is free")
    return ""
