"""Read model of one import: how far it is, and a page of its items. Queries do not grow with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.import_batch_words import (
    advice_words,
    batch_name,
    count_words,
    person_words,
    progress_words,
    said_words,
)
from reader.import_rows import ItemRow, item_row
from reader.models import ImportBatch, ImportItem
from reader.services.planning import NEEDS_A_PERSON

PER_PAGE = 100
LIVE = 20  # so many items are listed by name while they are read; of more, only what failed
_FAILED_LIVE = 5
_STILL = timedelta(minutes=1)
_BUSY = (ImportBatch.State.READING, ImportBatch.State.STORING)
_OVER = (ImportBatch.State.DONE, ImportBatch.State.CANCELLED)
_Status = ImportItem.Status

# What a filter of the list shows; the counts of the page are these.
_SHOWN: Mapping[str, Q] = {
    "all": Q(),
    "needs": Q(status=_Status.WAITING, is_ready=False) & ~Q(planned="skip"),
    "ready": Q(status=_Status.WAITING, is_ready=True) & ~Q(planned="skip"),
    "skipped": Q(status=_Status.DUPLICATE) | Q(status=_Status.WAITING, planned="skip"),
    "failed": Q(status=_Status.FAILED),
    "created": Q(status=_Status.CREATED),
    "version": Q(status=_Status.VERSION),
    "given_up": Q(status__in=[_Status.DISCARDED, _Status.CANCELLED, _Status.EXPIRED]),
}
_WORKED = {  # what the bar does not count as handled yet, and what else the words need
    "skipped_waiting": Q(status=_Status.WAITING, planned="skip"),
    "reading": Q(status=_Status.READING),
    "confirmed": Q(status=_Status.CONFIRMED),
}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One way to narrow the list, with how many it shows."""

    label: str
    number: int
    url: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class BatchPage:
    """All that the page of an import shows."""

    pk: int
    url: str
    name: str
    state: str
    story: str
    slug: str
    person: str
    made_at: datetime
    zone: str
    said: str
    busy: bool
    is_over: bool
    may_cancel: bool
    may_act: bool
    numbers: Mapping[str, int]
    total: int
    handled: int
    progress_words: str
    counts: Sequence[str]
    advice: str
    slow: bool
    show: str
    filters: Sequence[Filter]
    rows: Sequence[ItemRow]
    live: Sequence[ItemRow]
    page: int
    pages: int
    told: int
    announce: str = field(default="")
    changed: str = ""

    @property
    def story_url(self) -> str:
        """Where the story is; empty while it is still to be made."""
        return reverse("claims:compare", args=[self.slug]) if self.slug else ""

    @property
    def ready(self) -> int:
        """How many can be stored without a further word."""
        return self.numbers["ready"] if self.may_act else 0

    @property
    def only_skipped(self) -> bool:
        """Whether all that waits is in the story already."""
        return self.may_act and self.numbers["skipped_waiting"] > 0 and not self.numbers["needs"]

    @property
    def stored(self) -> int:
        """How many are in the story by this import."""
        return self.numbers["created"] + self.numbers["version"]

    @property
    def may_retry(self) -> bool:
        """Whether the list shows anything to try again."""
        return self.show in ("all", "failed") and self.numbers["failed"] > 0

    @property
    def may_confirm(self) -> bool:
        """Whether the list shows anything that can be stored without a further word."""
        return self.show in ("all", "ready") and self.ready > 0

    @property
    def may_discard(self) -> bool:
        """Whether the list shows anything to discard."""
        return self.may_act and any(row.may_choose for row in self.rows)

    @property
    def first_number(self) -> int:
        """The number of the first row of this page."""
        return (self.page - 1) * PER_PAGE + 1


def _is_doubtful() -> Q:
    """Whether an item has a warning after which only a look at it stores it."""
    doubtful = Q(pk__in=[])
    for code in sorted(NEEDS_A_PERSON):
        doubtful |= Q(warnings__contains=[{"code": code}])
    return doubtful


def items_with_readiness(batch: ImportBatch) -> QuerySet[ImportItem]:
    """The batch's items, each with `is_ready`: whether it can be stored without a person's word."""
    return batch.items.alias(is_ready=~_is_doubtful())


