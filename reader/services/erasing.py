"""Erasing a report for good, where the law demands it: its words go, hashes and the trail stay.

Nothing else may change a stored text. The database lets it happen only in a transaction that says
so (`parallax.erasure`, see the guards), and only if nothing is left behind.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from reader import audit
from reader.models import (
    Article,
    ArticleVersion,
    FeedEntry,
    FeedTrial,
    ImportBatch,
    ImportContainer,
    ImportItem,
    RawDocument,
    Story,
    User,
)
from reader.services.batches import settle, without_rows
from reader.services.erasure_reach import Reach, reach_of
from reader.services.visibility import MAX_REASON, CannotChange
from reader.signals import article_erased, story_texts_changed

_NO_WORDS = {"text": "", "blocks": [], "body_html": ""}
_TYPED_WORDS = frozenset({"title", "byline"})  # of what was said of all reports of an import


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What an erasure would empty, counted; `shared` are documents that others rest on."""

    versions: int
    documents: int
    shared: int
    entries: int


def scope_of(article: Article) -> Scope:
    """What erasing the report would reach."""
    reach = reach_of(article)
    return Scope(
        versions=article.versions.count(),
        documents=len(reach.documents),
        shared=reach.shared,
        entries=len(reach.entries),
    )


@transaction.atomic
def erase(*, article: Article, person: User, reason: str) -> Article:
    """Empty the report's texts and whatever repeats their words, for good.

    Its versions, title and byline; the bytes that came in, unless another report or another desk
    rests on the same; imports and feed entries of it. Quotes of its claims follow by
    `article_erased`. The hashes, the address, who did what and when stay, and the report is known
    when it comes again. Raises `CannotChange` if it was erased already.
    """
    _hold(reach_of(article))
    Story.objects.select_for_update().get(pk=article.story_id)
    found = Article.objects.select_for_update().get(pk=article.pk)
    if found.erased_at is not None:
        raise CannotChange(found)
    before = {"status": found.status}
    versions = list(found.versions.order_by("number").values_list("pk", "text_sha256"))
    reach = reach_of(found)
    raw = RawDocument.objects.filter(pk__in=reach.documents)
    raw_hashes = sorted(set(raw.values_list("sha256", flat=True)))
    now = timezone.now()
    _allow()
    _empty_imports(reach)
    _empty_feeds(reach, found)
    ArticleVersion.objects.filter(article=found).update(
        **_NO_WORDS, correction_note="", erased_at=now
    )
    raw.update(content=b"", where_from="", provenance={}, erased_at=now)
    found.title = found.byline = ""
    found.status, found.embargo_until = Article.Status.TAKEN_DOWN, None
    found.status_note, found.erased_at = reason[:MAX_REASON], now
    found.save(
        update_fields=["title", "byline", "status", "embargo_until", "status_note", "erased_at"]
    )
    ids = [pk for pk, _hash in versions]
    article_erased.send(
        Article, article_id=found.pk, version_ids=ids, story_id=found.story_id, person=person
    )
    _forbid()
    Story.objects.filter(pk=found.story_id).bump()
    audit.record(
        "reader.article.erased",
        target=found,
        actor=person,
        before=before,
        after={
            "reason": found.status_note,
            "versions": {str(pk): digest for pk, digest in versions},
            "raw_sha256": raw_hashes,
        },
    )
    story_texts_changed.send(Article, story_id=found.story_id)
    return found


@transaction.atomic
def forget_item(item: ImportItem) -> None:
    """Empty an import of a report that was erased before: coming again must not keep its words.

    Its bytes go too, unless a text that stands came from them. Its name stays, for who reads the
    import's list.
    """
    stand = ArticleVersion.objects.filter(raw_document__isnull=False, erased_at=None)
    _allow()
    ImportItem.objects.filter(pk=item.pk).update(
        **_NO_WORDS, proposed={}, original="", cuts=[], warnings=[]
    )
    RawDocument.objects.filter(import_items=item, erased_at=None).exclude(
        pk__in=stand.values("raw_document")
    ).update(content=b"", where_from="", provenance={}, erased_at=timezone.now())
    _forbid()


def _allow() -> None:
    """Tell the guards that this transaction erases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.erasure', 'on', true)")


def _forbid() -> None:
    """What follows in this transaction is guarded again; a rolled back one never was otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.erasure', '', true)")


def _hold(reach: Reach) -> None:
    """Lock what the erasure empties in the order in which imports and polls lock it.

    These lock the story last; whoever locked it first would wait for them while they wait.
    """
    for model, ids in (
        (FeedEntry, reach.entries),
        (ImportBatch, reach.batches),
        (ImportItem, reach.items),
    ):
        rows = model._default_manager.select_for_update(no_key=True)  # noqa: SLF001 - by its docs
        list(rows.filter(pk__in=ids).order_by("pk").values_list("pk"))


def _empty_feeds(reach: Reach, article: Article) -> None:
    """Empty the entries of the report; what tried addresses showed of the desk's feeds goes too."""
    FeedEntry.objects.filter(pk__in=reach.entries).update(title="", byline="", summary="")
    FeedTrial.objects.filter(desk=article.story.desk_id, tried_at__isnull=False).delete()


def _empty_imports(reach: Reach) -> None:
    """Empty the imports of the report, those too that wait with the same bytes, and their archives.

    What a person has not confirmed yet is discarded: it would bring the words back. What was typed
    for a whole import was typed for this report too.
    """
    items = ImportItem.objects.filter(pk__in=reach.items)
    ImportContainer.objects.filter(batch__in=reach.batches).update(
        content=b"", emptied_at=timezone.now()
    )
    for batch in ImportBatch.objects.filter(pk__in=reach.batches):
        batch.said = {name: said for name, said in batch.said.items() if name not in _TYPED_WORDS}
        without_rows(batch)
        batch.save(update_fields=["said", "mapping"])
    waiting = ["reading", "waiting", "confirmed", "failed"]
    items.filter(status__in=waiting).update(status=ImportItem.Status.DISCARDED)
    items.update(
        **_NO_WORDS,
        proposed={},
        original="",
        cuts=[],
        warnings=[],
        name="",
        part="",
        address="",
        error="",
    )
    for batch_id in reach.batches:
        settle(batch_id)
