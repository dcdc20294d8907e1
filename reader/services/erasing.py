"""Erasing a report for good, where the law demands it: its words go, hashes and the trail stay.

Nothing else may change a stored text. The database lets it happen only in a transaction that says
so (`parallax.erasure`, see the guards), and only if nothing is left behind.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reader import audit
from reader.models import (
    Article,
    ArticleVersion,
    FeedEntry,
    ImportContainer,
    ImportItem,
    RawDocument,
    Story,
    User,
)
from reader.services.visibility import MAX_REASON, CannotChange
from reader.signals import article_erased, story_texts_changed

_NO_WORDS = {"text": "", "blocks": [], "body_html": ""}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What an erasure would empty, counted; `shared` are documents that another report rests on."""

    versions: int
    documents: int
    shared: int
    entries: int


def scope_of(article: Article) -> Scope:
    """What erasing the report would reach."""
    documents = _documents(article)
    kept = documents.filter(_used_elsewhere(article)).distinct().count()
    return Scope(
        versions=article.versions.count(),
        documents=documents.distinct().count() - kept,
        shared=kept,
        entries=_entries(article).count(),
    )


@transaction.atomic
def erase(*, article: Article, person: User, reason: str) -> Article:
    """Empty the report's texts and whatever repeats their words, for good.

    Its versions, title and byline; the bytes that came in, unless another report rests on the same;
    imports and feed entries of it. Quotes of its claims follow by `article_erased`. The hashes, the
    address, who did what and when stay, and the report is known when it comes again. Raises
    `CannotChange` if it was erased already.
    """
    Story.objects.select_for_update().get(pk=article.story_id)
    found = Article.objects.select_for_update().get(pk=article.pk)
    if found.erased_at is not None:
        raise CannotChange(found)
    before = {"status": found.status}
    versions = list(found.versions.order_by("number").values_list("pk", "text_sha256"))
    raw = list(_documents(found).exclude(_used_elsewhere(found)).distinct())
    now = timezone.now()
    _allow()
    _empty_imports(found, raw)
    _entries(found).update(title="", byline="", summary="")
    ArticleVersion.objects.filter(article=found).update(
        **_NO_WORDS, correction_note="", erased_at=now
    )
    RawDocument.objects.filter(pk__in=[document.pk for document in raw]).update(
        content=b"", where_from="", provenance={}, erased_at=now
    )
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
            "raw_sha256": sorted({document.sha256 for document in raw}),
        },
    )
    story_texts_changed.send(Article, story_id=found.story_id)
    return found


def _allow() -> None:
    """Tell the guards that this transaction erases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.erasure', 'on', true)")


def _forbid() -> None:
    """What follows in this transaction is guarded again; a rolled back one never was otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.erasure', '', true)")


def _documents(article: Article) -> QuerySet[RawDocument]:
    """The bytes that the report's versions, its imports and its feed entries came from."""
    return RawDocument.objects.filter(
        Q(versions__article=article)
        | Q(import_items__article=article)
        | Q(pk__in=_entries(article).values("raw_document"))
    )


def _used_elsewhere(article: Article) -> Q:
    """That the version of another report, whose text stands, came from the same bytes."""
    others = ArticleVersion.objects.filter(raw_document__isnull=False, erased_at=None)
    return Q(pk__in=others.exclude(article=article).values("raw_document"))


def _entries(article: Article) -> QuerySet[FeedEntry]:
    """The feed entries that the report came from."""
    return FeedEntry.objects.filter(item__article=article)


def _empty_imports(article: Article, raw: list[RawDocument]) -> None:
    """Empty the imports of the report, those too that wait with the same bytes, and their archives.

    What a person has not confirmed yet is discarded: it would bring the words back.
    """
    items = ImportItem.objects.filter(Q(article=article) | Q(raw_document__in=raw))
    ImportContainer.objects.filter(batch__items__in=items).update(
        content=b"", emptied_at=timezone.now()
    )
    waiting = ["reading", "waiting", "confirmed", "failed"]
    items.filter(status__in=waiting).update(status=ImportItem.Status.DISCARDED)
    items.update(
        **_NO_WORDS, proposed={}, original="", cuts=[], warnings=[], name="", part="", address=""
    )
