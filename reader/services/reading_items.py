"""The worker's side of an import: unpack what came, fetch, read and plan each item.

Each item is a transaction of its own, so that a job that is killed goes on where it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from time import monotonic
from typing import Self

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from reader.audit import act
from reader.ingest.child import Reader
from reader.ingest.fetch import Fetched, Unreachable, fetch
from reader.ingest.files import IncomingArticle, UnreadableFile
from reader.ingest.kinds import CONTENT_TYPES, TYPES
from reader.ingest.refusals import Refused, printable
from reader.models import ImportBatch, ImportItem, RawDocument
from reader.services.attaching import expand_mail
from reader.services.batches import KEPT_FOR, add_items, settle
from reader.services.confirming import confirm
from reader.services.documents import Given, keep_documents
from reader.services.expanding import ROW, expand
from reader.services.network import net
from reader.services.planning import Around, looks_whole, plan
from reader.services.proposals import Proposal, propose
from reader.services.queueing import queue_reading

TURN = 30.0  # seconds after which other jobs have their turn
MAX_ERROR = 500
_KIND_OF = {CONTENT_TYPES[kind]: kind for kind in TYPES.values()}
# what sites call their pages and texts, beside the types by which files are kept
_KIND_OF_FETCHED = {**_KIND_OF, "application/xhtml+xml": "html", "text/x-markdown": "markdown"}


@dataclass(kw_only=True)
class Reading:
    """One run over a batch: a child that reads, and the texts that stand around."""

    batch: ImportBatch
    reader: Reader
    around: Around

    @classmethod
    def of(cls, batch: ImportBatch, reader: Reader) -> Self:
        """Begin a run over the batch."""
        return cls(batch=batch, reader=reader, around=Around.of(batch))


def read_batch(batch_id: int, *, seconds: float = TURN) -> bool:
    """Read what is still to be read of the batch; whether something is left after so many seconds.

    Looks before each item whether the import was called off. At the end the batch waits for a
    person, or for its columns, or stores what is certain if it was begun so.
    """
    until = monotonic() + seconds
    with act(), Reader() as reader:
        batch = ImportBatch.objects.select_related("desk", "made_by").get(pk=batch_id)
        if batch.state != ImportBatch.State.READING:
            return False
        for container in batch.containers.filter(emptied_at=None).defer("content").order_by("pk"):
            if not expand(batch, container, reader):
                return False
        run = Reading.of(batch, reader)
        while read_next(run):
            if monotonic() > until:
                return True
    finish_reading(batch)
    return False


def read_next(run: Reading, *, before: int | None = None) -> ImportItem | None:
    """Read the next item, of those at the positions before one if that is given.

    None when none is left or the import was called off.
    """
    waiting = run.batch.items.filter(
        status=ImportItem.Status.READING, batch__state=ImportBatch.State.READING
    )
    if before is not None:
        waiting = waiting.filter(position__lt=before)
    item = waiting.select_related("raw_document").order_by("position", "pk").first()
    if item is not None:
        try:
            _read(item, run)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the job is tried again
        except DatabaseError as error:  # what no table takes must not keep the others waiting
            why = printable(shorten(str(error).partition("\n")[0], 200))
            item.refresh_from_db()  # without what was refused
            fail(item, "not_stored", f"it cannot be stored: {why}")
    return item


def finish_reading(batch: ImportBatch) -> None:
    """Let the batch wait for a person; one that was begun so stores what is certain."""
    with transaction.atomic():
        settled = settle(batch.pk)
        if settled.state == ImportBatch.State.WAITING and settled.said.get("confirms"):
            read = settled.items.filter(status=ImportItem.Status.WAITING).only("pk", "warnings")
            is_feed = settled.how == ImportBatch.How.FEED
            confirm(
                settled,
                settled.made_by,
                [item.pk for item in read if looks_whole(item) or not is_feed],
            )


def give_up_reading(batch_id: int) -> None:
    """Leave out the item or the archive at which workers failed, so that the rest can go on."""
    with act(), transaction.atomic():
        batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
        reading = batch.items.filter(status=ImportItem.Status.READING)
        # archives and tables are taken apart before anything is read
        item = _instead_of_container(batch) or reading.order_by("position", "pk").first()
        if item is not None:
            fail(item, "worker_lost", "reading it ended the worker several times")
            queue_reading(batch_id)


def _instead_of_container(batch: ImportBatch) -> ImportItem | None:
    """An item that stands for the archive or table that could not be taken apart."""
    container = batch.containers.filter(emptied_at=None).defer("content").order_by("pk").first()
    if container is None:
        return None
    item = ImportItem(batch=batch, story_id=batch.story_id, name=container.name)
    add_items(batch, [item])
    batch.containers.filter(pk=container.pk).update(content=b"", emptied_at=timezone.now())
    return item


def _read(item: ImportItem, run: Reading) -> None:
    try:
        raw = item.raw_document or _fetched(item, run)
        incoming = _incoming_or_attached(item, raw, run)
    except Refused as refusal:
        fail(item, refusal.reason, refusal.sentence, refusal.details)
        return
    if incoming is None:
        return
    address = str(raw.provenance.get("final_address", item.address))
    given = replace(Proposal.of(item), address=address)
    try:
        proposal = propose(incoming, given, run.batch.said, run.batch.desk)
    except ValueError as error:  # a time that was said of it is none
        fail(item, "bad_time", str(error))
        return
    item.text, item.body_html = incoming.text, incoming.body_html
    item.blocks = [block.as_json() for block in incoming.blocks]
    item.original, item.cuts = incoming.original, [list(cut) for cut in incoming.cuts]
    item.proposed = proposal.as_json()
    with transaction.atomic():
        plan(item, run.batch, run.around)
        item.expires_at = timezone.now() + KEPT_FOR
        _save(item, ImportItem.Status.WAITING)
    run.around.add(item)


def _incoming_or_attached(
    item: ImportItem, raw: RawDocument, run: Reading
) -> IncomingArticle | None:
    """What was read; None for a mail whose articles are attached, and are items now."""
    try:
        return _incoming(item, raw, run.reader)
    except Refused as refusal:
        if refusal.reason != "in_attachment":
            raise
        expand_mail(run.batch, item, raw, run.reader)
        return None


def _incoming(item: ImportItem, raw: RawDocument, reader: Reader) -> IncomingArticle:
    data, name = bytes(raw.content), item.part or item.name
    if raw.content_type == ROW:
        container = raw.provenance.get("container")
        mapping = item.batch.mapping["tables"][container]["columns"]
        return reader.read(data, None, name, mapping=mapping)
    kind = _KIND_OF.get(raw.content_type)
    if "status" in raw.provenance:
        kind = _KIND_OF_FETCHED.get(raw.content_type)
        if kind is None and raw.content_type:
            raise UnreadableFile("unsupported", name)
    charset = str(raw.provenance.get("charset", ""))
    return reader.read(data, kind, name, item.address, charset=charset)


def _fetched(item: ImportItem, run: Reading) -> RawDocument:
    """Fetch the item's page and keep it with the answer's own words. Raises `Refused`."""
    if not item.address:
        raise Unreachable("bad_address")
    answer = fetch(item.address, net=net())
    (raw,) = keep_documents([_answer(item, answer)], run.batch.made_by)
    ImportItem.objects.filter(pk=item.pk, raw_document=None).update(raw_document=raw)
    item.raw_document = raw
    return raw


def _answer(item: ImportItem, answer: Fetched) -> Given:
    return Given(
        content=answer.content,
        content_type=answer.content_type or "application/octet-stream",
        where_from=item.address,
        provenance={
            "final_address": answer.final_address,
            "status": answer.status,
            "charset": answer.charset,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
        },
    )


def fail(
    item: ImportItem, reason: str, sentence: str, details: Mapping[str, str] | None = None
) -> None:
    """Say why the item cannot be used; it may be tried again or mended."""
    item.proposed = replace(Proposal.of(item), refused=dict(details or {})).as_json()
    item.reason, item.error = reason[:40], sentence[:MAX_ERROR]
    item.expires_at = timezone.now() + KEPT_FOR
    _save(item, ImportItem.Status.FAILED)


_READ = (
    "text",
    "blocks",
    "body_html",
    "original",
    "cuts",
    "proposed",
    "planned",
    "renews_id",
    "reason",
    "error",
    "warnings",
    "expires_at",
)


def _save(item: ImportItem, status: ImportItem.Status) -> None:
    """Write what was read, unless the import was called off meanwhile."""
    values = {name: getattr(item, name) for name in _READ}
    written = ImportItem.objects.filter(pk=item.pk, status=ImportItem.Status.READING).update(
        status=status, **values
    )
    if written:
        item.status = status
