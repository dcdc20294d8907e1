"""A person's word on what was read: store it, correct it, leave it, try it again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reader import audit
from reader.ingest.kinds import CONTENT_TYPES
from reader.models import Article, ImportBatch, ImportItem, RawDocument, User
from reader.services.batches import EMPTY, KEPT_FOR, settle
from reader.services.documents import Given, keep_documents
from reader.services.imports import Facts
from reader.services.planning import is_certain, plan_again
from reader.services.proposals import Proposal, with_facts
from reader.services.queueing import queue_storing
from reader.services.reading_again import can_be_read, read_again

Status = ImportItem.Status


class ItemGone(Exception):
    """The item is not where the person saw it; `item` is as it is now."""

    def __init__(self, item: ImportItem) -> None:
        super().__init__(item.status)
        self.item = item


class BatchGone(Exception):
    """The import does not wait for anybody: it is being read, is over or was called off."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(batch.state)
        self.batch = batch


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """How many items are to be stored now, and how many of those asked for need a person first."""

    stored: int
    left: int


@audit.act()
@transaction.atomic
def confirm(
    batch: ImportBatch, person: User | None, items: Iterable[int] | None = None
) -> Confirmed:
    """Have the items stored that are certain: those named by id, or all that wait.

    What is in doubt (see `planning.NEEDS_A_PERSON`) is left; `confirm_item` is its way. Raises
    `BatchGone` if the import does not wait.
    """
    locked = _waiting_batch(batch)
    asked = locked.items.filter(status=Status.WAITING)
    if items is not None:
        asked = asked.filter(pk__in=list(items))
    rows = list(asked.only("pk", "warnings", "expires_at"))
    now = timezone.now()
    certain = [row.pk for row in rows if is_certain(row) and not _is_over(row, now)]
    stored = locked.items.filter(pk__in=certain, status=Status.WAITING).update(
        status=Status.CONFIRMED
    )
    if stored:
        audit.record(
            "reader.import.confirmed", target=locked, actor=person, after={"items": certain}
        )
        settle(locked.pk)
        queue_storing(locked.pk)
    batch.refresh_from_db()
    return Confirmed(stored=stored, left=len(rows) - stored)


@audit.act()
@transaction.atomic
def confirm_item(
    item: ImportItem, person: User, facts: Facts, renews: Article | None = None
) -> ImportItem:
    """Have one item stored with the facts that the person let stand or corrected.

    `renews` is the article that it is a new version of. Raises `ItemGone` if it does not wait, and
    `BatchGone` while others of its import are still being read.
    """
    locked = _locked(item, Status.WAITING)
    batch = _waiting_batch(locked.batch)
    proposal = with_facts(Proposal.of(locked), facts, batch.desk)
    locked.proposed = proposal.as_json()
    locked.renews = renews
    locked.planned = ImportItem.Planned.RENEW if renews else ImportItem.Planned.CREATE
    locked.status = Status.CONFIRMED
    locked.save(update_fields=["proposed", "renews", "planned", "status"])
    audit.record(
        "reader.import.item_confirmed",
        target=locked,
        actor=person,
        after={"renews": renews.pk if renews else None, "typed": _typed(proposal)},
    )
    settle(batch.pk)
    queue_storing(batch.pk)
    item.refresh_from_db()
    return item


def discard_item(item: ImportItem, person: User) -> None:
    """Leave the item out for good. Raises `ItemGone` if it neither waits nor has failed."""
    left = discard_items(item.batch, person, [item.pk])
    item.refresh_from_db()
    if left:
        raise ItemGone(item)


@audit.act()
@transaction.atomic
def discard_items(batch: ImportBatch, person: User, items: Collection[int]) -> int:
    """Leave items out for good, named by id; how many were left: they neither wait nor failed."""
    locked, rows = _chosen(batch, items, Status.WAITING, Status.FAILED)
    if rows:
        ids = [row.pk for row in rows]
        locked.items.filter(pk__in=ids).update(status=Status.DISCARDED, **EMPTY)
        one = len(rows) == 1
        audit.record(
            "reader.import.discarded" if one else "reader.import.several_discarded",
            target=rows[0] if one else locked,
            actor=person,
            after={"items": ids},
        )
        settle(locked.pk)
    return len(set(items)) - len(rows)


def retry_item(item: ImportItem, person: User) -> None:
    """Read a failed item once more; one that was fetched is fetched again.

    Raises `ItemGone` if it has not failed, or nothing of it was kept that could be read.
    """
    left = retry_items(item.batch, person, [item.pk])
    item.refresh_from_db()
    if left:
        raise ItemGone(item)


