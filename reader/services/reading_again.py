"""Putting items of an import back to be read, and whether there is anything to read."""

from collections.abc import Sequence

from reader.models import ImportBatch, ImportItem
from reader.services.queueing import queue_reading

Status = ImportItem.Status


def can_be_read(item: ImportItem) -> bool:
    """Whether there is anything to read: an archive's member that was refused unread left nothing.

    Such an item is discarded, or its text is typed.
    """
    return item.raw_document_id is not None or bool(item.address)


def read_again(batch_id: int, items: Sequence[ImportItem], *, keeps_document: bool = False) -> None:
    """Have items of a locked batch read anew; the bytes of an address go, as it is asked again.

    With `keeps_document` they stay: they are a text typed in place of the page. Needs a transaction
    around it.
    """
    rows = ImportItem.objects.filter(batch=batch_id)
    fetched = [item for item in items if item.address and _was_fetched(item)]
    if fetched and not keeps_document:
        rows.filter(pk__in=[item.pk for item in fetched]).update(raw_document=None)
        for item in fetched:
            item.raw_document = None
    rows.filter(pk__in=[item.pk for item in items]).update(
        status=Status.READING,
        reason="",
        error="",
        warnings=[],
        planned="",
        renews=None,
        expires_at=None,
    )
    ImportBatch.objects.filter(pk=batch_id).exclude(state__in=["mapping", "cancelled"]).update(
        state=ImportBatch.State.READING, finished_at=None
    )
    queue_reading(batch_id)


def _was_fetched(item: ImportItem) -> bool:
    return item.raw_document is not None and "status" in item.raw_document.provenance
