"""What reports are made of on their way into a story, and which of them are there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from reader import audit
from reader.models import Article, ArticleVersion
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


def as_json(values: Mapping[str, object]) -> dict[str, object]:
    """An article's columns as the trail may hold them; times as text."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in audit.hashed(values).items()
    }
