"""Read model of one item: its text beside the original, where facts were found, what to check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.article_changes import Changes, build_changes
from reader.import_item_words import (
    failure_words,
    found_words,
    is_uncertain,
    size_words,
    skip_words,
    warning_words,
)
from reader.import_original import Original, original_of
from reader.import_rows import item_url, part_name, state_word, tone_of
from reader.import_words import dropped_words
from reader.models import Article, ArticleVersion, ImportBatch, ImportItem
from reader.rendering import render_text
from reader.services.attaching import ATTACHED
from reader.services.proposals import Proposal
from reader.services.reading_again import can_be_read
from reader.text import Block, count_words

_LONGEST_COMPARED = 200_000  # code points of both texts: a difference is for reading
_TAKES = (ImportBatch.State.WAITING, ImportBatch.State.STORING)
_ABOUT_TIME = ("published_on", "published_time", "zone")


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One thing to check; `link` leads to what it speaks of, `changes` are against that.

    `article` is the id of a report that this may be a new version of, and `title` its title.
    """

    code: str
    words: str
    link: str = ""
    linked: str = ""
    article: int = 0
    title: str = ""
    changes: Changes | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where a fact was found, and whether that is certain."""

    words: str
    uncertain: bool


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """All that the page of an item shows beside its form."""

    pk: int
    batch: int
    batch_url: str
    name: str
    address: str
    status: str
    status_word: str
    tone: str
    number: int
    total: int
    before: str
    after: str
    body: SafeString
    words: int
    original: Original
    dropped: Sequence[str]
    excerpt: str
    advice: Sequence[Advice]
    found: Mapping[str, Found]
    reason: str
    raw_words: str
    raw_from: str
    raw_sha256: str
    story: str
    story_url: str
    article_url: str
    article: str
    version: int | None
    may_store: bool
    may_mend: bool
    may_retry: bool

    @property
    def near(self) -> Advice | None:
        """The report of the same source that has nearly this text, the nearest of several."""
        return next((one for one in self.advice if one.article), None)

    @property
    def is_open(self) -> bool:
        """Whether a person can still do something with it."""
        return self.may_store or self.may_mend


def build_item(item: ImportItem, batch: ImportBatch) -> ItemPage:
    """The page of an item that came with `ITEM_RELATIONS`; at most five queries."""
    proposal = Proposal.of(item)
    raw = item.raw_document
    story = item.story or batch.story
    before, after = _beside(item)
    return ItemPage(
        pk=item.pk,
        batch=batch.pk,
        batch_url=reverse("reader:import_batch", args=[batch.pk]),
        name=part_name(item, batch),
        address=item.address if item.address.startswith("http") else "",
        status=item.status,
        status_word=state_word(item),
        tone=tone_of(item),
        number=batch.items.filter(position__lt=item.position).count() + 1,
        total=batch.items.count(),
        before=before,
        after=after,
        body=render_text(item.text, [], [Block.from_json(block) for block in item.blocks]),
        words=count_words(item.text),
        original=original_of(item.original, item.cuts, proposal.fields.get("title", "")),
        dropped=dropped_words(proposal.dropped),
        excerpt=proposal.excerpt,
        advice=_advice(item),
        found=_found(proposal),
        reason=_reason(item),
        raw_words=f"{raw.content_type}, {size_words(raw.size)}" if raw else "",
        raw_from=raw.where_from if raw and raw.where_from != item.name else "",
        raw_sha256=raw.sha256 if raw else "",
        story=story.title if story else batch.new_story,
        story_url=reverse("claims:compare", args=[story.slug]) if story else "",
        article_url=reverse("reader:article", args=[item.article_id]) if item.article_id else "",
        article=item.article.title if item.article else "",
        version=item.version.number if item.version else None,
        may_store=item.status == ImportItem.Status.WAITING and batch.state in _TAKES,
        may_mend=item.status == ImportItem.Status.FAILED and batch.state != "cancelled",
        may_retry=can_be_read(item),
    )


def _beside(item: ImportItem) -> tuple[str, str]:
    """The addresses of the items before and after this one; empty at an end."""
    others = ImportItem.objects.filter(batch=item.batch_id).only("batch_id", "position")
    before = others.filter(position__lt=item.position).order_by("-position", "-pk").first()
    after = others.filter(position__gt=item.position).order_by("position", "pk").first()
    return item_url(before) if before else "", item_url(after) if after else ""


def _found(proposal: Proposal) -> dict[str, Found]:
    """Where each field of the form comes from; the three of the time from one place."""
    found = dict(proposal.found_in)
    for name in _ABOUT_TIME:
        found[name] = found.get("published", "")
    known = {}
    for name, place in found.items():
        words = found_words(place)
        if words and proposal.fields.get(name, place):
            known[name] = Found(words=words, uncertain=is_uncertain(place))
    return known


def _advice(item: ImportItem) -> list[Advice]:
    if item.status != ImportItem.Status.WAITING:
        return []
    ids = [int(warning["article"]) for warning in item.warnings if warning.get("article")]
    articles = Article.objects.select_related("source", "current_version").in_bulk(ids)
    return [_one(item, warning, articles) for warning in item.warnings]


def _one(
    item: ImportItem, warning: Mapping[str, object], articles: Mapping[int, Article]
) -> Advice:
    code, words = str(warning.get("code", "")), warning_words(str(warning.get("code", "")))
    article = articles.get(int(str(warning.get("article") or 0)))
    if article is not None:
        near = code == "near_same_source"
        return Advice(
            code=code,
            words=words,
            link=reverse("reader:article", args=[article.pk]),
            linked=f"{article.source.name}: {article.title}",
            changes=_changes(item, article) if near else None,
            article=article.pk if near and article.erased_at is None else 0,
            title=article.title,
        )
    if warning.get("item"):
        other = reverse("reader:import_item", args=[item.batch_id, int(str(warning["item"]))])
        return Advice(code=code, words=words, link=other, linked=_("Open the other item"))
    return Advice(code=code, words=words)


def _changes(item: ImportItem, article: Article) -> Changes | None:
    """What would change if the item were a new version of the article."""
    before = article.current_version
    if before is None or len(before.text) + len(item.text) > _LONGEST_COMPARED:
        return None
    return build_changes(before, ArticleVersion(text=item.text, blocks=item.blocks))


def _reason(item: ImportItem) -> str:
    if item.status == ImportItem.Status.FAILED:
        return failure_words(item.reason, item.error, Proposal.of(item).refused)
    if item.reason == ATTACHED:
        return skip_words(item.reason)
    if item.status == ImportItem.Status.DUPLICATE or item.planned == ImportItem.Planned.SKIP:
        return skip_words(item.reason)
    if item.status == ImportItem.Status.EXPIRED:
        return _("It was kept for a day and has expired. Nothing was stored. Import it again.")
    if item.status == ImportItem.Status.DISCARDED:
        return _("It was discarded. Nothing was stored.")
    if item.status == ImportItem.Status.CANCELLED:
        return _("The import was cancelled before it was stored.")
    if item.status == ImportItem.Status.READING:
        return _("It is being read. This page shows it as soon as it is there.")
    if item.status == ImportItem.Status.CONFIRMED:
        return _("It is being stored.")
    return ""
