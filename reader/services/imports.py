"""One file into a story: what it says of itself, what the caller says, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from reader.ingest.files import MAX_BYLINE, MAX_SOURCE, MAX_TITLE, IncomingArticle
from reader.ingest.times import Published, parse_published
from reader.models import Desk, Story, User
from reader.services.articles import (
    Content,
    Details,
    Imported,
    keep_raw_document,
)
from reader.services.loading import import_report
from reader.services.sources import get_or_add_source
from reader.text import clean_line


class CannotImport(ValueError):
    """A report lacks something without which it cannot be stored; the message says what to do.

    `reason` is a code for the pages' own words.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said of a report, in lines that are ready to store."""

    source: str
    title: str
    byline: str
    published: Published


def facts_of(incoming: IncomingArticle, said: Mapping[str, str], *, desk: Desk) -> Facts:
    """What is said from outside, else what the file says of itself.

    Raises `CannotImport` where there is no source or no published time, or it cannot be right.
    """
    source = clean_line(said.get("source", ""))[:MAX_SOURCE] or incoming.source
    if not source:
        raise CannotImport("no source: name one with --source, or in the page or story.toml")
    published = _said_time(said["published"]) if said.get("published") else incoming.published
    if published is None:
        raise CannotImport("no published time: give it with --published, or in the page")
    if published.is_ahead(timezone.now(), desk.zone):
        raise CannotImport(
            f"the published time {published.as_text()} is in the future: give the right one with"
            " --published"
        )
    return Facts(
        source=source,
        title=clean_line(said.get("title", ""))[:MAX_TITLE]
        or incoming.title
        or shorten(incoming.text, 80, placeholder="…"),
        byline=clean_line(said.get("byline", ""))[:MAX_BYLINE] or incoming.byline,
        published=published,
    )


def _said_time(text: str) -> Published:
    """A time that somebody gave by hand, who can be asked for its zone; pages cannot."""
    try:
        published = parse_published(text)
    except ValueError as error:
        raise CannotImport(f"published time: {error}") from error
    if published.precision == "minute" and published.zone is None:
        raise CannotImport(
            f"the published time {text!r} has no zone: give a day like 2024-10-23 or a time with"
            " its zone like 2024-10-23T18:10+02:00"
        )
    return published


def details_of(facts: Facts, *, language: str, desk: Desk) -> Details:
    """The article's columns; a page's time without a zone is the desk's."""
    zone = facts.published.zone
    return Details(
        title=facts.title,
        byline=facts.byline,
        published_at=facts.published.moment(desk.zone),
        published_precision=facts.published.precision,
        published_zone=zone.key if isinstance(zone, ZoneInfo) else desk.zone,
        language=language,
    )


def content_of(incoming: IncomingArticle) -> Content:
    """The text as it is stored."""
    return Content(
        text=incoming.text,
        blocks=[block.as_json() for block in incoming.blocks],
        body_html=incoming.body_html,
    )


@transaction.atomic
def import_file(
    *,
    story: Story,
    incoming: IncomingArticle,
    said: Mapping[str, str],
    key: str | None,
    actor: User | None,
) -> Imported:
    """Take a file that was read into a story, with its source and its bytes.

    `key` is where it came from, for recognising it again; the address that a page names comes
    first. Raises `CannotImport`.
    """
    facts = facts_of(incoming, said, desk=story.desk)
    source = get_or_add_source(name=facts.source, actor=actor)
    raw = keep_raw_document(
        content=incoming.raw,
        content_type=incoming.content_type,
        where_from=incoming.name[:2000],
        actor=actor,
    )
    return import_report(
        story=story,
        source=source,
        details=details_of(facts, language=incoming.language, desk=story.desk),
        content=content_of(incoming),
        raw=raw,
        actor=actor,
        external_key=(incoming.address or key or "")[:2000] or None,
    )
