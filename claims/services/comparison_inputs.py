"""What a comparison of a story starts from: its live English texts and the claims on them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import transaction

from claims.engine.readings import Block, Report
from claims.models import Claim
from claims.services.kept_apart import Pair, load_kept_apart
from claims.services.newsroom import settings_of
from reader.models import Article, ArticleVersion, Story

if TYPE_CHECKING:
    from claims.engine.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What is compared: texts, dates and claims as they were when `texts_revision` was read.

    Every correction of a claim is one step of it. `rows` are the claims of these texts, `apart` the
    pairs that a person kept apart; `unread` holds the reports beside them that are shown but in no
    language the engine reads. `versions` are the texts of all of them, by the reports' ids.
    `settings` are those of the desk.
    """

    story: Story
    texts_revision: int
    reports: Sequence[Report]
    versions: Mapping[str, ArticleVersion]
    rows: Sequence[Claim]
    apart: Sequence[Pair]
    unread: Sequence[Report]
    settings: "Settings"

    @property
    def texts(self) -> tuple[object, ...]:
        """What stays the same when only claims were corrected."""
        versions = {name: version.pk for name, version in self.versions.items()}
        return versions, list(self.reports), list(self.unread), self.settings


@transaction.atomic
def read_inputs(story_id: int) -> Inputs | None:
    """The story's texts. Waits for a writer that holds the story, so that none is missed."""
    story = (
        Story.objects.select_related("desk")
        .select_for_update(of=("self",))
        .filter(pk=story_id)
        .first()
    )
    if story is None:
        return None
    shown = Article.objects.live().filter(story=story, current_version__isnull=False)
    articles = shown.select_related("source", "current_version").order_by("pk")
    compared = list(articles & Article.objects.comparable())
    others = articles.exclude(pk__in=[article.pk for article in compared])
    known, unread = (
        [(_report(article, story.desk.zone), _current(article)) for article in chosen]
        for chosen in (compared, others)
    )
    return Inputs(
        story=story,
        texts_revision=story.texts_revision,
        reports=[report for report, _ in known],
        versions={report.id: version for report, version in [*known, *unread]},
        rows=list(
            Claim.objects.filter(
                story=story,
                article_version__in=[article.current_version_id for article in compared],
            ).order_by("pk")
        ),
        apart=load_kept_apart(story),
        unread=[report for report, _ in unread],
        settings=settings_of(story.desk),
    )


def _current(article: Article) -> ArticleVersion:
    assert article.current_version is not None  # articles without a text are not asked for
    return article.current_version


def _report(article: Article, desk_zone: str) -> Report:
    """The article as the engine sees it; its id comes from content, so import order is nothing."""
    version = _current(article)
    to_the_minute = article.published_precision == Article.Precision.MINUTE
    return Report(
        id=hashlib.sha256(f"{article.source.name}\x1f{version.text_sha256}".encode()).hexdigest(),
        source=article.source.name,
        title=article.title,
        published=article.published_on(desk_zone),
        published_at=article.published_at.astimezone(UTC) if to_the_minute else None,
        text=version.text,
        blocks=tuple(
            Block(kind=block["kind"], start=block["start"], end=block["end"])
            for block in version.blocks
        ),
    )
