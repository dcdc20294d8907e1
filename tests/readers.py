"""Reading in the test's own process, for tests of what comes after: a child takes long to start."""

from collections.abc import Iterator, Mapping
from itertools import islice
from mmap import mmap
from unittest.mock import patch

from reader.ingest.child import Reader
from reader.ingest.document import Part
from reader.ingest.files import IncomingArticle, UnreadableFile, read_file
from reader.ingest.kinds import Kind
from reader.ingest.parts import parts_of
from reader.ingest.refusals import Refused
from reader.ingest.tables import read_row, read_table
from reader.models import ImportBatch
from reader.services import reading_items


class ReaderHere(Reader):
    """Stands in for `reader.ingest.child.Reader`."""

    def read(
        self,
        data: bytes,
        kind: Kind | None,
        name: str = "",
        address: str = "",
        *,
        charset: str = "",
        mapping: Mapping[str, str] | None = None,
    ) -> IncomingArticle:
        """One article."""
        if mapping is None:
            return read_file(data, name, kind, address=address, charset=charset)
        try:
            return read_row(data, mapping, name)
        except Refused as refusal:
            raise UnreadableFile(refusal.reason, name, **refusal.details) from refusal

    def parts(self, data: bytes | mmap, kind: Kind | None, name: str = "") -> Iterator[Part]:
        """What an archive or a table holds."""
        try:
            yield from parts_of(bytes(data), name, kind)
        except Refused as refusal:
            raise UnreadableFile(refusal.reason, name, **refusal.details) from refusal

    def heads(
        self, data: bytes | mmap, kind: Kind | None, name: str = ""
    ) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
        """The columns of a table, and its first rows."""
        try:
            table = read_table(bytes(data), kind, name)
            return table.heads, tuple(dict(row.cells) for row in islice(table.rows, 5))
        except Refused as refusal:
            raise UnreadableFile(refusal.reason, name, **refusal.details) from refusal


def read_here(batch: ImportBatch) -> None:
    """Do what the job `read_batch` does, without a child."""
    with patch.object(reading_items, "Reader", ReaderHere):
        while reading_items.read_batch(batch.pk):
            pass
    batch.refresh_from_db()
