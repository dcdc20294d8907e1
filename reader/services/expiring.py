"""What nobody confirmed in time is emptied: it is outside text that nobody has answered for."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reader.audit import act, record
from reader.models import ImportBatch, ImportItem
from reader.services.batches import EMPTY, KEPT_FOR, empty_containers, settle

Status = ImportItem.Status


def empty_expired(now: datetime) -> int:
    """Empty the items that wait since a day, and end the imports they leave; how many items.

    A failed item keeps its reason and can still be tried again; its text goes too.
    """
    over = ImportItem.objects.filter(
        status__in=[Status.WAITING, Status.FAILED], expires_at__lt=now
    ).order_by("batch")
    emptied = 0
    with act():
        for batch_id in over.values_list("batch", flat=True).distinct():
            emptied += _expire(batch_id, now)
        old = ImportBatch.objects.filter(
            state=ImportBatch.State.MAPPING, made_at__lt=now - KEPT_FOR
        )
        for batch_id in old.values_list("pk", flat=True):
            _give_up_table(batch_id)
    return emptied


@transaction.atomic
def _expire(batch_id: int, now: datetime) -> int:
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    over = batch.items.filter(expires_at__lt=now)
    over.filter(status=Status.FAILED).update(expires_at=None, **EMPTY)
    expired = list(over.filter(status=Status.WAITING).values_list("pk", flat=True))
    if expired:
        batch.items.filter(pk__in=expired, status=Status.WAITING).update(
            status=Status.EXPIRED, **EMPTY
        )
        record("reader.import.expired", target=batch, actor=None, after={"items": expired})
        settle(batch_id)
    return len(expired)


@transaction.atomic
def _give_up_table(batch_id: int) -> None:
    """A table whose columns nobody chose in time."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.state != ImportBatch.State.MAPPING:
        return
    empty_containers(batch)
    batch.mapping, batch.state = {}, ImportBatch.State.CANCELLED
    batch.finished_at = timezone.now()
    batch.save(update_fields=["mapping", "state", "finished_at"])
    record("reader.import.expired", target=batch, actor=None)
