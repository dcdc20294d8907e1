"""Archives and tables made into items: each member or row is a document of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from reader.ingest.child import Reader
from reader.ingest.document import Part
from reader.ingest.files import UnreadableFile
from reader.ingest.kinds import CONTENT_TYPES, KINDS, TABLES, max_bytes
from reader.ingest.refusals import SENTENCES, Reason, Refused
from reader.models import ImportBatch, ImportContainer, ImportItem
from reader.services.batches import add_items
from reader.services.columns import columns_of, note_table
from reader.services.containers import content_of
from reader.services.documents import Given, keep_documents

ROW = "application/json"  # the content type of a table's row, as the child gives it
UNKNOWN_TYPE = "application/octet-stream"
MOST_PARTS = 10_000  # of one archive or table
_AT_ONCE = 100
_OF_ROWS = frozenset({"bad_row", "empty_row"})
_KIND_OF = {content_type: kind for kind, content_type in CONTENT_TYPES.items()}


def expand(batch: ImportBatch, container: ImportContainer, reader: Reader) -> bool:
    """Make items of what the container holds, in one transaction, and let its bytes go.

    A table whose columns nobody has chosen yet makes the batch wait for them: False then, and where
    the import was called off meanwhile. What cannot be opened becomes one failed item.
    """
    data, kind = content_of(container), _KIND_OF[container.content_type]
    is_table = kind in TABLES.values()
    try:
        if is_table and columns_of(batch, container) is None:
            heads, rows = reader.heads(data, kind, container.name)
            return note_table(batch, container, heads, rows)
        parts = reader.parts(data, kind, container.name)
        return _take(batch, container, parts, rows=is_table)
    except UnreadableFile as refusal:  # of an archive none is taken: it may be a bomb
        return _take(batch, container, [], rows=is_table, refusal=refusal)


@transaction.atomic
def _take(
    batch: ImportBatch,
    container: ImportContainer,
    parts: Iterable[Part],
    *,
    rows: bool,
    refusal: UnreadableFile | None = None,
) -> bool:
    waiting = iter(_Parts(parts, keeps_start=rows))
    while some := list(islice(waiting, _AT_ONCE)):
        _take_some(batch, container, some, rows=rows)
    if refusal is not None:
        add_items(batch, [_failed(batch, container.name, "", refusal)])
    # locked only now: a person who calls it off must not wait for the end of a large archive
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state != ImportBatch.State.READING:
        transaction.set_rollback(True)
        return False
    container.content, container.emptied_at = b"", timezone.now()
    container.save(update_fields=["content", "emptied_at"])
    return True


def _take_some(
    batch: ImportBatch, container: ImportContainer, parts: Sequence[Part], *, rows: bool
) -> None:
    of_rows = ROW if rows else ""
    given = [
        document_of(part, container.name, container.sha256, of_rows)
        for part in parts
        if not part.problem
    ]
    kept = iter(keep_documents(given, batch.made_by))
    items = []
    for part in parts:
        if part.problem:
            items.append(failed_part(batch, container.name, part.name, part))
            continue
        items.append(
            ImportItem(
                batch=batch,
                story_id=batch.story_id,
                raw_document=next(kept),
                name=container.name,
                part=part.name[:2000],
                proposed={"noticed": list(part.warnings)},
            )
        )
    add_items(batch, items)


def document_of(part: Part, whole: str, sha256: str, content_type: str = "") -> Given:
    """A part as a document of its own, which names what it came in and that one's hash."""
    kind = KINDS.get("." + part.name.rpartition(".")[2].lower())
    of_file = CONTENT_TYPES[kind] if kind else UNKNOWN_TYPE
    return Given(
        content=part.data,
        content_type=content_type or of_file,
        where_from=f"{whole}/{part.name}",
        provenance={"container": sha256, "part": part.name},
    )


def failed_part(batch: ImportBatch, whole: str, place: str, part: Part) -> ImportItem:
    """The item of a part that cannot be used; `place` is where it stood in the whole."""
    of_row = {"row": part.name} if part.problem in _OF_ROWS else {}
    details = {**of_row, **part.details}
    if part.problem == "too_large":
        details["limit"] = str(max_bytes(KINDS[PurePath(part.name).suffix.lower()]) // 1024**2)
    return _failed(batch, whole, place, Refused(_known(part.problem), part.name, **details))


def _failed(batch: ImportBatch, whole: str, place: str, refusal: Refused) -> ImportItem:
    return ImportItem(
        batch=batch,
        story_id=batch.story_id,
        name=whole[:2000],
        part=place[:2000],
        status=ImportItem.Status.FAILED,
        reason=refusal.reason,
        error=refusal.sentence,
        proposed={"refused": dict(refusal.details)},
    )


def _known(problem: str) -> Reason:
    return next((reason for reason in SENTENCES if reason == problem), "broken")


@dataclass
class _Parts:
    """The parts, a limited number; what is wrong in the middle of a table becomes its last one."""

    parts: Iterable[Part]
    keeps_start: bool

    def __iter__(self) -> Iterator[Part]:
        some = False
        try:
            for part in islice(self.parts, MOST_PARTS):
                yield part
                some = True
        except UnreadableFile as refusal:
            if not (self.keeps_start and some):
                raise
            yield Part(name="", data=b"", problem=refusal.reason, details=refusal.details)
