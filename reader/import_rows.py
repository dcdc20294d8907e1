"""Read model of one row of an import's list: what it is, what will happen, what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.import_item_words import failure_words, needs_words, skip_words
from reader.models import ImportBatch, ImportItem
from reader.services.attaching import ATTACHED
from reader.services.planning import is_certain
from reader.services.proposals import Proposal

_Status = ImportItem.Status
_TONES: Mapping[str, str] = {
    "created": "good",
    "version": "good",
    "failed": "flag",
    "needs": "warn",
    "ready": "good",
}


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One item of the list."""

    pk: int
    url: str
    title: str
    source: str
    published: str
    name: str
    status: str
    status_word: str
    tone: str
    reason: str
    needs: Sequence[str]
    may_choose: bool
    may_set: bool
    article_url: str
    version: int | None


def item_url(item: ImportItem) -> str:
    """Where the item's own page is."""
    return reverse("reader:import_item", args=[item.batch_id, item.pk])


def mark_expired(item: ImportItem) -> None:
    """Let an item that nobody confirmed in time say so, though the hourly job has yet to come."""
    over = item.expires_at is not None and item.expires_at <= timezone.now()
    if item.status == _Status.WAITING and over:
        item.status = _Status.EXPIRED


def item_row(item: ImportItem, batch: ImportBatch, *, zone: str, may_act: bool) -> ItemRow:
    """The row of an item that came with its article; asks nothing more."""
    mark_expired(item)
    proposal = Proposal.of(item)
    title = proposal.fields.get("title") or (item.article.title if item.article else "")
    name = part_name(item, batch)
    return ItemRow(
        pk=item.pk,
        url=item_url(item),
        title=title or name or _("Pasted text"),
        source=proposal.fields.get("source", ""),
        published=published_words(proposal),
        name=name if title and name != title else "",
        status=item.status,
        status_word=state_word(item),
        tone=tone_of(item),
        reason=_reason(item),
        needs=needs_words(item.warnings) if item.status == _Status.WAITING else (),
        may_choose=may_act and item.status in (_Status.WAITING, _Status.FAILED),
        may_set=may_act and item.status == _Status.WAITING,
        article_url=reverse("reader:article", args=[item.article_id]) if item.article_id else "",
        version=item.version.number if item.version else None,
    )


def part_name(item: ImportItem, batch: ImportBatch) -> str:
    """What came in as this item: a file's name or an address, a file of an archive, a row."""
    if item.part and batch.how == ImportBatch.How.TABLE:
        return _("Row %(number)s") % {"number": item.part}
    return item.part or item.name or item.address


def published_words(proposal: Proposal) -> str:
    """The published time as it is proposed: day, time and zone."""
    fields = proposal.fields
    if not fields.get("published_on"):
        return ""
    at = fields.get("published_time", "")
    return (
        f"{fields['published_on']} {at} {fields.get('zone', '')}" if at else fields["published_on"]
    )


def state_word(item: ImportItem) -> str:
    """What will happen with an item that waits, and what became of any other."""
    if item.status == _Status.WAITING:
        planned = (
            ImportItem.Planned(item.planned).label if item.planned else item.get_status_display()
        )
        if _state(item) == "needs":
            return _("%(planned)s, needs you") % {"planned": planned}
        return str(planned)
    if item.reason == ATTACHED:
        return _("Taken apart")
    stored = {_Status.CREATED: _("Stored, new report"), _Status.VERSION: _("Stored, new version")}
    return stored.get(_Status(item.status)) or str(item.get_status_display())


def tone_of(item: ImportItem) -> str:
    """The colour of an item's state."""
    return _TONES.get(_state(item), "")


def _state(item: ImportItem) -> str:
    if item.status != _Status.WAITING:
        return item.status
    if item.planned == ImportItem.Planned.SKIP:
        return "skip"
    return "ready" if is_certain(item) else "needs"


def _reason(item: ImportItem) -> str:
    """Why an item has failed or is skipped."""
    if item.status == _Status.FAILED:
        return failure_words(item.reason, item.error, Proposal.of(item).refused)
    if item.status == _Status.EXPIRED:
        return _("Nobody confirmed it within a day.")
    if item.status == _Status.DUPLICATE or item.planned == ImportItem.Planned.SKIP:
        return skip_words(item.reason)
    if item.reason == ATTACHED:
        return skip_words(item.reason)
    if item.status == _Status.WAITING and item.renews:
        names = {"title": item.renews.title, "source": item.renews.source.name}
        return _("Renews: %(source)s, %(title)s") % names
    return ""
