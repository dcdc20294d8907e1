"""When each source of a story published, changed and corrected its reports: one query.

A report's first version is its publication; a later one stands where the source says that it was
changed, else where it came in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.statements import Statement
from claims.whole_story import WholeStory
from claims.words import inside
from reader import dates
from reader.models import Article, ArticleVersion

Kind = Literal["published", "changed", "minor", "corrected"]
Change = ArticleVersion.Change
# What an event is, gravest last: where several stand at one place, the gravest is drawn.
GRAVITY: Final[Sequence[Kind]] = ("minor", "changed", "published", "corrected")
_MINOR: Final = {Change.SPACING, Change.DATE_LINE, Change.FLIP_FLOP}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a report, in the person's zone; `day_only`: the hour is unknown.

    `note` is in which words a correction says so.
    """

    at: datetime
    kind: Kind
    words: str
    day_only: bool
    title: str
    article: int
    note: str = ""

    @property
    def when(self) -> str:
        """The moment in words, with its zone."""
        return dates.day_and_year(self.at) if self.day_only else dates.moment(self.at)


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One source: what happened to its reports, in order, and for which days its claims speak."""

    source: str
    events: tuple[Event, ...]
    facts: Mapping[date, int]

    @property
    def as_of(self) -> str:
        """The days that its claims speak for, from the first to the last; empty if none."""
        return dates.days(min(self.facts), max(self.facts)) if self.facts else ""

    @property
    def claims(self) -> str:
        """How many claims have such a day."""
        number = sum(self.facts.values())
        return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}


def load_lanes(whole: WholeStory, zone: ZoneInfo, desk_zone: str) -> tuple[Lane, ...]:
    """A lane for each source, that which published first on top. Times are in `zone`."""
    events: dict[str, list[Event]] = defaultdict(list)
    for row in whole.rows.values():
        events[row["source__name"]].append(_published(row, zone, desk_zone))
    for version in _versions(whole):
        row = whole.rows[version["article_id"]]
        events[row["source__name"]].append(_changed(version, row, zone))
    facts = _facts(own for statements in whole.statements.values() for own in statements)
    return tuple(
        Lane(
            source=source,
            events=tuple(sorted(own, key=lambda one: (one.at, GRAVITY.index(one.kind)))),
            facts=facts.get(source, {}),
        )
        for source, own in events.items()
    )


def _versions(whole: WholeStory) -> list[dict[str, Any]]:
    """The later versions of the reports that are shown."""
    later = ArticleVersion.objects.filter(article__in=list(whole.rows), number__gt=1)
    fields = ("article_id", "number", "change", "correction_note", "modified_at", "created_at")
    return list(later.order_by("article_id", "number").values(*fields))


def _published(row: Mapping[str, Any], zone: ZoneInfo, desk_zone: str) -> Event:
    names = ("published_at", "published_precision", "published_zone")
    article = Article(**{name: row[name] for name in names})
    day_only = article.published_precision == Article.Precision.DAY
    if day_only:  # the middle of its own day, so that it stands in it
        day = article.published_on(desk_zone)
        at = datetime.combine(day, time(12), tzinfo=zone)
    else:
        at = article.published_at.astimezone(zone)
    return Event(
        at=at,
        kind="published",
        words=_("Published"),
        day_only=day_only,
        title=row["title"],
        article=row["pk"],
    )


def _changed(version: Mapping[str, Any], row: Mapping[str, Any], zone: ZoneInfo) -> Event:
    change = Change(version["change"])
    kind: Kind = "minor" if change in _MINOR else "changed"
    if change == Change.CORRECTION or version["correction_note"]:
        kind, change = "corrected", Change.CORRECTION
    words = _("Version %(number)s: %(change)s") % {
        "number": version["number"],
        "change": inside(str(change.label)),
    }
    return Event(
        at=(version["modified_at"] or version["created_at"]).astimezone(zone),
        kind=kind,
        words=words,
        day_only=False,
        title=row["title"],
        article=row["pk"],
        note=version["correction_note"],
    )


def _facts(statements: Iterable[Statement]) -> dict[str, Counter[date]]:
    """How many of each source's claims speak for each day; those with a stretch for its last."""
    found: dict[str, Counter[date]] = defaultdict(Counter)
    for statement in statements:
        day = statement.last or statement.first
        if day is not None:
            found[statement.report.source][day] += 1
    return found


def day_number(at: datetime) -> float:
    """A moment as days since the first of the calendar, by the clock of its own zone."""
    midnight = datetime.combine(at.date(), time(0), tzinfo=at.tzinfo)
    return at.date().toordinal() + (at - midnight) / timedelta(days=1)
