"""What a story holds of the reports that come in, asked for in one go and kept while they do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from reader.models import Article, ArticleVersion, Source, Story
from reader.services.articles import Content
from reader.versions import VersionColumns, version_columns

if TYPE_CHECKING:
    from reader.services.loading import Report


@dataclass(kw_only=True)
class KnownArticles:
    """The articles of a story that reports may renew or repeat; grows with what they add.

    `asked` is how many reports there are.
    """

    asked: int
    by_id: dict[int, Article] = field(default_factory=dict)
    by_key: dict[tuple[int, str], Article] = field(default_factory=dict)
    by_text: dict[tuple[int, str], Article] = field(default_factory=dict)
    hashes: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, story: Story, reports: "Sequence[Report]") -> Self:
        """Ask for all articles that could be meant, with their texts: two queries."""
        found = Article.objects.filter(
            Q(pk__in={report.renews for report in reports if report.renews})
            | Q(external_key__in={report.external_key for report in reports if report.external_key})
            | Q(current_sha256__in={report.content.sha256 for report in reports}),
            story=story,
        )
        known = cls(asked=len(reports))
        for article in found.select_related("source", "current_version"):
            known.add(article)
        versions = ArticleVersion.objects.filter(article__in=list(known.by_id))
        for pk, sha256 in versions.order_by("number").values_list("article", "text_sha256"):
            known.hashes.setdefault(pk, []).append(sha256)
        return known

    def add(self, article: Article) -> None:
        """Take an article up, also one that is yet to be stored."""
        self.by_id[article.pk] = article
        if article.external_key:
            self.by_key[article.source_id, article.external_key] = article
        if article.current_sha256:
            self.by_text[article.source_id, article.current_sha256] = article

    def article_for(self, report: "Report") -> Article | None:
        """The article that the report renews: the one named, else the source's with that key.

        Raises `Article.DoesNotExist` if the one named is not in the story.
        """
        if report.renews is not None:
            if report.renews not in self.by_id:
                raise Article.DoesNotExist
            return self.by_id[report.renews]
        return self.by_key.get((report.source.pk, report.external_key or ""))

    def same_text(self, source: Source, sha256: str) -> Article | None:
        """The source's article whose current text is this one."""
        return self.by_text.get((source.pk, sha256))

    def next_version(self, article: Article, content: Content) -> tuple[int, VersionColumns]:
        """The number of the article's next version, and what its row says of its text."""
        earlier = self.hashes.get(article.pk, [])
        current = article.current_version
        before = (current.text, current.blocks) if current else None
        return len(earlier) + 1, version_columns(content.text, content.blocks, before, earlier)

    def renew(self, article: Article, version: ArticleVersion) -> None:
        """Let the version be the article's current one."""
        if article.current_sha256:
            self.by_text.pop((article.source_id, article.current_sha256), None)
        article.current_version, article.current_sha256 = version, version.text_sha256
        self.by_text[article.source_id, version.text_sha256] = article
        self.hashes.setdefault(article.pk, []).append(version.text_sha256)
