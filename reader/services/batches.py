"""Beginning an import, following it, and calling it off.

Nothing is parsed here: what came is kept as it is, and a job reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reader import audit
from reader.ingest.kinds import ARCHIVES, CONTENT_TYPES, KINDS, TABLES, Kind
from reader.models import (
    Desk,
    ImportBatch,
    ImportItem,
    RawDocument,
    Story,
    User,
)
from reader.services.containers import keep_container
from reader.services.documents import Given, keep_documents
from reader.services.queueing import queue_reading

KEPT_FOR = timedelta(days=1)  # what waits for a person; emptied then
STORING_LOST = "storing_lost"  # in `said`: what was confirmed ended workers and waits again
UNKNOWN_TYPE = "application/octet-stream"  # of what no reader takes; the reading says so
CONTAINERS = frozenset({*TABLES.values(), *ARCHIVES.values()})
EMPTY: Mapping[str, object] = {
    "text": "",
    "blocks": [],
    "body_html": "",
    "original": "",
    "cuts": [],
    "proposed": {},
}
_OPEN = ("reading", "waiting", "confirmed")


@dataclass(frozen=True, kw_only=True)
class Target:
    """The story that reports go into, or the title of one to be made on the desk.

    With a `slug` a new story is made under that very name, or found if somebody made it meanwhile.
    """

    desk: Desk
    story: Story | None = None
    new_story: str = ""
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing to import: bytes under a name, or an address to fetch.

    `kind` is needed where the name does not tell it (a paste). An `address` beside bytes is the
    report's own. `said` are facts of this thing alone, found in the place `said_in`; `key` is how
    it is known again where it has no address. `raw` is given for bytes that are kept already.
    """

    name: str = ""
    content: bytes | None = field(default=None, repr=False)
    kind: Kind | None = None
    address: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    said_in: str = "typed"
    key: str = ""
    raw: RawDocument | None = None

    @property
    def is_container(self) -> bool:
        """Whether many reports may come of it: an archive or a table."""
        return self.kind_by_name in CONTAINERS and self.content is not None

    @property
    def kind_by_name(self) -> Kind | None:
        """What it is said to be, or what its name says."""
        return self.kind or KINDS.get(Path(self.name).suffix.lower())


@audit.act()
@transaction.atomic
def start_batch(
    person: User | None,
    how: ImportBatch.How,
    target: Target,
    things: Sequence[Thing],
    said: Mapping[str, str],
    *,
    confirms: bool = False,
    queued: bool = True,
) -> ImportBatch:
    """Keep what came and have it read. `said` are the form's fields that hold for all reports.

    With `confirms` everything that is certain is stored without a person's word (a feed's rule);
    without `queued` the caller reads by itself.
    """
    batch = ImportBatch.objects.create(
        desk=target.desk,
        story=target.story,
        new_story="" if target.story else target.new_story,
        made_by=person,
        how=how,
        said={
            **{name: value for name, value in said.items() if value},
            **({"slug": target.slug} if target.slug else {}),
            **({"confirms": "1"} if confirms else {}),
        },
    )
    hashes = add_things(batch, things, person)
    audit.record(
        "reader.import.started",
        target=batch,
        actor=person,
        after={"desk": target.desk.pk, "how": str(how), "things": len(things), "sha256s": hashes},
    )
    if queued:
        queue_reading(batch.pk)
    return batch


@transaction.atomic
def add_things(batch: ImportBatch, things: Sequence[Thing], person: User | None) -> list[str]:
    """Put things down to be read, in their order; the hashes of what came. Some queries for all."""
    hashes = [_keep_container(batch, thing) for thing in things if thing.is_container]
    plain = [thing for thing in things if not thing.is_container]
    with_bytes = [thing for thing in plain if thing.content is not None and thing.raw is None]
    rows = iter(keep_documents([_given(thing) for thing in with_bytes], person))
    kept = [thing.raw or (next(rows) if thing.content is not None else None) for thing in plain]
    add_items(
        batch,
        [
            ImportItem(
                batch=batch,
                story_id=batch.story_id,
                raw_document=raw,
                name=thing.name[:2000],
                address=thing.address[:2000],
                proposed={"said": dict(thing.said), "said_in": thing.said_in, "key": thing.key},
            )
            for thing, raw in zip(plain, kept, strict=True)
        ],
    )
    return [*hashes, *(raw.sha256 for raw in kept if raw)]


def add_items(batch: ImportBatch, items: Sequence[ImportItem]) -> None:
    """Put items after those that the batch has. Needs a transaction around it."""
    last = batch.items.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    for position, item in enumerate(items, start=first):
        item.position = position
    ImportItem.objects.bulk_create(items)


def _keep_container(batch: ImportBatch, thing: Thing) -> str:
    return keep_container(batch, thing.name, _given(thing)).sha256


def _given(thing: Thing) -> Given:
    kind = thing.kind_by_name
    return Given(
        content=thing.content or b"",
        content_type=CONTENT_TYPES[kind] if kind else UNKNOWN_TYPE,
        where_from=thing.name or thing.address,
    )


@audit.act()
@transaction.atomic
def cancel_batch(batch: ImportBatch, person: User | None) -> bool:
    """Call the import off: what is stored stays, the rest is forgotten. False if it was over.

    A job that is at work sees it before its next item.
    """
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state in (ImportBatch.State.DONE, ImportBatch.State.CANCELLED):
        return False
    dropped = locked.items.filter(status__in=_OPEN).update(
        status=ImportItem.Status.CANCELLED, **EMPTY
    )
    empty_containers(locked)
    without_rows(locked)
    locked.state, locked.finished_at = ImportBatch.State.CANCELLED, timezone.now()
    locked.save(update_fields=["mapping", "state", "finished_at"])
    batch.refresh_from_db()
    audit.record(
        "reader.import.cancelled", target=locked, actor=person, after={"cancelled": dropped}
    )
    return True


def empty_containers(batch: ImportBatch) -> None:
    """Let the bytes of the batch's archives and tables go; their hashes stay."""
    batch.containers.filter(emptied_at=None).update(content=b"", emptied_at=timezone.now())


def without_rows(batch: ImportBatch) -> None:
    """Let go of the first rows of its tables, which are shown while their columns are chosen."""
    tables = batch.mapping.get("tables", {})
    if tables:
        batch.mapping = {"tables": {key: {**table, "rows": []} for key, table in tables.items()}}


def settle(batch_id: int) -> ImportBatch:
    """Let the batch's state say what is left to do in it. Needs a transaction around it.

    Locks the batch. One that was called off stays so; one whose table waits for its columns waits.
    """
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.state in (ImportBatch.State.CANCELLED, ImportBatch.State.MAPPING):
        return batch
    left = set(batch.items.filter(status__in=_OPEN).values_list("status", flat=True).distinct())
    if "reading" in left or batch.containers.filter(emptied_at=None).exists():
        state = ImportBatch.State.READING
    elif "confirmed" in left:
        state = ImportBatch.State.STORING
    else:
        state = ImportBatch.State.WAITING if left else ImportBatch.State.DONE
    if state != batch.state:
        batch.state = state
        batch.finished_at = timezone.now() if state == ImportBatch.State.DONE else None
        if state == ImportBatch.State.STORING:
            batch.said.pop(STORING_LOST, None)
        batch.save(update_fields=["state", "finished_at", "said"])
    return batch
