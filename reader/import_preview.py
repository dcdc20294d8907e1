"""Read model of the import preview: the text as it will be shown, and what a person should know."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reader.import_words import dropped_words
from reader.models import Article, ImportItem
from reader.rendering import render_text
from reader.services.previews import Proposal
from reader.text import Block, count_words, text_sha256

SHORT = 50


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What the preview shows beside its form; `same_text` are articles that hold this text now."""

    body: SafeString
    words: int
    dropped: list[str]
    excerpt: str
    warnings: list[str]
    same_text: list[Article]


def build_preview(item: ImportItem, published_at: datetime | None) -> Preview:
    """The preview of an item that waits; one query for the articles with the same text."""
    proposal = Proposal.of(item)
    words = count_words(item.text)
    return Preview(
        body=render_text(item.text, [], [Block.from_json(block) for block in item.blocks]),
        words=words,
        dropped=dropped_words(proposal.dropped),
        excerpt=proposal.excerpt,
        warnings=list(_warnings(words, proposal.language, published_at)),
        same_text=_same_text(item),
    )


def _warnings(words: int, language: str, published_at: datetime | None) -> list[str]:
    warnings = []
    if words < SHORT:
        warnings.append(_("This is very short. Check that the whole text is here."))
    if not language.lower().startswith("en"):
        warnings.append(
            _("This is not English. It will be stored and shown, but not compared by the engine.")
        )
    if published_at and published_at > timezone.now():
        warnings.append(_("The published time lies in the future."))
    return warnings


def _same_text(item: ImportItem) -> list[Article]:
    if item.story_id is None:
        return []
    found = Article.objects.filter(
        story_id=item.story_id, current_sha256=text_sha256(item.text)
    ).select_related("source")
    return list(found)
