"""An import that is read and stored in the caller's own process: for commands.

The same services as the jobs', a chunk at a time, so that memory stays flat however much comes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from reader.ingest.child import Reader
from reader.ingest.times import parse_published
from reader.models import ImportBatch, ImportContainer, ImportItem
from reader.services.batches import Thing, add_things
from reader.services.columns import WrongColumns, choose_columns, waiting_table
from reader.services.expanding import expand
from reader.services.loading import CHUNK
from reader.services.proposals import Proposal
from reader.services.reading_items import Reading, read_next
from reader.services.storing_items import store_chunk

Status = ImportItem.Status
# Nobody can be asked, so these are failures; a likeness is none. By the codes of `planning`.
_STOPS: Mapping[str, str] = {
    "no_source": "no source: name one with --source, or in the page or story.toml",
    "no_published": "no published time: give it with --published, or in the page",
    "published_ahead": "the published time {published} is in the future: give the right one with"
    " --published",
    "published_guessed": "the published time {published} is only guessed: give it with --published",
    "erased": "the report was erased from the story; it does not come in again",
}


class UnclearColumns(ValueError):
    """A table whose columns cannot be told; the message says what to do."""


@dataclass(kw_only=True)
class RunHere:
    """A batch at work, with the child that reads; `mapping` is what is said of tables' columns.

    `done` of its items are stored, or have failed.
    """

    batch: ImportBatch
    reader: Reader
    mapping: Mapping[str, str]
    done: int = 0
    _run: Reading | None = None

    def take(self, things: list[Thing], show: Callable[[int, int], None]) -> Iterator[ImportItem]:
        """Read and store the things; each item as it ended, in order, once its chunk is stored.

        The list is empty after that: the caller does not hold what it has handed over.
        `show` is told after each item that was read how many of how many are done. Raises
        `UnclearColumns` for a table; the caller goes on with the next things.
        """
        with transaction.atomic():
            self.batch.state = ImportBatch.State.READING
            self.batch.finished_at = None
            self.batch.save(update_fields=["state", "finished_at"])
            add_things(self.batch, things, self.batch.made_by)
        things.clear()  # their bytes are in the database now, and need not stay here too
        full = self.batch.containers.filter(emptied_at=None).defer("content")
        for container in full.order_by("pk"):
            self._expand(container)
        while ids := list(self._left().values_list("pk", flat=True)[:CHUNK]):
            yield from self._chunk(ids, show)

    def _left(self) -> QuerySet[ImportItem]:
        return self.batch.items.filter(position__gte=self.done).order_by("position")

    def _chunk(self, ids: Sequence[int], show: Callable[[int, int], None]) -> list[ImportItem]:
        self._run = self._run or Reading.of(self.batch, self.reader)
        total = self.batch.items.count()
        while item := read_next(self._run, before=self.done + len(ids)):
            show(item.position + 1, total)
        with transaction.atomic():
            _decide(self.batch.items.filter(pk__in=ids, status=Status.WAITING))
        store_chunk(self.batch.pk)
        self.batch.refresh_from_db(fields=["story", "state"])
        self.done += len(ids)
        done = self.batch.items.filter(pk__in=ids).select_related("version")
        return list(done.defer("text", "blocks", "body_html", "original", "cuts"))

    def _expand(self, container: ImportContainer) -> None:
        if expand(self.batch, container, self.reader):
            return
        self.batch.refresh_from_db()
        table = waiting_table(self.batch)
        assert table is not None  # nobody else calls the batch off
        named = self.mapping.values()  # a column that is said to hold one thing holds no other
        guessed = {name: head for name, head in table.mapping.items() if head not in named}
        mapping = {**guessed, **self.mapping}
        try:
            choose_columns(self.batch, None, mapping, queued=False)
        except WrongColumns as wrong:
            _skip(self.batch, container)
            heads = ", ".join(table.heads)
            raise UnclearColumns(
                f"its columns are not clear ({wrong.reason}): say which holds the text with"
                f" --map text=COLUMN; it has {heads}"
            ) from wrong
        expand(self.batch, container, self.reader)


def _decide(items: QuerySet[ImportItem]) -> None:
    """Have the items stored, but fail those of which a person would be asked something."""
    for item in items.only("batch", "warnings", "proposed"):
        codes = [warning["code"] for warning in item.warnings]
        stop = next((code for code in _STOPS if code in codes), "")
        if stop:
            published = Proposal.of(item).published
            shown = parse_published(published).as_text() if published else ""
            item.status, item.reason = Status.FAILED, stop
            item.error = _STOPS[stop].format(published=shown)
            item.save(update_fields=["status", "reason", "error"])
    items.update(status=Status.CONFIRMED)


@transaction.atomic
def _skip(batch: ImportBatch, container: ImportContainer) -> None:
    """Leave a table out."""
    container.delete()
    tables = {key: table for key, table in batch.mapping["tables"].items() if table.get("columns")}
    batch.mapping, batch.state = {"tables": tables}, ImportBatch.State.READING
    batch.save(update_fields=["mapping", "state"])
