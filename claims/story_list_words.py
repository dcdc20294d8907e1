"""What is new in a story, in words that lead to where it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.story_list_news import News
from reader.dates import date_format

MOST = 6  # what a row tells; the rest is in the history
_WEEK = 6  # days back for which a weekday says enough


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that is new: "2 new reports", and where it is seen."""

    words: str
    address: str


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When the person looked, as short as it is clear: "14:05", "Tue 14:05", "3 November"."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    days = (today.date() - local.date()).days
    if days == 0:
        return date_format(local, "H:i")
    if 0 < days <= _WEEK:
        return date_format(local, "D H:i")
    return date_format(local, "j F" if local.year == today.year else "j F Y")


def news_label(*, is_new: bool, when: str) -> str:
    """What stands before the list of news, or in place of one."""
    if is_new:
        return _("New since %(when)s") % {"when": when}
    return _("Nothing new since %(when)s") % {"when": when}


def news_items(slug: str, news: News, since: datetime) -> tuple[Item, ...]:
    """What is new, the weightiest first; past a few things the history tells the rest."""
    items = list(_items(slug, news, since))
    if len(items) > MOST:
        more = Item(words=_("more in the history"), address=_history(slug, since))
        return (*items[: MOST - 1], more)
    return tuple(items)


def _items(slug: str, news: News, since: datetime) -> Iterator[Item]:
    if number := len(news.reports):
        yield Item(
            words=ngettext("%(n)s new report", "%(n)s new reports", number) % {"n": number},
            address=_one_report(slug, news.reports),
        )
    if number := len(news.corrections):
        yield Item(
            words=ngettext("%(n)s correction", "%(n)s corrections", number) % {"n": number},
            address=_one_report(slug, news.corrections),
        )
    if number := len(news.texts):
        yield Item(
            words=ngettext("%(n)s new version", "%(n)s new versions", number) % {"n": number},
            address=_one_report(slug, news.texts),
        )
    if number := len(news.flags):
        yield Item(
            words=ngettext("%(n)s new flag", "%(n)s new flags", number) % {"n": number},
            address=_flag(slug, *news.flags[0]),
        )
    for kind, about in _ABOUT.items():
        if number := news.number(kind):
            yield Item(words=_told(kind, number), address=_history(slug, since, about))


# Where in the history each kind of news is told: the type of thing it happened to.
_ABOUT = {
    "opened_again": "claims.discrepancy",
    "settled": "claims.discrepancy",
    "decided": "claims.discrepancy",
    "noted": "claims.discrepancy",
    "gone": "claims.discrepancy",
    "new_points": "",
    "points": "claims.point",
    "claims": "claims.claim",
    "pairs": "claims.counterpart",
    "shown": "reader.article",
    "hidden": "reader.article",
    "facts": "reader.article",
    "renamed": "reader.story",
    "closed": "reader.story",
    "reopened": "reader.story",
}


def _told(kind: str, number: int) -> str:
    words = {
        "opened_again": ngettext("%(n)s flag opened again", "%(n)s flags opened again", number),
        "settled": ngettext("%(n)s flag settled", "%(n)s flags settled", number),
        "decided": ngettext("%(n)s flag decided", "%(n)s flags decided", number),
        "noted": ngettext("%(n)s flag with a new note", "%(n)s flags with new notes", number),
        "gone": ngettext("%(n)s flag no longer found", "%(n)s flags no longer found", number),
        "new_points": ngettext("%(n)s new point", "%(n)s new points", number),
        "points": ngettext("%(n)s point changed", "%(n)s points changed", number),
        "claims": ngettext("%(n)s claim changed", "%(n)s claims changed", number),
        "pairs": ngettext("%(n)s pair decided", "%(n)s pairs decided", number),
        "shown": ngettext("%(n)s report shown", "%(n)s reports shown", number),
        "hidden": ngettext("%(n)s report hidden", "%(n)s reports hidden", number),
        "facts": ngettext(
            "%(n)s report with new details", "%(n)s reports with new details", number
        ),
        "renamed": _("another title"),
        "closed": _("the story was closed"),
        "reopened": _("the story was reopened"),
    }
    return words[kind] % {"n": number}


def _one_report(slug: str, reports: tuple[int, ...]) -> str:
    """The report's own page, or the list of the story's reports."""
    if len(reports) == 1:
        return reverse("reader:article", args=[reports[0]])
    return reverse("reader:story_reports", args=[slug])


def _flag(slug: str, point: int, flag: int) -> str:
    page = reverse("claims:compare", args=[slug])
    return f"{page}?{urlencode({'point': point, 'flag': flag})}"


def _history(slug: str, since: datetime, about: str = "") -> str:
    asked = {"since": since.isoformat(timespec="seconds"), **({"kind": about} if about else {})}
    return f"{reverse('reader:history', args=[slug])}?{urlencode(asked)}"
