"""Read model of the desks' recent imports, with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from reader.import_batch_words import (
    batch_name,
    count_words,
    person_words,
    state_tone,
    state_words,
)
from reader.models import Desk, ImportBatch

_SHOWN = 12
_COUNTED = {
    "created": Q(items__status="created"),
    "version": Q(items__status="version"),
    "waiting": Q(items__status="waiting"),
    "skipped": Q(items__status="duplicate"),
    "failed": Q(items__status="failed"),
    "given_up": Q(items__status__in=["discarded", "cancelled", "expired"]),
}


@dataclass(frozen=True, kw_only=True)
class RecentImport:
    """One import of the list."""

    pk: int
    url: str
    name: str
    state_word: str
    tone: str
    story: str
    is_new_story: bool
    counts: Sequence[str]
    person: str
    made_at: datetime
    zone: str


def recent_imports(desks: Sequence[Desk], *, zone: str) -> list[RecentImport]:
    """The newest imports of the desks, whoever began them: one query.

    `zone` is the person's own; without one, times are shown in the desk's.
    """
    counts = {f"n_{name}": Count("items", filter=found) for name, found in _COUNTED.items()}
    newest = ImportBatch.objects.filter(desk__in=desks).order_by("-made_at", "-pk")[:_SHOWN]
    batches = (
        ImportBatch.objects.filter(pk__in=newest.values("pk"))
        .select_related("desk", "story", "made_by")
        .annotate(total=Count("items"), **counts)
        .defer("mapping")
        .order_by("-made_at", "-pk")
    )
    return [_recent(batch, zone or batch.desk.zone) for batch in batches]


def _recent(batch: ImportBatch, zone: str) -> RecentImport:
    counts = {name: int(getattr(batch, f"n_{name}")) for name in _COUNTED}
    return RecentImport(
        pk=batch.pk,
        url=reverse("reader:import_batch", args=[batch.pk]),
        name=batch_name(batch.how, int(getattr(batch, "total", 0))),
        state_word=state_words(batch.state, counts),
        tone=state_tone(batch.state, counts),
        story=batch.story.title if batch.story else batch.new_story,
        is_new_story=batch.story is None,
        counts=count_words(counts),
        person=person_words(batch),
        made_at=batch.made_at,
        zone=zone,
    )
