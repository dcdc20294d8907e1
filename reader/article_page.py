"""The read model of the article page: the version that is shown, and the list of all of them.

The list needs no text: words and changes are counted when a version is stored. So the number and
the size of what is asked for do not grow with the texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from reader.import_item_words import found_words
from reader.models import Article, ArticleVersion, RawDocument
from reader.version_words import change_words, fact_word, provenance_rows, word_counts

Change = ArticleVersion.Change
_OF_NO_INTEREST = {Change.SPACING, Change.DATE_LINE, Change.FLIP_FLOP}
_TEXTS = ("text", "blocks", "body_html", "raw_document__content")


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version in the list: what it changed, and where it came from."""

    version: ArticleVersion
    raw: RawDocument | None
    changed: str
    counted: str
    facts: Sequence[tuple[str, str]]
    provenance: Sequence[tuple[str, str]]
    before: int | None
    is_current: bool
    is_shown: bool
    is_correction: bool

    @property
    def is_boring(self) -> bool:
        """Whether nobody needs to see it among the others: nothing stands now because of it."""
        known = self.version.change in _OF_NO_INTEREST
        return known and not self.is_current and not self.is_shown


@dataclass(frozen=True, kw_only=True)
class VersionGroup:
    """Versions that follow each other; folded are those that changed nothing of interest."""

    rows: Sequence[VersionRow]
    folded: bool


def list_versions(article: Article, shown: int | None) -> list[VersionGroup]:
    """The article's versions, newest first, in groups; `shown` is the id of the one on the page.

    One query, whatever their number.
    """
    versions = list(
        without_texts(article).select_related("created_by", "raw_document__received_by")
    )
    # newest first, so that the oldest with a text stays
    first_with = {version.text_sha256: version.number for version in versions}
    rows = [_row(version, article, shown, first_with) for version in versions]
    return [
        VersionGroup(rows=list(run), folded=boring)
        for boring, run in groupby(rows, lambda row: row.is_boring)
    ]


def without_texts(article: Article) -> QuerySet[ArticleVersion]:
    """The article's versions, newest first, without what makes them large."""
    return article.versions.select_related("raw_document").defer(*_TEXTS).order_by("-number")


@dataclass(frozen=True, kw_only=True)
class VersionTime:
    """A version as it is named in a list to choose from."""

    number: int
    created: datetime


def version_times(article: Article) -> list[VersionTime]:
    """All versions, oldest first."""
    found = article.versions.order_by("number").values_list("number", "created_at")
    return [VersionTime(number=number, created=created) for number, created in found]


def version_of(article: Article, number: str) -> ArticleVersion | None:
    """The version with its text, the current one if no number is given; None for one that is not.

    A number is written in plain figures without zeros before it.
    """
    if not number:
        return article.current_version
    if not (number.isascii() and number.isdigit() and len(number) < 10) or number[0] == "0":
        return None
    return article.versions.filter(number=int(number)).first()


def _row(
    version: ArticleVersion, article: Article, shown: int | None, first_with: dict[str, int]
) -> VersionRow:
    raw = version.raw_document
    found = [(fact_word(fact), found_words(str(where))) for fact, where in version.found_in.items()]
    return VersionRow(
        version=version,
        raw=raw,
        changed=change_words(version, _back_to(version, first_with)),
        counted=word_counts(version.extent),
        facts=[(fact, where) for fact, where in found if where],
        provenance=list(provenance_rows(raw.provenance)) if raw else [],
        before=version.number - 1 or None,
        is_current=version.pk == article.current_version_id,
        is_shown=version.pk == shown,
        is_correction=version.change == Change.CORRECTION or bool(version.correction_note),
    )


def _back_to(version: ArticleVersion, first_with: dict[str, int]) -> int | None:
    """The first version with the same text, if it is an earlier one."""
    number = first_with[version.text_sha256]
    return number if number < version.number else None
