"""The read model of the review queue: a person's open flags, gravest first, then oldest.

The number of queries does not depend on the number of flags.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.http import urlencode

from claims import stored_reading, words
from claims.decided import Decided, load_decided
from claims.decision_form import Draft
from claims.engine import normal_form
from claims.flags import by_severity
from claims.models import Discrepancy, DiscrepancyClaim
from reader.models import Article, Role, Story, User

PAGE = 50  # flags on one page
EDITING = [role.value for role in Role if role.includes(Role.EDITOR)]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One of the values that differ, and the reports that give it."""

    normal: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One flag of the queue."""

    id: int
    kind_word: str
    severity: str
    severity_word: str
    status: str
    status_word: str
    point: int
    label: str
    story: str
    slug: str
    explanation: str
    values: tuple[Value, ...]
    found: datetime
    found_words: str
    row_version: int
    decided: Decided
    current: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value that the queue can be filtered by, with the number of open flags that it leaves."""

    value: str
    word: str
    number: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One page of the queue. `filters` are the chosen ones as an address has them.

    `rule` is the rule whose flags alone are shown, where one was asked for.
    """

    rows: tuple[QueueRow, ...]
    number: int
    everything: int
    page: int
    pages: int
    stories: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    rule: str
    filters: str


def open_flags(user: User) -> QuerySet[Discrepancy]:
    """The flags that wait for a decision of this person: those of open stories they edit.

    One that rests on a report that is not live waits for that.
    """
    if not user.is_active:
        return Discrepancy.objects.none()
    hidden = DiscrepancyClaim.objects.filter(discrepancy=OuterRef("pk")).exclude(
        claim__article_version__article__status=Article.Status.LIVE
    )
    return Discrepancy.objects.unsettled().filter(
        ~Exists(hidden),
        suggestion=False,
        story__status=Story.Status.OPEN,
        story__desk__memberships__user=user,
        story__desk__memberships__role__in=EDITING,
    )


def build_queue(
    user: User, *, story: str = "", kind: str = "", rule: str = "", page: int = 1
) -> Queue:
    """One page of the person's queue; a page that it does not have is the nearest one.

    A story, kind or rule of which nothing is open gives an empty page, not that of others.
    """
    groups = list(
        open_flags(user)
        .order_by("story__title", "story__slug", "kind", "rule")
        .values_list("story__slug", "story__title", "kind", "rule")
        .annotate(number=Count("pk"))
    )
    kind = kind if kind in words.KINDS else ""
    chosen = (("story", story), ("kind", kind), ("rule", rule))
    by_story: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for slug, _title, found, its, number in groups:
        if rule not in ("", its):
            continue
        by_story[slug] += number if kind in ("", found) else 0
        by_kind[found] += number if story in ("", slug) else 0
    number = sum(by_kind[one] for one in by_kind if kind in ("", one))
    pages = max(1, ceil(number / PAGE))
    page = min(max(page, 1), pages)
    titles = {slug: title for slug, title, *_ in groups}
    return Queue(
        rows=_page_rows(user, dict(chosen), page) if number else (),
        number=number,
        everything=sum(count for *_, count in groups),
        page=page,
        pages=pages,
        stories=tuple(
            Choice(value=slug, word=titles[slug], number=by_story[slug], chosen=slug == story)
            for slug in titles
        ),
        kinds=tuple(
            Choice(value=one, word=str(word), number=by_kind[one], chosen=one == kind)
            for one, word in words.KINDS.items()
            if one in by_kind
        ),
        rule=rule,
        filters=urlencode({name: on for name, on in chosen if on}),
    )


def _page_rows(user: User, chosen: Mapping[str, str], page: int) -> tuple[QueueRow, ...]:
    columns = {"story": "story__slug", "kind": "kind", "rule": "rule"}
    flags = open_flags(user).filter(**{columns[name]: on for name, on in chosen.items() if on})
    first = (page - 1) * PAGE
    ordered = flags.order_by(by_severity(), "found_at", "pk")[first : first + PAGE]
    rows = rows_of(list(ordered.select_related("story__desk", "point")), user)
    return tuple(replace(row, current=at == 0) for at, row in enumerate(rows))


def rows_of(flags: Sequence[Discrepancy], user: User) -> list[QueueRow]:
    """Flags as rows; two queries. Their stories, desks and points are loaded already."""
    values = _values(flags)
    zones = {flag.pk: ZoneInfo(user.zone or flag.story.desk.zone) for flag in flags}
    decided = load_decided({flag.pk: flag for flag in flags}, zones)
    return [
        QueueRow(
            id=flag.pk,
            kind_word=words.word(words.KINDS, flag.kind),
            severity=flag.severity,
            severity_word=words.word(words.SEVERITIES, flag.severity),
            status=flag.status,
            status_word=words.word(words.STATUSES, flag.status),
            point=flag.point_id,
            label=flag.point.label,
            story=flag.story.title,
            slug=flag.story.slug,
            explanation=flag.explanation,
            values=values[flag.pk],
            found=flag.found_at,
            found_words=date_format(flag.found_at.astimezone(zones[flag.pk]), "j M Y, H:i T"),
            row_version=flag.row_version,
            decided=decided[flag.pk],
        )
        for flag in flags
    ]


def _values(flags: Sequence[Discrepancy]) -> Mapping[int, tuple[Value, ...]]:
    """What each flag's reports say, as normal forms; who says the same stands together."""
    links = (
        DiscrepancyClaim.objects.filter(discrepancy__in=flags)
        .order_by("claim__article_version__article__published_at", "claim__start", "pk")
        .values_list(
            "discrepancy_id",
            "claim__reading",
            "claim__overrides",
            "claim__article_version__article__source__name",
        )
    )
    found: dict[int, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for flag, reading, overrides, source in links:
        normal = normal_form.value(stored_reading.from_json({**reading, **overrides}))
        found[flag][normal][source] = None
    return {
        flag.pk: tuple(
            Value(normal=normal, sources=tuple(sources))
            for normal, sources in found[flag.pk].items()
        )
        for flag in flags
    }