def build_batch(
    batch: ImportBatch,
    *,
    zone: str,
    show: str = "",
    page: int = 1,
    asked_state: str = "",
    from_state: str = "",
    told: int = 0,
) -> BatchPage:
    """The page of an import; two queries, or three with the rows.

    `asked_state` is the state that the browser's progress shows now, `from_state` the one that its
    whole page showed, and `told` the last quarter of the way that was announced: by these the page
    says what is new, and asks for itself anew where the state has changed.
    """
    items = items_with_readiness(batch)
    numbers = _numbers(items)
    total = numbers["all"]
    busy = batch.state in _BUSY
    open_items = numbers["reading" if batch.state == ImportBatch.State.READING else "confirmed"]
    handled = total - open_items
    quarter = 4 * handled // total if busy and total else 0
    words = progress_words(batch, numbers, handled=handled)
    show = show if show in _SHOWN else _first_look(batch, numbers)
    pages = max(1, -(-numbers[show] // PER_PAGE))
    page = min(max(page, 1), pages)
    changed = asked_state if asked_state and asked_state != batch.state else ""
    return BatchPage(
        pk=batch.pk,
        url=reverse("reader:import_batch", args=[batch.pk]),
        name=batch_name(batch.how, total),
        state=batch.state,
        story=batch.story.title if batch.story else batch.new_story,
        slug=batch.story.slug if batch.story else "",
        person=person_words(batch),
        made_at=batch.made_at,
        zone=zone,
        said=said_words(batch.said),
        busy=busy and not changed,
        is_over=batch.state in _OVER,
        may_cancel=batch.state not in _OVER,
        may_act=batch.state in (ImportBatch.State.WAITING, *_OVER),
        numbers=numbers,
        total=total,
        handled=handled,
        progress_words=words,
        counts=count_words(numbers),
        advice=advice_words(batch, numbers),
        slow=busy and timezone.now() - batch.made_at > _STILL and not handled,
        show=show,
        filters=_filters(numbers, show),
        rows=_rows(batch, items, show, page, zone) if not busy and not changed else [],
        live=_live(batch, numbers, zone) if busy and not changed else [],
        page=page,
        pages=pages,
        told=max(told, quarter),
        announce=words if from_state or quarter > told else "",
        changed=changed,
    )


def _numbers(items: QuerySet[ImportItem]) -> dict[str, int]:
    """How many items each filter shows, and how many are still to be worked on."""
    counted = {f"n_{name}": Count("pk", filter=found) for name, found in _conditions().items()}
    found = items.aggregate(**counted)
    return {name.removeprefix("n_"): number for name, number in found.items()}


def _conditions() -> Mapping[str, Q]:
    return {**_SHOWN, "all": Q(pk__isnull=False), **_WORKED}


def _first_look(batch: ImportBatch, numbers: Mapping[str, int]) -> str:
    """What a person wants to see first: what needs them, where anything does."""
    return "needs" if numbers["needs"] and numbers["needs"] < numbers["all"] else "all"


def _filters(numbers: Mapping[str, int], show: str) -> list[Filter]:
    labels = {
        "all": _("All"),
        "needs": _("Need you"),
        "ready": _("Ready"),
        "skipped": _("Already here"),
        "failed": _("Failed"),
        "created": _("New reports"),
        "version": _("New versions"),
        "given_up": _("Left out"),
    }
    return [
        Filter(
            label=label,
            number=numbers[name],
            url=f"?{urlencode({'show': name})}",
            chosen=name == show,
        )
        for name, label in labels.items()
        if name in ("all", show) or numbers[name]
    ]


def _rows(
    batch: ImportBatch, items: QuerySet[ImportItem], show: str, page: int, zone: str
) -> list[ItemRow]:
    start = (page - 1) * PER_PAGE
    found = shown_items(items, show)[start : start + PER_PAGE]
    may_act = batch.state in (ImportBatch.State.WAITING, *_OVER)
    return [item_row(item, batch, zone=zone, may_act=may_act) for item in found]


def shown_items(items: QuerySet[ImportItem], show: str) -> QuerySet[ImportItem]:
    """The items of one filter in their order, without their texts."""
    return (
        items.filter(_SHOWN.get(show, Q()))
        .select_related("article", "version", "renews__source")
        .defer("text", "blocks", "body_html", "original", "cuts", "version__text",
               "version__blocks", "version__body_html")
        .order_by("position", "pk")
    )  # fmt: skip


def _live(batch: ImportBatch, numbers: Mapping[str, int], zone: str) -> list[ItemRow]:
    """A few items by name while they are read or stored: all of a small import, else failures."""
    items = shown_items(items_with_readiness(batch), "all")
    if numbers["all"] > LIVE:
        if not numbers["failed"]:
            return []
        items = items.filter(status=_Status.FAILED)[:_FAILED_LIVE]
    return [item_row(item, batch, zone=zone, may_act=False) for item in items]
