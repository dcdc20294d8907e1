"""What reports are made of on their way into a story, and which of them are there already."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from reader import audit
from reader.models import Article, ArticleVersion, RawDocument, Source, Story, User
from reader.text import BlockJson, text_sha256

Outcome = Literal["created", "version", "duplicate"]


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is known about a report besides its text; the names are those of `Article`'s columns.

    `published_at` is aware; `published_zone` the IANA zone in which a day without a time is meant.
    """

    title: str
    byline: str
    published_at: datetime
    published_precision: str
    published_zone: str
    language: str

    def columns(self) -> dict[str, object]:
        """The values by column."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Content:
    """A cleaned text with its blocks and markup, as `reader.ingest` makes them."""

    text: str
    blocks: Sequence[BlockJson]
    body_html: str

    @property
    def sha256(self) -> str:
        """The hash by which the same text is recognised."""
        return text_sha256(self.text)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a report that came in; a duplicate names what is there already."""

    outcome: Outcome
    article: Article
    version: ArticleVersion


def keep_raw_document(
    *, content: bytes, content_type: str, where_from: str, actor: User | None
) -> RawDocument:
    """Store the bytes as they came in; the same bytes from the same place once."""
    digest = hashlib.sha256(content).hexdigest()
    known = RawDocument.objects.filter(
        sha256=digest, where_from=where_from, content_type=content_type, erased_at=None
    )
    return known.first() or RawDocument.objects.create(
        content=content,
        size=len(content),
        sha256=digest,
        content_type=content_type,
        where_from=where_from,
        received_by=actor,
    )


def find_article(
    *, story: Story, source: Source | None, external_key: str | None, renews: Article | None = None
) -> Article | None:
    """The article that a report would renew: the one named, else the source's with that key."""
    if renews is not None:
        return Article.objects.select_related("source").get(pk=renews.pk, story=story)
    if not external_key or source is None:
        return None
    same_key = Article.objects.filter(story=story, source=source, external_key=external_key)
    return same_key.select_related("source").first()


def find_duplicate(*, story: Story, source: Source | None, content: Content) -> Article | None:
    """The source's article in the story whose current text is this one."""
    if source is None:
        return None
    same_text = Article.objects.filter(story=story, source=source, current_sha256=content.sha256)
    return same_text.select_related("current_version").first()


def as_json(values: Mapping[str, object]) -> dict[str, object]:
    """An article's columns as the trail may hold them; times as text."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in audit.hashed(values).items()
    }
