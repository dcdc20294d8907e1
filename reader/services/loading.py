"""The one path by which reports become articles and versions: a chunk of them in one transaction.

Everything that is known is asked for at once and everything new is copied in at once, so that the
number of queries does not grow with the chunk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db import connection, transaction

from reader import audit
from reader.models import Article, ArticleVersion, AuditEntry, RawDocument, Source, Story, User
from reader.services.articles import Content, Details, Imported, as_json
from reader.services.bulk import copy_rows, new_ids
from reader.services.known_articles import KnownArticles
from reader.signals import article_version_added

CHUNK = 100  # reports in one transaction: what is lost when a worker dies is read again in seconds
_MUTUAL = "article_current_is_own, article_current_hash"
_RENEWED = ["current_version", "current_sha256", *(column.name for column in fields(Details))]


class ErasedReport(ValueError):
    """The report was erased from the story for good; it does not come in again by itself."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report that is to be stored, with all that is known about it.

    `external_key` is the address by which it is known again, `renews` the article that a person
    says it is a new version of; `modified_at` is aware. `found_in` goes with the version.
    """

    source: Source
    details: Details
    content: Content
    raw: RawDocument | None = None
    external_key: str | None = None
    renews: int | None = None
    modified_at: datetime | None = None
    found_in: Mapping[str, str] = field(default_factory=dict)


@audit.act()
@transaction.atomic
def load_reports(*, story: Story, reports: Sequence[Report], actor: User | None) -> list[Imported]:
    """Store the reports in their order, and say of each what became of it.

    A report renews the article named, else the one of its source with the same key. The current
    text again is a duplicate; any other, an older one too, is a new version. Locks the story, so
    that the same report sent twice at once is stored once. Sends `article_version_added` for each
    new version. Raises `ErasedReport`; that and whatever the database refuses leaves none stored.
    """
    Story.objects.select_for_update().get(pk=story.pk)
    load = _Load(story=story, actor=actor, known=KnownArticles.of(story, reports))
    done = [load.take(report) for report in reports]
    load.save()
    return done


@dataclass(kw_only=True)
class _Load:
    """What a chunk adds to a story, collected before anything is written."""

    story: Story
    actor: User | None
    known: KnownArticles
    added: dict[int, Article] = field(default_factory=dict)
    renewed: dict[int, Article] = field(default_factory=dict)
    versions: list[ArticleVersion] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._article_ids = iter(new_ids(Article, self.known.asked))
        self._version_ids = iter(new_ids(ArticleVersion, self.known.asked))

    def take(self, report: Report) -> Imported:
        """Put the report down for storing, or find that it is here already."""
        article = self.known.article_for(report)
        source = article.source if article else report.source
        same = self.known.same_text(source, report.content.sha256)
        if any(one is not None and one.erased_at is not None for one in (article, same)):
            raise ErasedReport
        if same is not None:
            assert same.current_version is not None  # it was found by the hash of one
            return Imported(outcome="duplicate", article=same, version=same.current_version)
        if article is None:
            article = self._add(report)
            version = self._renew(article, report)
            return Imported(outcome="created", article=article, version=version)
        self._correct(article, report.details)
        version = self._renew(article, report)
        return Imported(outcome="version", article=article, version=version)

    def _add(self, report: Report) -> Article:
        columns = report.details.columns()
        article = Article(
            pk=next(self._article_ids),
            story=self.story,
            source=report.source,
            external_key=report.external_key or None,
            **columns,
        )
        self.added[article.pk] = article
        self.known.add(article)
        after = {"source": report.source.pk, **as_json(columns)}
        self.entries.append(
            audit.entry("reader.article.added", target=article, actor=self.actor, after=after)
        )
        return article

    def _correct(self, article: Article, details: Details) -> None:
        """Let the article say what its newest report says of itself."""
        new = details.columns()
        before = {name: getattr(article, name) for name in new}
        changed = [name for name in new if new[name] != before[name]]
        if not changed:
            return
        for name in changed:
            setattr(article, name, new[name])
        self.entries.append(
            audit.entry(
                "reader.article.changed",
                target=article,
                actor=self.actor,
                before=as_json({name: before[name] for name in changed}),
                after=as_json({name: new[name] for name in changed}),
            )
        )

    def _renew(self, article: Article, report: Report) -> ArticleVersion:
        number, of_its_text = self.known.next_version(article, report.content)
        version = ArticleVersion(
            pk=next(self._version_ids),
            story=self.story,
            article=article,
            number=number,
            text=report.content.text,
            blocks=list(report.content.blocks),
            text_sha256=report.content.sha256,
            body_html=report.content.body_html,
            **of_its_text,
            modified_at=report.modified_at,
            found_in=dict(report.found_in),
            raw_document=report.raw,
            created_by=self.actor,
        )
        self.entries.append(
            audit.entry(
                "reader.article.version_added",
                target=article,
                actor=self.actor,
                before={"version": article.current_version_id, "sha256": article.current_sha256},
                after={
                    "version": version.pk,
                    "number": number,
                    "sha256": version.text_sha256,
                    "raw_sha256": report.raw.sha256 if report.raw else None,
                },
            )
        )
        self.versions.append(version)
        self.known.renew(article, version)
        if article.pk not in self.added:
            self.renewed[article.pk] = article
        return version

    def save(self) -> None:
        """Write it all; the keys between articles and versions are looked at once both are in."""
        if not self.versions:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {_MUTUAL} DEFERRED")
        copy_rows(list(self.added.values()))
        copy_rows(self.versions)
        if self.renewed:
            Article.objects.bulk_update(list(self.renewed.values()), _RENEWED)
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {_MUTUAL} IMMEDIATE")
        Story.objects.filter(pk=self.story.pk).bump()
        for pk, entry in zip(new_ids(AuditEntry, len(self.entries)), self.entries, strict=True):
            entry.pk = pk
        copy_rows(self.entries)
        self._tell()

    def _tell(self) -> None:
        last = self.versions[-1]
        for version in self.versions:
            article_version_added.send(
                ArticleVersion,
                version_id=version.pk,
                story_id=self.story.pk,
                number=version.number,
                more=version is not last,
            )


def import_report(
    *,
    story: Story,
    source: Source,
    details: Details,
    content: Content,
    raw: RawDocument | None,
    actor: User | None,
    external_key: str | None = None,
    renews: Article | None = None,
) -> Imported:
    """Store one report, as `load_reports` does."""
    report = Report(
        source=source,
        details=details,
        content=content,
        raw=raw,
        external_key=external_key,
        renews=renews.pk if renews else None,
    )
    return load_reports(story=story, reports=[report], actor=actor)[0]
