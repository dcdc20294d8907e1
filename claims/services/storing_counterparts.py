"""The engine's pairs in doubt into rows on which people's words stay.

A pair that a person decided on stays, whatever the engine finds; of the others those stay that it
finds again.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F

from claims.engine import readings
from claims.models import Claim, Counterpart, Decision
from claims.services.storing_flags import with_row_ids
from claims.services.tally import Tally
from reader import audit
from reader.models import Story

SAID = ["score", "kind", "severity", "judge", "rule", "explanation", "evidence"]
Key = tuple[int, int]  # the ids of both claims, the smaller first


def store_counterparts(
    story: Story,
    found: Iterable[readings.Counterpart],
    rows: Mapping[str, Claim],
    tally: Tally,
) -> None:
    """Write the pairs; `rows` are the claims by the engine's ids, in their points of now.

    A pair whose claims stand in one point, or of which one is rejected, is none. One that was
    joined, and whose claims somebody has parted since, is in doubt again.
    """
    ids = {name: row.pk for name, row in rows.items()}
    wanted: dict[Key, dict[str, Any]] = {}
    for pair in found:
        both = sorted((rows[pair.claim], rows[pair.other]), key=lambda row: row.pk)
        if not _is_none(*both):
            wanted.setdefault((both[0].pk, both[1].pk), _said(pair, ids))
    old = Counterpart.objects.filter(story=story).order_by("pk")
    known = {
        (row.claim_id, row.other_id): row
        for row in old.annotate(here=F("claim__point"), there=F("other__point"))
    }
    renewed = [row for key, row in known.items() if key in wanted and _differs(row, wanted[key])]
    gone = [row for key, row in known.items() if key not in wanted and _is_lost(row)]
    fresh = [key for key in wanted if key not in known]
    _set_status(
        [row for row in renewed if row.status != Counterpart.Status.OPEN], Counterpart.Status.OPEN
    )
    _drop(gone)
    written = [*fresh, *((row.claim_id, row.other_id) for row in renewed)]
    _write(story, {key: wanted[key] for key in written})
    tally.counted("pairs added", len(fresh))
    tally.counted("pairs renewed", len(renewed))
    tally.counted("pairs dropped", len(gone))


def _drop(gone: Collection[Counterpart]) -> None:
    """Let pairs go that are none any more; one that was decided on stays on record."""
    known = Decision.objects.filter(counterpart__in=[row.pk for row in gone])
    decided = set(known.values_list("counterpart", flat=True))
    _set_status([row for row in gone if row.pk in decided], Counterpart.Status.SUPERSEDED)
    dropped = [row.pk for row in gone if row.pk not in decided]
    Counterpart.objects.filter(pk__in=dropped).delete()


def _write(story: Story, wanted: Mapping[Key, Mapping[str, Any]]) -> None:
    """New pairs, and what the engine says now of those that are known."""
    Counterpart.objects.bulk_create(
        (
            Counterpart(story=story, claim_id=key[0], other_id=key[1], **said)
            for key, said in wanted.items()
        ),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["claim", "other"],
        update_fields=SAID,
    )


def _set_status(rows: Collection[Counterpart], status: Counterpart.Status) -> None:
    """Set what the rows are now; where that ends what a person said, the trail has it."""
    for row in rows:
        if row.status == Counterpart.Status.JOINED:
            audit.record(
                "claims.counterpart.parted",
                target=row,
                actor=None,
                actor_name=audit.ENGINE,
                before={"status": row.status},
                after={"status": status.value},
            )
    found = Counterpart.objects.filter(pk__in=[row.pk for row in rows])
    found.update(status=status, row_version=F("row_version") + 1)


def _is_none(one: Claim, other: Claim) -> bool:
    rejected = Claim.Status.REJECTED in (one.status, other.status)
    return rejected or (one.point_id is not None and one.point_id == other.point_id)


def _said(pair: readings.Counterpart, ids: Mapping[str, int]) -> dict[str, Any]:
    """What the engine says of the pair; nothing of a difference where the rules see none."""
    would = pair.would
    return {
        "score": pair.score,
        "kind": would.kind if would else "",
        "severity": would.severity if would else "",
        "judge": would.judge if would else "",
        "rule": would.rule if would else "",
        "explanation": would.explanation if would else "",
        "evidence": with_row_ids(would.evidence, ids) if would else {},
    }


def _differs(row: Counterpart, said: Mapping[str, Any]) -> bool:
    """Whether the engine says something new of a pair that nobody kept apart."""
    if row.status == Counterpart.Status.KEPT_APART:
        return False
    known = all(getattr(row, name) == value for name, value in said.items())
    return row.status != Counterpart.Status.OPEN or not known


def _is_lost(row: Counterpart) -> bool:
    """Whether a pair that the engine does not find is no longer one, for all that people said."""
    if row.status == Counterpart.Status.JOINED:
        here, there = row.here, row.there  # type: ignore[attr-defined]
        return here is None or here != there
    return row.status == Counterpart.Status.OPEN
