"""Imports that a person looks at before they are stored: made, confirmed, discarded, expired."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from reader.audit import act, record
from reader.ingest.files import IncomingArticle
from reader.models import Article, Desk, ImportBatch, ImportItem, Story, User
from reader.services.articles import Content, Imported, keep_raw_document
from reader.services.imports import Facts, details_of
from reader.services.loading import import_report
from reader.services.sources import get_or_add_source
from reader.services.stories import create_story

KEPT_FOR = timedelta(days=1)
_EMPTY: Mapping[str, object] = {"text": "", "blocks": [], "body_html": "", "proposed": {}}


class PreviewGone(Exception):
    """The import was confirmed, discarded or has expired; `item` says which."""

    def __init__(self, item: ImportItem) -> None:
        super().__init__(item.status)
        self.item = item


@dataclass(frozen=True, kw_only=True)
class Target:
    """The story that a report goes into, or the title of one to be made on the desk."""

    desk: Desk
    story: Story | None = None
    new_story: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an item waits with, beside its text; `fields` are the form's values as text."""

    desk: int
    new_story: str
    fields: Mapping[str, str]
    language: str
    address: str
    dropped: Mapping[str, int]
    excerpt: str

    @classmethod
    def of(cls, item: ImportItem) -> "Proposal":
        """The proposal of an item that waits."""
        return cls(**item.proposed)


@transaction.atomic
def start_preview(
    *,
    person: User,
    how: ImportBatch.How,
    target: Target,
    incoming: IncomingArticle,
    typed: Mapping[str, str],
) -> ImportItem:
    """Keep what came in until a person confirms it; what was typed goes before what it says."""
    batch = ImportBatch.objects.create(
        desk=target.desk,
        story=target.story,
        new_story=target.new_story,
        made_by=person,
        how=how,
        state=ImportBatch.State.WAITING,
    )
    raw = keep_raw_document(
        content=incoming.raw,
        content_type=incoming.content_type,
        where_from=incoming.name,
        actor=person,
    )
    item = ImportItem.objects.create(
        batch=batch,
        story=target.story,
        raw_document=raw,
        name=incoming.name,
        proposed=asdict(_proposal(target, incoming, typed)),
        text=incoming.text,
        blocks=[block.as_json() for block in incoming.blocks],
        body_html=incoming.body_html,
        status=ImportItem.Status.WAITING,
        expires_at=timezone.now() + KEPT_FOR,
    )
    record(
        "reader.import.started",
        target=item,
        actor=person,
        after={"desk": target.desk.pk, "how": how.value, "raw": raw.pk, "raw_sha256": raw.sha256},
    )
    return item


def _proposal(target: Target, incoming: IncomingArticle, typed: Mapping[str, str]) -> Proposal:
    return Proposal(
        desk=target.desk.pk,
        new_story=target.new_story,
        fields=_fields(incoming, typed, target.desk),
        language=incoming.language,
        address=incoming.address,
        dropped=incoming.dropped,
        excerpt=incoming.excerpt,
    )


def waiting_item(item: ImportItem) -> ImportItem:
    """The item if it still waits. Raises `PreviewGone`; one past its time is emptied first."""
    if item.status == ImportItem.Status.WAITING and item.expires_at and _is_past(item.expires_at):
        _give_up(item, ImportItem.Status.EXPIRED, actor=None)
    if item.status != ImportItem.Status.WAITING:
        raise PreviewGone(item)
    return item


def confirm_preview(
    *, item: ImportItem, person: User, facts: Facts, renews: Article | None
) -> Imported:
    """Store the report that a person has seen, and its story if that is new.

    Raises `PreviewGone` if it no longer waits: a second confirmation stores nothing.
    """
    waiting_item(item)
    with act(), transaction.atomic():
        locked = ImportItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if locked.status != ImportItem.Status.WAITING:
            raise PreviewGone(locked)
        proposal = Proposal.of(locked)
        story = _story(locked, proposal, person)
        done = import_report(
            story=story,
            source=get_or_add_source(name=facts.source, actor=person),
            details=details_of(facts, language=proposal.language, desk=story.desk),
            content=Content(text=locked.text, blocks=locked.blocks, body_html=locked.body_html),
            raw=locked.raw_document,
            actor=person,
            external_key=proposal.address or None,
            renews=renews,
        )
        ImportBatch.objects.filter(pk=locked.batch_id).update(story=story)
        ImportItem.objects.filter(pk=locked.pk).update(
            story=story,
            article=done.article,
            version=done.version,
            status=ImportItem.Status(done.outcome),
            **_EMPTY,
        )
    return done


def discard_preview(*, item: ImportItem, person: User) -> None:
    """Forget an import that waits. Raises `PreviewGone`."""
    _give_up(waiting_item(item), ImportItem.Status.DISCARDED, actor=person)


def empty_expired(now: datetime) -> int:
    """Empty the items that nobody confirmed in time; how many there were."""
    waiting = ImportItem.objects.filter(status=ImportItem.Status.WAITING, expires_at__lt=now)
    emptied = 0
    with act():
        for item in waiting.only("story", "status").order_by("pk"):
            try:
                _give_up(item, ImportItem.Status.EXPIRED, actor=None)
                emptied += 1
            except PreviewGone:
                continue  # its person finished it just now
    return emptied


@transaction.atomic
def _give_up(item: ImportItem, status: ImportItem.Status, *, actor: User | None) -> None:
    """Empty an item that nobody will confirm. Raises `PreviewGone` if it no longer waits.

    The row in hand may be older than a confirmation, so the database is asked in the same breath.
    """
    waiting = ImportItem.objects.filter(pk=item.pk, status=ImportItem.Status.WAITING)
    given_up = waiting.update(status=status, **_EMPTY)
    item.refresh_from_db()
    if not given_up:
        raise PreviewGone(item)
    record(f"reader.import.{status.value}", target=item, actor=actor)


def _story(item: ImportItem, proposal: Proposal, person: User) -> Story:
    if item.story_id is not None:
        return Story.objects.select_related("desk").get(pk=item.story_id)
    desk = Desk.objects.get(pk=proposal.desk)
    return create_story(desk=desk, title=proposal.new_story, actor=person)


def _is_past(moment: datetime) -> bool:
    return moment <= timezone.now()


def _fields(incoming: IncomingArticle, typed: Mapping[str, str], desk: Desk) -> dict[str, str]:
    """The values that the preview's form begins with."""
    fields = {
        "source": incoming.source,
        "title": incoming.title,
        "byline": incoming.byline,
        "published_on": "",
        "published_time": "",
        "zone": desk.zone,
        **{name: value for name, value in typed.items() if value},
    }
    published = incoming.published
    if published and not typed.get("published_on"):
        local = published.local
        if published.precision == "minute":
            local = published.moment(desk.zone).replace(tzinfo=UTC).astimezone(ZoneInfo(desk.zone))
            fields["published_time"] = f"{local:%H:%M}"
        fields |= {"published_on": local.date().isoformat(), "zone": desk.zone}
    return fields