@audit.act()
@transaction.atomic
def retry_items(batch: ImportBatch, person: User, items: Collection[int]) -> int:
    """Read failed items once more, named by id; those that were fetched are fetched again.

    Returns how many were left: they have not failed, or kept nothing that could be read.
    """
    locked, rows = _chosen(batch, items, Status.FAILED)
    rows = [row for row in rows if can_be_read(row)]
    if rows:
        read_again(locked.pk, rows)
        one = len(rows) == 1
        audit.record(
            "reader.import.retried" if one else "reader.import.several_retried",
            target=rows[0] if one else locked,
            actor=person,
            after={"items": [row.pk for row in rows]},
        )
    return len(set(items)) - len(rows)


@audit.act()
@transaction.atomic
def mend_item(item: ImportItem, person: User, facts: Facts | None, text: str | None = None) -> None:
    """Put right what kept an item out: its facts, or a text typed in place of what came.

    An item that has its text waits again with the facts given; else it is read again. What was
    typed is a document of its own that names what it stands for. Raises `ItemGone` if it has
    neither failed nor waits.
    """
    locked = _locked(item, Status.FAILED, Status.WAITING)
    proposal = Proposal.of(locked)
    if facts is not None:
        proposal = with_facts(proposal, facts, locked.batch.desk)
    if text is not None and text.strip():
        locked.raw_document = _typed_document(locked, text, person)
        locked.proposed = Proposal(said=_said(proposal), key=proposal.key).as_json()
        locked.save(update_fields=["raw_document", "proposed"])
        read_again(locked.batch_id, [locked], keeps_document=True)
    elif locked.text:
        locked.proposed = proposal.as_json()
        plan_again(locked)
        locked.status, locked.error = Status.WAITING, ""
        locked.expires_at = timezone.now() + KEPT_FOR
        locked.save()
        settle(locked.batch_id)
    else:
        locked.proposed = Proposal(said=_said(proposal), key=proposal.key).as_json()
        locked.save(update_fields=["proposed"])
        read_again(locked.batch_id, [locked])
    audit.record(
        "reader.import.mended",
        target=locked,
        actor=person,
        after={
            "typed": _typed(proposal),
            "raw_sha256": locked.raw_document.sha256 if locked.raw_document else None,
        },
    )
    item.refresh_from_db()


def _typed_document(item: ImportItem, text: str, person: User) -> RawDocument:
    given = Given(
        content=text.encode(),
        content_type=CONTENT_TYPES["text"],
        where_from=item.name or item.address,
        provenance={"typed_for": item.raw_document.sha256 if item.raw_document else item.address},
    )
    return keep_documents([given], person)[0]


def _said(proposal: Proposal) -> dict[str, str]:
    """The facts of a proposal as those of something that is still to be read."""
    found = {name: value for name, value in proposal.fields.items() if value}
    return {**proposal.said, **found}


def _typed(proposal: Proposal) -> list[str]:
    """The names of the facts that a person has set."""
    return sorted(name for name, place in proposal.found_in.items() if place == "typed")


def _waiting_batch(batch: ImportBatch) -> ImportBatch:
    """The batch, locked. Raises `BatchGone` if it neither waits nor is being stored."""
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state not in (ImportBatch.State.WAITING, ImportBatch.State.STORING):
        raise BatchGone(locked)
    return locked


def _chosen(
    batch: ImportBatch, items: Collection[int], *statuses: ImportItem.Status
) -> tuple[ImportBatch, list[ImportItem]]:
    """The batch, locked, and those of the items, locked, that have one of the statuses still."""
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state == ImportBatch.State.CANCELLED:
        return locked, []
    asked = locked.items.filter(pk__in=list(items), status__in=statuses)
    rows = (
        asked.select_for_update(of=("self",))
        .select_related("raw_document")
        .only("batch", "story", "status", "address", "expires_at", "raw_document__provenance")
        .order_by("position", "pk")
    )
    now = timezone.now()
    return locked, [row for row in rows if row.status != Status.WAITING or not _is_over(row, now)]


def _locked(item: ImportItem, *statuses: ImportItem.Status) -> ImportItem:
    """The item, locked, after its batch. Raises `ItemGone` if it has another status by now."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=item.batch_id)
    rows = ImportItem.objects.select_for_update(of=("self",))
    locked = rows.select_related("batch__desk", "raw_document").get(pk=item.pk)
    if locked.status == Status.WAITING and _is_over(locked, timezone.now()):
        raise ItemGone(locked)
    if locked.status not in statuses or batch.state == ImportBatch.State.CANCELLED:
        raise ItemGone(locked)
    return locked


def _is_over(item: ImportItem, now: datetime) -> bool:
    return item.expires_at is not None and item.expires_at <= now
