"""What repeats the words of a report: the imports, the feed entries and the bytes that it came by.

Only of the report's own desk: what another desk holds is that desk's to erase.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from reader.ingest.addresses import canonical
from reader.models import Article, ArticleVersion, FeedEntry, ImportItem, RawDocument

_Status = ImportItem.Status
_LET_GO = (_Status.DISCARDED, _Status.EXPIRED, _Status.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Ids of what an erasure empties; `shared` are documents that another report rests on."""

    entries: Sequence[int]
    items: Sequence[int]
    batches: Sequence[int]
    documents: Sequence[int]
    shared: int


def reach_of(article: Article) -> Reach:
    """What an erasure of the report would empty now, beside its own texts."""
    entries = _entries(article)
    documents = _documents(article, entries)
    kept = set(documents.filter(_kept_for_others(article)).values_list("pk", flat=True))
    ids = set(documents.values_list("pk", flat=True)) - kept
    desk = article.story.desk_id
    items = ImportItem.objects.filter(_of_report(article) | Q(raw_document__in=ids))
    of_desk = items.filter(batch__desk=desk).order_by("pk").values_list("pk", "batch")
    rows = list(of_desk)
    return Reach(
        entries=sorted(entry.pk for entry in entries),
        items=[pk for pk, _batch in rows],
        batches=sorted({batch for _pk, batch in rows}),
        documents=sorted(ids),
        shared=len(kept),
    )


def _of_report(article: Article) -> Q:
    """The imports that gave it its texts, and those that would give it another."""
    return Q(article=article) | Q(renews=article)


def _entries(article: Article) -> list[FeedEntry]:
    """The feed entries that the report came from, and others of the desk with its address.

    Feeds write addresses with what tells of the reader's road, each its own.
    """
    found = FeedEntry.objects.filter(feed__desk=article.story.desk_id)
    found = found.only("address", "raw_document")
    rows = list(found.filter(Q(item__article=article) | Q(item__renews=article)))
    key = article.external_key or ""
    scheme, _, place = key.partition("?")[0].partition("://")
    if scheme != "https":  # the one form of addresses; anything else is a path
        return rows
    alike = Q(address__istartswith=f"https://{place}") | Q(address__istartswith=f"http://{place}")
    named = [row for row in found.filter(alike) if canonical(row.address) == key]
    return list({row.pk: row for row in [*rows, *named]}.values())


def _documents(article: Article, entries: Sequence[FeedEntry]) -> QuerySet[RawDocument]:
    """The bytes that it came by: those of its versions, imports and entries, what these stood in
    place of, the same bytes under another name, and whatever else came from its addresses.
    """
    own = RawDocument.objects.filter(
        Q(versions__article=article)
        | Q(import_items__article=article)
        | Q(import_items__renews=article)
        | Q(pk__in=[entry.raw_document_id for entry in entries])
    ).distinct()
    known = list(own.values_list("sha256", "provenance__typed_for"))
    hashes = {sha256 for pair in known for sha256 in pair if sha256}
    items = ImportItem.objects.filter(_of_report(article))
    named = {*items.values_list("address", flat=True), article.external_key or ""}
    addresses = {name for name in named if "://" in name} | {entry.address for entry in entries}
    return RawDocument.objects.filter(
        Q(sha256__in=hashes) | Q(where_from__in=addresses - {""}), erased_at=None
    )


def _kept_for_others(article: Article) -> Q:
    """That another report, whose text stands, came from the same bytes, or that another desk has
    them.
    """
    desk = article.story.desk_id
    versions = ArticleVersion.objects.filter(raw_document__isnull=False, erased_at=None)
    items = ImportItem.objects.filter(raw_document__isnull=False).exclude(batch__desk=desk)
    entries = FeedEntry.objects.filter(raw_document__isnull=False).exclude(feed__desk=desk)
    return (
        Q(pk__in=versions.exclude(article=article).values("raw_document"))
        | Q(pk__in=items.exclude(status__in=_LET_GO).values("raw_document"))
        | Q(pk__in=entries.values("raw_document"))
    )
