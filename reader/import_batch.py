"""Read model of one import: how far it is, and a page of its items. Queries do not grow with it."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.import_batch_page import PER_PAGE, BatchPage, Filter, may_act_on, pages_of
from reader.import_rows import ItemRow, item_row
from reader.models import ImportBatch, ImportItem
from reader.services.planning import NEEDS_A_PERSON

LIVE = 20  # so many items are listed by name while they are read; of more, only what failed
_FAILED_LIVE = 5
_BUSY = (ImportBatch.State.READING, ImportBatch.State.STORING)
_Status = ImportItem.Status


def _shown(now: datetime) -> dict[str, Q]:
    """What a filter of the list shows; the counts of the page are these.

    What nobody confirmed in time waits no more, even before the hourly job has emptied it.
    """
    in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    waiting = Q(status=_Status.WAITING) & in_time
    expired = Q(status=_Status.EXPIRED) | Q(status=_Status.WAITING, expires_at__lte=now)
    return {
        "all": Q(pk__isnull=False),
        "needs": waiting & Q(is_ready=False) & ~Q(planned="skip"),
        "ready": waiting & Q(is_ready=True) & ~Q(planned="skip"),
        "skipped": Q(status=_Status.DUPLICATE) | (waiting & Q(planned="skip")),
        "failed": Q(status=_Status.FAILED),
        "created": Q(status=_Status.CREATED),
        "version": Q(status=_Status.VERSION),
        "given_up": Q(status__in=[_Status.DISCARDED, _Status.CANCELLED]) | expired,
    }


def _conditions(now: datetime) -> dict[str, Q]:
    """The same, and what the bar does not count as handled yet, and what else the words need."""
    waiting = Q(status=_Status.WAITING)
    return {
        **_shown(now),
        "skipped_waiting": waiting & Q(planned="skip") & ~Q(expires_at__lte=now),
        "expired": Q(status=_Status.EXPIRED) | (waiting & Q(expires_at__lte=now)),
        "reading": Q(status=_Status.READING),
        "confirmed": Q(status=_Status.CONFIRMED),
    }


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
    """The page of an import, in three queries.

    `asked_state` is the state that the browser's progress shows now, `from_state` the one that its
    whole page showed, and `told` the last quarter of the way that was announced: by these the page
    says what is new, and asks for itself anew where the state has changed.
    """
    items, now = items_with_readiness(batch), timezone.now()
    numbers = _numbers(items, now)
    busy = batch.state in _BUSY
    handled = numbers["all"] - numbers["reading" if batch.state == "reading" else "confirmed"]
    quarter = 4 * handled // max(numbers["all"], 1) if busy else 0
    show = show if show in _shown(now) else _first_look(batch, numbers)
    page = min(max(page, 1), pages_of(numbers[show]))
    changed = asked_state if asked_state and asked_state != batch.state else ""
    return BatchPage(
        batch=batch,
        zone=zone,
        busy=busy and not changed,
        numbers=numbers,
        handled=handled,
        show=show,
        filters=_filters(numbers, show),
        rows=_rows(batch, items, show, page, zone) if not busy and not changed else [],
        live=_live(batch, numbers, zone) if busy and not changed else [],
        page=page,
        told=max(told, quarter),
        announces=bool(from_state) or quarter > told,
        changed=changed,
    )


def _numbers(items: QuerySet[ImportItem], now: datetime) -> dict[str, int]:
    """How many items each filter shows, and how many are still to be worked on."""
    counted = {f"n_{name}": Count("pk", filter=found) for name, found in _conditions(now).items()}
    found = items.aggregate(**counted)
    return {name.removeprefix("n_"): number for name, number in found.items()}


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
    return [item_row(item, batch, zone=zone, may_act=may_act_on(batch)) for item in found]


def shown_items(items: QuerySet[ImportItem], show: str) -> QuerySet[ImportItem]:
    """The items of one filter in their order, without their texts."""
    return (
        items.filter(_shown(timezone.now()).get(show, Q()))
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
