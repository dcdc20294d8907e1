"""The read model of the review queue: a person's open flags, gravest first, then oldest.

The number of queries does not depend on the number of flags.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.http import urlencode

from claims import words
from claims.flags import by_severity
from claims.models import Discrepancy, DiscrepancyClaim
from claims.modes import Mode, query_of
from claims.queue_rows import QueueRow, rows_of
from reader.models import Article, Role, Story, User

PAGE = 50  # flags on one page
NOTHING: Mapping[str, str] = MappingProxyType({})
EDITING = [role.value for role in Role if role.includes(Role.EDITOR)]


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

    `number` counts what the filters leave, `flags` and `suggestions` all that waits. `rule` is the
    rule whose flags alone are shown, where one was asked for.
    """

    rows: tuple[QueueRow, ...]
    number: int
    flags: int
    suggestions: int
    mode: Mode
    page: int
    pages: int
    stories: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    whats: tuple[Choice, ...]
    rule: str
    filters: str

    @property
    def everything(self) -> int:
        """All that waits in this mode."""
        return self.flags + self.suggestions

    @property
    def mode_query(self) -> str:
        """What the addresses in the page need to open in its mode."""
        return query_of(self.mode)

    @property
    def query(self) -> str:
        """The query of an address that shows the same: filters and mode."""
        return f"{self.filters}{self.mode_query}".removeprefix("&")

    @property
    def flag_rows(self) -> tuple[QueueRow, ...]:
        """The flags of the page."""
        return tuple(row for row in self.rows if not row.suggestion)

    @property
    def suggestion_rows(self) -> tuple[QueueRow, ...]:
        """The suggestions of the page."""
        return tuple(row for row in self.rows if row.suggestion)


def open_flags(user: User) -> QuerySet[Discrepancy]:
    """The flags that wait for a decision of this person."""
    return waiting(user, "quiet")


def waiting(user: User, mode: Mode) -> QuerySet[Discrepancy]:
    """What waits for a decision of this person in open stories they edit: flags, or all there is.

    One that rests on a report that is not live waits for that.
    """
    if not user.is_active:
        return Discrepancy.objects.none()
    hidden = DiscrepancyClaim.objects.filter(discrepancy=OuterRef("pk")).exclude(
        claim__article_version__article__status=Article.Status.LIVE
    )
    found = Discrepancy.objects.unsettled()
    return (found if mode == "thorough" else found.flags()).filter(
        ~Exists(hidden),
        story__status=Story.Status.OPEN,
        story__desk__memberships__user=user,
        story__desk__memberships__role__in=EDITING,
    )


def build_queue(
    user: User, *, asked: Mapping[str, str] = NOTHING, mode: Mode = "quiet", page: int = 1
) -> Queue:
    """One page of the person's queue; a page that it does not have is the nearest one.

    `asked` may name a story, a kind, a rule, and in thorough mode `what`: flags or suggestions. A
    story, kind or rule of which nothing is open gives an empty page, not that of others.
    """
    chosen = _known(asked, mode)
    groups = _groups(user, mode)
    counted = _counted(groups, chosen)
    number = sum(
        group.number
        for group in groups
        if all(on in ("", group.of[name]) for name, on in chosen.items())
    )
    pages = max(1, ceil(number / PAGE))
    page = min(max(page, 1), pages)
    titles = {group.of["story"]: group.title for group in groups}
    return Queue(
        rows=_page_rows(user, chosen, mode, page) if number else (),
        number=number,
        flags=sum(group.number for group in groups if group.of["what"] == "flags"),
        suggestions=sum(group.number for group in groups if group.of["what"] == "suggestions"),
        mode=mode,
        page=page,
        pages=pages,
        stories=_choices(titles, counted["story"], chosen["story"]),
        kinds=_choices(
            {one: str(word) for one, word in words.KINDS.items() if one in counted["kind"]},
            counted["kind"],
            chosen["kind"],
        ),
        whats=_choices(
            {one: str(word) for one, word in words.FINDS.items()}, counted["what"], chosen["what"]
        ),
        rule=chosen["rule"],
        filters=urlencode({name: on for name, on in chosen.items() if on}),
    )


def _known(asked: Mapping[str, str], mode: Mode) -> dict[str, str]:
    """What the queue is filtered by; words that are none filter nothing."""
    kind, what = asked.get("kind", ""), asked.get("what", "")
    return {
        "story": asked.get("story", ""),
        "kind": kind if kind in words.KINDS else "",
        "rule": asked.get("rule", ""),
        "what": what if what in words.FINDS and mode == "thorough" else "",
    }


@dataclass(frozen=True, kw_only=True)
class _Group:
    """How many wait of one story, kind, rule and sort."""

    of: Mapping[str, str]
    title: str
    number: int


def _groups(user: User, mode: Mode) -> list[_Group]:
    rows = (
        waiting(user, mode)
        .order_by("story__title", "story__slug", "kind", "rule", "suggestion")
        .values_list("story__slug", "story__title", "kind", "rule", "suggestion")
        .annotate(number=Count("pk"))
    )
    return [
        _Group(
            of={
                "story": slug,
                "kind": kind,
                "rule": rule,
                "what": "suggestions" if suggestion else "flags",
            },
            title=title,
            number=number,
        )
        for slug, title, kind, rule, suggestion, number in rows
    ]


def _counted(groups: Iterable[_Group], chosen: Mapping[str, str]) -> dict[str, Counter[str]]:
    """How many wait under each value of each filter, as far as the other filters leave them."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in chosen}
    for group in groups:
        for name in chosen:
            others = (on in ("", group.of[other]) for other, on in chosen.items() if other != name)
            counted[name][group.of[name]] += group.number if all(others) else 0
    return counted


def _choices(
    known: Mapping[str, str], counted: Mapping[str, int], chosen: str
) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value, word=word, number=counted.get(value, 0), chosen=value == chosen)
        for value, word in known.items()
    )


def _page_rows(
    user: User, chosen: Mapping[str, str], mode: Mode, page: int
) -> tuple[QueueRow, ...]:
    columns = {"story": "story__slug", "kind": "kind", "rule": "rule"}
    flags = waiting(user, mode).filter(
        **{column: chosen[name] for name, column in columns.items() if chosen[name]}
    )
    if chosen["what"]:
        flags = flags.filter(suggestion=chosen["what"] == "suggestions")
    first = (page - 1) * PAGE
    ordered = flags.order_by("suggestion", by_severity(), "found_at", "pk")[first : first + PAGE]
    rows = rows_of(list(ordered.select_related("story__desk", "point")), user)
    return tuple(replace(row, current=at == 0) for at, row in enumerate(rows))
