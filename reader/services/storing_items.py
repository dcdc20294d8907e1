"""The worker's side of storing: what was confirmed goes in, a chunk at a time.

A chunk is one transaction. What the database refuses in it is tried again one by one, so that one
bad item fails alone, with its reason.
"""

from collections.abc import Sequence
from textwrap import shorten
from time import monotonic

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from reader.audit import act, record
from reader.ingest.refusals import printable
from reader.ingest.times import parse_published
from reader.models import Article, ImportBatch, ImportItem, Story, User
from reader.services.articles import Content, Imported
from reader.services.batches import KEPT_FOR, STORING_LOST, settle
from reader.services.erasing import forget_item
from reader.services.imports import CannotImport, details_of
from reader.services.loading import CHUNK, ErasedReport, Report, load_reports
from reader.services.planning import external_key
from reader.services.proposals import Proposal
from reader.services.sources import get_or_add_sources
from reader.services.stories import create_story

TURN = 30.0  # seconds after which other jobs have their turn
_CONFIRMED = ImportItem.Status.CONFIRMED


def store_batch(batch_id: int, *, seconds: float = TURN) -> bool:
    """Store what is confirmed of the batch; whether something is left after so many seconds."""
    until = monotonic() + seconds
    with act():
        while store_chunk(batch_id):
            if monotonic() > until:
                return True
        with transaction.atomic():
            settle(batch_id)
    return False


def give_up_storing(batch_id: int) -> None:
    """Let what is still to be stored wait for a person again, once storing it ended workers.

    What is stored stays. `said` tells the page, until somebody has it stored again.
    """
    with act(), transaction.atomic():
        batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
        left = batch.items.filter(status=_CONFIRMED).update(
            status=ImportItem.Status.WAITING, expires_at=timezone.now() + KEPT_FOR
        )
        if not left:
            return
        batch.said = {**batch.said, STORING_LOST: "1"}
        batch.save(update_fields=["said"])
        record("reader.import.storing_lost", target=batch, actor=None, after={"left": left})
        settle(batch_id)


@transaction.atomic
def store_chunk(batch_id: int) -> int:
    """Store up to `CHUNK` confirmed items in their order; how many were dealt with.

    The story is made with the first report that is stored in it.
    """
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.state == ImportBatch.State.CANCELLED:
        return 0
    waiting = batch.items.select_for_update(of=("self",)).filter(status=_CONFIRMED)
    items = list(
        waiting.select_related("raw_document")
        .defer("raw_document__content", "original", "cuts")
        .order_by("position", "pk")[:CHUNK]
    )
    if items:
        _store(batch, items)
    return len(items)


def _store(batch: ImportBatch, items: Sequence[ImportItem]) -> None:
    """Store the items together, else each by itself."""
    try:
        with transaction.atomic():
            _store_together(batch, items)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the job is tried again
    except (DatabaseError, ValueError, Article.DoesNotExist) as error:
        batch.refresh_from_db(fields=["story"])
        for item in items:
            item.refresh_from_db(fields=["status", "story", "article", "version", "proposed"])
        if len(items) > 1:
            for item in items:
                _store(batch, [item])
        else:
            _fail(items[0], error)


def _store_together(batch: ImportBatch, items: Sequence[ImportItem]) -> None:
    person = batch.made_by
    story = _story_of(batch, person)
    proposals = [Proposal.of(item) for item in items]
    facts = [proposal.facts(batch.desk) for proposal in proposals]
    sources = get_or_add_sources([fact.source for fact in facts], person)
    reports = [
        Report(
            source=sources[fact.source],
            details=details_of(fact, language=proposal.language, desk=batch.desk),
            content=Content(text=item.text, blocks=item.blocks, body_html=item.body_html),
            raw=item.raw_document,
            external_key=external_key(proposal),
            renews=item.renews_id if item.planned == ImportItem.Planned.RENEW else None,
            modified_at=(
                parse_published(proposal.modified).moment(batch.desk.zone)
                if proposal.modified
                else None
            ),
            found_in=proposal.found_in,
        )
        for item, proposal, fact in zip(items, proposals, facts, strict=True)
    ]
    done = load_reports(story=story, reports=reports, actor=person)
    _note(items, story, done)


def _story_of(batch: ImportBatch, person: User | None) -> Story:
    """The batch's story; a new one is made now. One that is known by its name is made once."""
    if batch.story_id is not None:
        return Story.objects.get(pk=batch.story_id)
    slug = str(batch.said.get("slug", ""))
    story = None
    if slug:
        with connection.cursor() as cursor:  # two imports at once would each find it missing
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [slug])
        story = Story.objects.filter(slug=slug, desk=batch.desk_id).first()
    story = story or create_story(desk=batch.desk, title=batch.new_story, slug=slug, actor=person)
    batch.story = story
    batch.save(update_fields=["story"])
    batch.items.filter(story=None).update(story=story)
    return story


def _note(items: Sequence[ImportItem], story: Story, done: Sequence[Imported]) -> None:
    """Write down what became of the items, and let what was only theirs go: one query for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE reader_importitem AS item SET story_id = %s, article_id = done.article,
                   version_id = done.version, status = done.status, reason = done.reason,
                   error = '', text = '', body_html = '', original = '', blocks = '[]',
                   cuts = '[]', proposed = '{}'
               FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[])
                   AS done (id, article, version, status, reason)
               WHERE item.id = done.id""",
            [
                story.pk,
                [item.pk for item in items],
                [one.article.pk for one in done],
                [one.version.pk for one in done],
                [one.outcome for one in done],
                ["same_text" if one.outcome == "duplicate" else "" for one in done],
            ],
        )


def _fail(item: ImportItem, error: Exception) -> None:
    """Say why the item is not stored; its text stays for a day for a person to mend it."""
    item.status = ImportItem.Status.FAILED
    if isinstance(error, CannotImport):
        item.reason, item.error = error.reason, str(error)
    elif isinstance(error, ErasedReport):
        item.reason = "erased"
        item.error = "the report was erased from the story; it does not come in again"
    elif isinstance(error, Article.DoesNotExist):
        item.reason = "renews_gone"
        item.error = "the report that it was to renew is not in the story"
    else:
        why = printable(shorten(str(error).partition("\n")[0], 200))
        item.reason, item.error = "not_stored", f"it cannot be stored: {why}"
    item.expires_at = timezone.now() + KEPT_FOR
    item.save(update_fields=["status", "reason", "error", "expires_at"])
    if isinstance(error, ErasedReport):
        forget_item(item)
