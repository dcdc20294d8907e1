"""Facts of several items at once: what a person says of all that they chose in an import's list."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from reader import audit
from reader.ingest.times import Published, parse_published
from reader.models import ImportBatch, ImportItem, User
from reader.services.batches import KEPT_FOR, settle
from reader.services.confirming import BatchGone
from reader.services.planning import Around, plan
from reader.services.proposals import Proposal, time_fields

_Status = ImportItem.Status
_STATES = (ImportBatch.State.WAITING, ImportBatch.State.STORING, ImportBatch.State.DONE)
_LIKENESSES = ("wire_copy", "near_same_source", "alike_in_batch")
_WRITTEN = ("proposed", "warnings", "planned", "renews", "reason", "status", "error", "expires_at")


@dataclass(frozen=True, kw_only=True)
class SomeFacts:
    """What is said of several items; what is empty stays with each as it is.

    `published` has no zone of its own: it is meant in `zone`, else in each item's zone. A zone
    without a day moves no clock: the same hours are then meant there.
    """

    source: str = ""
    published: Published | None = None
    zone: str = ""

    @property
    def names(self) -> list[str]:
        """The names of the facts that are said."""
        said = {"source": self.source, "published": self.published, "zone": self.zone}
        return [name for name, value in said.items() if value]


@dataclass(frozen=True, kw_only=True)
class FactsSet:
    """How many items took the facts, and how many were elsewhere by now."""

    changed: int
    left: int


@audit.act()
@transaction.atomic
def set_facts(
    batch: ImportBatch, person: User, items: Collection[int], facts: SomeFacts
) -> FactsSet:
    """Give items that wait, or failed with their text, the same facts, and plan each anew.

    Raises `BatchGone` if the import does not wait. Eight queries an item at most: the texts around
    them are read once.
    """
    locked = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.state not in _STATES:
        raise BatchGone(locked)
    rows = list(_rows(locked, items))
    if rows:
        around = Around.of(locked)
        for item in rows:
            _set(item, locked, facts, around)
        audit.record(
            "reader.import.facts_set",
            target=locked,
            actor=person,
            after={"items": [item.pk for item in rows], "typed": facts.names},
        )
        settle(locked.pk)
    batch.refresh_from_db()
    return FactsSet(changed=len(rows), left=len(set(items)) - len(rows))


def _set(item: ImportItem, batch: ImportBatch, facts: SomeFacts, around: Around) -> None:
    """Set, plan and write one item: a later one may have the same text of the same source."""
    alike = [warning for warning in item.warnings if warning["code"] == "alike_in_batch"]
    item.proposed = with_some(Proposal.of(item), facts, batch.desk.zone).as_json()
    item.status, item.error = _Status.WAITING, ""
    item.expires_at = timezone.now() + KEPT_FOR
    plan(item, batch, around)
    if item.planned == ImportItem.Planned.CREATE and not _has_likeness(item):
        item.warnings += alike  # of an item that was not chosen: its text is not looked at again
    item.save(update_fields=_WRITTEN)


def _has_likeness(item: ImportItem) -> bool:
    return any(warning["code"] in _LIKENESSES for warning in item.warnings)


def with_some(proposal: Proposal, facts: SomeFacts, desk_zone: str) -> Proposal:
    """The proposal with what was said of it; what only its zone was said of stays as uncertain."""
    fields, found_in = dict(proposal.fields), dict(proposal.found_in)
    if facts.source:
        fields["source"], found_in["source"] = facts.source, "typed"
    zone = facts.zone or fields.get("zone") or desk_zone
    published = facts.published
    if published is not None:
        found_in["published"] = "typed"
    elif facts.zone and proposal.published:
        published = _as_shown(fields, proposal)
    if published is None:
        return replace(proposal, fields={**fields, "zone": zone}, found_in=found_in)
    there = replace(published, zone=ZoneInfo(zone))
    return replace(
        proposal,
        fields={**fields, **time_fields(there, zone)},
        published=there.as_text(),
        found_in=found_in,
    )


def _as_shown(fields: Mapping[str, str], proposal: Proposal) -> Published:
    """The day and hours that the person sees, whatever zone they were meant in so far."""
    at = fields.get("published_time", "")
    if not at:
        return parse_published(proposal.published)
    return parse_published(f"{fields['published_on']}T{at}")


def _rows(batch: ImportBatch, items: Iterable[int]) -> Iterable[ImportItem]:
    """The items that can take facts, locked, in their order: an earlier twin is the one stored."""
    now = timezone.now()
    asked = batch.items.filter(pk__in=list(items), status__in=[_Status.WAITING, _Status.FAILED])
    found = (
        asked.exclude(text="")
        .exclude(status=_Status.WAITING, expires_at__lte=now)
        .select_for_update(of=("self",))
        .defer("original", "cuts", "body_html", "blocks")
    )
    return found.order_by("position", "pk")
