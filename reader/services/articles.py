"""Taking reports into a story: new articles, new versions, and what is there already."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from django.db import transaction

from reader import audit
from reader.models import Article, ArticleVersion, RawDocument, Source, Story, User
from reader.signals import article_version_added
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


@audit.act()
@transaction.atomic
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
    """Take a report into the story: as a new article, a new version, or as known already.

    It renews the article named, else the one of this source with the same key. The current text
    again is a duplicate; any other, an older one too, is a new version. Locks the story, so that
    the same report sent twice at once is stored once.
    """
    Story.objects.select_for_update().get(pk=story.pk)
    article = find_article(story=story, source=source, external_key=external_key, renews=renews)
    same = find_duplicate(
        story=story, source=article.source if article else source, content=content
    )
    if same is not None:
        assert same.current_version is not None  # it was found by the hash of one
        return Imported(outcome="duplicate", article=same, version=same.current_version)
    if article is None:
        article = add_article(
            story=story, source=source, details=details, external_key=external_key, actor=actor
        )
        outcome: Outcome = "created"
    else:
        _update_details(article, details, actor)
        outcome = "version"
    version = add_version(article=article, content=content, raw=raw, actor=actor)
    return Imported(outcome=outcome, article=article, version=version)


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


@transaction.atomic
def add_article(
    *,
    story: Story,
    source: Source,
    details: Details,
    actor: User | None,
    external_key: str | None = None,
) -> Article:
    """Make a live article without a text; `add_version` brings that."""
    article = Article.objects.create(
        story=story, source=source, external_key=external_key or None, **details.columns()
    )
    audit.record(
        "reader.article.added",
        target=article,
        actor=actor,
        after={"source": source.pk, **_as_json(details.columns())},
    )
    return article


@transaction.atomic
def add_version(
    *,
    article: Article,
    content: Content,
    raw: RawDocument | None,
    actor: User | None,
    correction_note: str = "",
) -> ArticleVersion:
    """Store the article's next version and make it the current one.

    Locks the article. Sends `article_version_added` in the transaction. The caller has made sure
    that the text is not the current one.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    last = locked.versions.order_by("-number").first()
    version = ArticleVersion.objects.create(
        story_id=locked.story_id,
        article=locked,
        number=last.number + 1 if last else 1,
        text=content.text,
        blocks=list(content.blocks),
        text_sha256=content.sha256,
        body_html=content.body_html,
        correction_note=correction_note,
        change=ArticleVersion.Change.WORDS if last else ArticleVersion.Change.FIRST,
        raw_document=raw,
        created_by=actor,
    )
    _make_current(locked, version)
    article.current_version, article.current_sha256 = version, version.text_sha256
    article_version_added.send(
        sender=ArticleVersion, version_id=version.pk, story_id=locked.story_id
    )
    return version


def _make_current(article: Article, version: ArticleVersion) -> None:
    """Show the version from now on, and record that it came."""
    before = {"version": article.current_version_id, "sha256": article.current_sha256}
    article.current_version, article.current_sha256 = version, version.text_sha256
    article.save(update_fields=["current_version", "current_sha256"])
    Story.objects.filter(pk=article.story_id).bump()
    raw = version.raw_document
    audit.record(
        "reader.article.version_added",
        target=article,
        actor=version.created_by,
        before=before,
        after={
            "version": version.pk,
            "number": version.number,
            "sha256": version.text_sha256,
            "raw_sha256": raw.sha256 if raw else None,
        },
    )


def _update_details(article: Article, details: Details, actor: User | None) -> None:
    """Let the article say what its newest report says of itself."""
    new = details.columns()
    before = {name: getattr(article, name) for name in new}
    changed = [name for name in new if new[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(article, name, new[name])
    article.save(update_fields=changed)
    audit.record(
        "reader.article.changed",
        target=article,
        actor=actor,
        before=_as_json({name: before[name] for name in changed}),
        after=_as_json({name: new[name] for name in changed}),
    )


def _as_json(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in audit.hashed(values).items()
    }
