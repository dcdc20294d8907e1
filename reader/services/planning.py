"""What storing an item will do, and what a person should look at before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from reader.ingest.addresses import canonical
from reader.ingest.dedupe import Runs, Shelf
from reader.models import Article, ArticleVersion, Desk, ImportBatch, ImportItem
from reader.services.imports import CannotImport
from reader.services.proposals import Proposal
from reader.services.sources import find_source
from reader.text import count_words
from reader.versions import kind_of_change

SHORT = 50  # words: fewer are a teaser, a caption or a mistake more often than a report
COMPARED = 300  # texts of the story that a new one is held against
COMPARED_OF_BATCH = 100  # and of the batch, so that memory does not grow with it
# Code points of the story's texts in all: facts are mended in a web request, which waits for them.
COMPARED_LETTERS = 4_000_000
NEAREST = 5  # of these are looked at
# Codes of warnings after which only a person's look at the item itself stores it.
NEEDS_A_PERSON = frozenset(
    {
        "no_source",
        "no_published",
        "published_guessed",
        "published_ahead",
        "near_same_source",
        "erased",
    }
)
# Codes after which the text is perhaps not all of the report: a feed's is not stored unseen then.
PERHAPS_CUT = frozenset({"short", "paywall", "cookie_wall", "live_blog"})
Warned = dict[str, Any]
_READ = ("waiting", "confirmed")  # items with a text that may be stored


def is_certain(item: ImportItem) -> bool:
    """Whether the item may be stored without a look at it."""
    return not any(warning.get("code") in NEEDS_A_PERSON for warning in item.warnings)


def looks_whole(item: ImportItem) -> bool:
    """Whether nothing says that the item's text is only a part of its report."""
    return not any(warning.get("code") in PERHAPS_CUT for warning in item.warnings)


def external_key(proposal: Proposal) -> str | None:
    """How the report is known again: its address in the one form, else the path given."""
    return (canonical(proposal.address) if proposal.address else proposal.key)[:2000] or None


@dataclass(frozen=True, kw_only=True)
class _Article:
    """What likenesses ask of an article."""

    source_id: int
    has_key: bool


@dataclass(kw_only=True)
class Around:
    """The texts that stand around an item: those of the story, and of the batch so far.

    Kept over a run, since they are many; only for likenesses, which nothing depends on. `hashes`
    are of the batch's texts and `sources` of those that were found: what is not among them is
    looked for in the database.
    """

    story: Shelf
    articles: Mapping[int, _Article]
    batch: Shelf = field(default_factory=lambda: Shelf({}))
    on_batch: int = 0
    hashes: set[str] = field(default_factory=set)
    sources: dict[str, int] = field(default_factory=dict)
    _last: tuple[str, Runs] = field(default_factory=lambda: ("", Runs.of("")))

    @classmethod
    def of(cls, batch: ImportBatch) -> Self:
        """What there is of a story, the newest only of very many: two queries."""
        found = Article.objects.filter(story=batch.story_id, current_version__isnull=False)
        rows = found.order_by("-published_at").values_list(
            "pk", "source", "external_key", "current_version__text"
        )[: COMPARED if batch.story_id else 0]
        shelf, articles = Shelf({}), {}
        left = COMPARED_LETTERS
        for pk, source_id, key, text in rows:
            left -= len(text)
            if left < 0:
                break
            shelf.add(pk, Runs.of(text))
            articles[pk] = _Article(source_id=source_id, has_key=bool(key))
        read = batch.items.filter(status__in=_READ).values_list("proposed__sha256", flat=True)
        return cls(story=shelf, articles=articles, hashes=set(read))

    def add(self, item: ImportItem) -> None:
        """Take up an item that was read; the earliest of very many are forgotten."""
        if self.on_batch >= COMPARED_OF_BATCH:
            self.batch, self.on_batch = Shelf({}), 0
        self.batch.add(item.pk, self.runs_of(item))
        self.on_batch += 1
        self.hashes.add(Proposal.of(item).sha256)

    def source_id(self, name: str) -> int | None:
        """The source of that name; None for none and for a new one."""
        if name and name not in self.sources:
            found = find_source(name)
            if found is None:
                return None  # the next chunk may bring it
            self.sources[name] = found.pk
        return self.sources.get(name)

    def runs_of(self, item: ImportItem) -> Runs:
        """The runs of an item's text, which is asked about several times in a row."""
        text, runs = self._last
        if text != item.text:
            runs = Runs.of(item.text)
            self._last = (item.text, runs)
        return runs


