"""Which column of a table holds what: guessed, chosen by a person, remembered by the desk."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from reader import audit
from reader.ingest.tables import FIELDS, guess_mapping
from reader.models import ColumnMapping, Desk, ImportBatch, ImportContainer, User
from reader.services.queueing import queue_reading

_SHOWN = 300  # characters of a cell, of the rows that the person sees


class WrongColumns(ValueError):
    """The choice cannot be used; `reason` is no_text, no_day, unknown or twice."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class WaitingTable:
    """A table whose columns are to be chosen: its heads, its first rows, and the best guess.

    `remembered` says that the guess is what the desk chose for such a table the last time.
    """

    sha256: str
    name: str
    heads: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    mapping: Mapping[str, str]
    remembered: bool


def columns_of(batch: ImportBatch, container: ImportContainer) -> Mapping[str, str] | None:
    """The columns chosen for a table; None if nobody has chosen them yet."""
    table = batch.mapping.get("tables", {}).get(container.sha256, {})
    found: Mapping[str, str] | None = table.get("columns")
    return found


def waiting_table(batch: ImportBatch) -> WaitingTable | None:
    """The first table of the batch that waits for its columns."""
    for sha256, table in batch.mapping.get("tables", {}).items():
        if table.get("columns") is None:
            remembered = _remembered(batch.desk, table["heads"])
            return WaitingTable(
                sha256=sha256,
                name=table["name"],
                heads=table["heads"],
                rows=table["rows"],
                mapping=remembered or guess_mapping(table["heads"]),
                remembered=remembered is not None,
            )
    return None


@transaction.atomic
def note_table(
    batch: ImportBatch,
    container: ImportContainer,
    heads: Sequence[str],
    rows: Sequence[Mapping[str, str]],
) -> bool:
    """Let the batch wait for a table's columns; always False: nothing can be read before."""
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state != ImportBatch.State.READING:
        return False
    shown = [{head: cell[:_SHOWN] for head, cell in row.items()} for row in rows]
    table = {"name": container.name, "heads": list(heads), "rows": shown}
    _set_table(locked, container.sha256, table)
    locked.state = ImportBatch.State.MAPPING
    locked.save(update_fields=["mapping", "state"])
    return False


@audit.act()
@transaction.atomic
def choose_columns(
    batch: ImportBatch,
    person: User | None,
    mapping: Mapping[str, str],
    *,
    said: Mapping[str, str] | None = None,
    queued: bool = True,
) -> None:
    """Read the table that waits by these columns (field -> head), and remember them for the desk.

    `said` are facts for all rows that were typed beside the columns. Raises `WrongColumns`; does
    nothing where no table waits any more.
    """
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    table = waiting_table(locked)
    if table is None or locked.state != ImportBatch.State.MAPPING:
        return
    chosen = {name: head for name, head in mapping.items() if head}
    check_columns(chosen, table.heads)
    stored = {**locked.mapping["tables"][table.sha256], "columns": chosen, "rows": []}
    _set_table(locked, table.sha256, stored)
    locked.said = {**locked.said, **(said or {})}
    locked.state = ImportBatch.State.READING
    locked.save(update_fields=["said", "mapping", "state"])
    _remember(locked.desk, table.heads, chosen)
    audit.record("reader.import.columns_chosen", target=locked, actor=person, after=chosen)
    if queued:
        queue_reading(locked.pk)
    batch.refresh_from_db()


def check_columns(mapping: Mapping[str, str], heads: Sequence[str]) -> None:
    """Refuse a choice by which no row can be read. Raises `WrongColumns`."""
    if set(mapping) - set(FIELDS) or set(mapping.values()) - set(heads):
        raise WrongColumns("unknown")
    if not (mapping.get("text") or mapping.get("html")):
        raise WrongColumns("no_text")
    if "time" in mapping and "published" not in mapping:
        raise WrongColumns("no_day")
    if len(set(mapping.values())) < len(mapping):
        raise WrongColumns("twice")


def _set_table(batch: ImportBatch, sha256: str, table: Mapping[str, Any]) -> None:
    batch.mapping = {"tables": {**batch.mapping.get("tables", {}), sha256: table}}


def _remembered(desk: Desk, heads: Sequence[str]) -> Mapping[str, str] | None:
    row = ColumnMapping.objects.filter(desk=desk, heads_sha256=_hash(heads)).first()
    found: Mapping[str, str] | None = row.mapping if row else None
    return found


def _remember(desk: Desk, heads: Sequence[str], mapping: Mapping[str, str]) -> None:
    ColumnMapping.objects.update_or_create(
        desk=desk,
        heads_sha256=_hash(heads),
        defaults={"heads": list(heads), "mapping": dict(mapping)},
    )


def _hash(heads: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(heads)).encode()).hexdigest()
