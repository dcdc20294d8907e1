"""Mails that hold no article themselves: what is attached to them becomes items of the import."""

from collections.abc import Sequence

from django.db import transaction

from reader.ingest.child import Reader
from reader.ingest.document import Part
from reader.models import ImportBatch, ImportItem, RawDocument
from reader.services.batches import EMPTY, add_items
from reader.services.documents import keep_documents
from reader.services.expanding import document_of, failed_part
from reader.services.proposals import Proposal

ATTACHED = "attachments_below"  # the reason of a mail's own item, which is no failure
_MOST_NAME = 2000


def expand_mail(batch: ImportBatch, item: ImportItem, raw: RawDocument, reader: Reader) -> None:
    """Add an item for each attached article, after those there are, and let the mail's own end.

    What was said of the mail is said of each. Nothing happens where the import was called off
    meanwhile. Raises `Refused` where the mail cannot be taken apart.
    """
    name = item.part or item.name
    parts = list(reader.parts(bytes(raw.content), "mail", name))
    with transaction.atomic():
        ended = ImportItem.objects.filter(pk=item.pk, status=ImportItem.Status.READING).update(
            status=ImportItem.Status.DISCARDED, **{**EMPTY, "reason": ATTACHED, "error": ""}
        )
        if ended:
            _add(batch, item, raw, parts)
    item.refresh_from_db(fields=["status", "reason"])


def _add(batch: ImportBatch, item: ImportItem, raw: RawDocument, parts: Sequence[Part]) -> None:
    given = Proposal.of(item)
    label = item.part or item.name
    kept = iter(
        keep_documents(
            [document_of(part, label, raw.sha256) for part in parts if not part.problem],
            batch.made_by,
        )
    )
    items = []
    for part in parts:
        place = f"{item.part}/{part.name}" if item.part else part.name
        if part.problem:
            items.append(failed_part(batch, item.name, place, part))
            continue
        proposal = Proposal(
            said=given.said,
            said_in=given.said_in,
            key=f"{given.key}/{part.name}" if given.key else "",
            noticed=part.warnings,
        )
        items.append(
            ImportItem(
                batch=batch,
                story_id=batch.story_id,
                raw_document=next(kept),
                name=item.name,
                part=place[:_MOST_NAME],
                proposed=proposal.as_json(),
            )
        )
    add_items(batch, items)