def plan(item: ImportItem, batch: ImportBatch, around: Around) -> None:
    """Set what storing the item will do (`planned`, `renews`, `reason`) and its `warnings`.

    The item has its text and its proposal. The loading decides anew by what is there then.
    """
    proposal = Proposal.of(item)
    known = _same_address(batch, proposal)
    if known is not None and not proposal.fields["source"]:
        proposal = _with_source(proposal, known)
    warnings = _warnings_of_facts(item, proposal, batch.desk)
    source_id = around.source_id(proposal.fields["source"])
    same = _same_text(batch, source_id, proposal.sha256)
    renews = known if known is not None and known.source_id == source_id else None
    item.planned, item.renews, item.reason = ImportItem.Planned.CREATE, None, ""
    if same is not None:
        item.planned, item.renews, item.reason = ImportItem.Planned.SKIP, same, "same_text"
        warnings += [{"code": "erased", "article": same.pk}] if same.erased_at else []
    elif renews is not None:
        item.planned, item.renews = ImportItem.Planned.RENEW, renews
        proposal = replace(proposal, change=_change(renews, item.text))
        warnings += [{"code": "erased", "article": renews.pk}] if renews.erased_at else []
    elif proposal.sha256 in around.hashes and _twin(item, proposal) is not None:
        item.planned, item.reason = ImportItem.Planned.SKIP, "twice_in_batch"
    else:
        warnings += _likenesses(item, proposal, around, source_id)
    if proposal.fields["source"] and source_id is None:
        warnings.append({"code": "new_source"})
    item.proposed, item.warnings = proposal.as_json(), warnings


def plan_again(item: ImportItem) -> None:
    """Plan one item by itself, after its facts were changed."""
    batch = ImportBatch.objects.select_related("desk").get(pk=item.batch_id)
    plan(item, batch, Around.of(batch))


def _warnings_of_facts(item: ImportItem, proposal: Proposal, desk: Desk) -> list[Warned]:
    kept = [{"code": code} for code in proposal.noticed]
    if count_words(item.text) < SHORT:
        kept.append({"code": "short"})
    if not proposal.language.lower().startswith("en"):
        kept.append({"code": "language", "language": proposal.language})
    try:
        facts = proposal.facts(desk)
    except CannotImport as missing:
        kept.append({"code": missing.reason})
        if missing.reason == "no_source" and not proposal.published:
            kept.append({"code": "no_published"})  # both are told at once
        return kept
    if facts.published.is_ahead(timezone.now(), desk.zone):
        kept.append({"code": "published_ahead"})
    if not proposal.is_dated:
        kept.append({"code": "published_guessed"})
    return kept


def _same_address(batch: ImportBatch, proposal: Proposal) -> Article | None:
    """The story's article with the item's address or key, of its source rather than of another."""
    key = external_key(proposal)
    if batch.story_id is None or key is None:
        return None
    keys = {key, proposal.address} - {""}
    found = list(
        Article.objects.filter(story=batch.story_id, external_key__in=keys)
        .select_related("source", "current_version")
        .order_by("pk")
    )
    name = proposal.fields["source"].casefold()
    same = [article for article in found if article.source.name.casefold() == name]
    return next(iter([*same, *found]), None)


def _with_source(proposal: Proposal, known: Article) -> Proposal:
    """The proposal with the source of the article that its address says it is."""
    fields = {**proposal.fields, "source": known.source.name}
    return replace(proposal, fields=fields, found_in={**proposal.found_in, "source": "address"})


def _same_text(batch: ImportBatch, source_id: int | None, sha256: str) -> Article | None:
    if batch.story_id is None or source_id is None:
        return None
    same = Article.objects.filter(story=batch.story_id, source=source_id, current_sha256=sha256)
    return same.first()


def _twin(item: ImportItem, proposal: Proposal) -> ImportItem | None:
    """An earlier item of the batch with the same text of the same source."""
    return (
        ImportItem.objects.filter(
            Q(proposed__fields__source__iexact=proposal.fields["source"]),
            batch=item.batch_id,
            position__lt=item.position,
            status__in=_READ,
            proposed__sha256=proposal.sha256,
        )
        .exclude(pk=item.pk)
        .first()
    )


def _change(article: Article, text: str) -> str:
    """What kind of change the text would be."""
    assert article.current_version is not None or article.erased_at is not None
    before = article.current_version.text if article.current_version else None
    hashes = ArticleVersion.objects.filter(article=article).values_list("text_sha256", flat=True)
    kind = kind_of_change(before, text, list(hashes)) if before is not None else None
    return kind.change if kind else ""


def _likenesses(
    item: ImportItem, proposal: Proposal, around: Around, source_id: int | None
) -> list[Warned]:
    """Near copies: of the same source (is it a new version?), of another one (wire copy)."""
    warnings = []
    for like in around.story.look_alike(around.runs_of(item), most=NEAREST):
        if like.kind != "copy":
            continue
        article = around.articles[like.id]
        if article.source_id != source_id:
            warnings.append({"code": "wire_copy", "article": like.id})
        elif not (external_key(proposal) and article.has_key):
            warnings.append({"code": "near_same_source", "article": like.id})
    return warnings[:3] or _likeness_in_batch(item, around)


def _likeness_in_batch(item: ImportItem, around: Around) -> list[Warned]:
    found = around.batch.look_alike(around.runs_of(item), most=NEAREST)
    alike = [like for like in found if like.kind == "copy"]
    return [{"code": "alike_in_batch", "item": alike[0].id}] if alike else []
