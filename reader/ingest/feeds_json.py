"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1): no more of it than an entry needs."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from html import escape
from typing import Any

from reader.ingest.feeds_entry import MAX_ENTRIES, FeedItem, make_item, sound_address
from reader.ingest.times import Published, parse_published
from reader.text import clean_line, clean_text

_VERSION = "https://jsonfeed.org/version/1"


def looks_like_json(data: bytes) -> bool:
    """Whether the first sign is that of a JSON object."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json_feed(
    data: bytes, address: str
) -> tuple[str, str, Sequence[FeedItem]] | tuple[str, str, None]:
    """Title, language and entries; None for entries where it is no such feed."""
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return "", "", None
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(_VERSION):
        return "", "", None
    items = feed.get("items")
    found = items[:MAX_ENTRIES] if isinstance(items, list) else []
    authors, language = _byline(feed), _text(feed, "language")
    return (
        clean_line(_text(feed, "title")),
        clean_line(language)[:12],
        [
            _item(item, address, authors=authors, language=language)
            for item in found
            if isinstance(item, dict)
        ],
    )


def _item(item: Mapping[str, Any], base: str, *, authors: str, language: str) -> FeedItem:
    text = _text(item, "content_text")
    link = _text(item, "url") or _text(item, "external_url")
    published, modified = _time(item, "date_published"), _time(item, "date_modified")
    return make_item(
        key=_key(item.get("id")),
        address=sound_address(base, link),
        title=_text(item, "title"),
        byline=_byline(item) or authors,
        markup=_text(item, "content_html") or _paragraphs(text),
        summary=_paragraphs(_text(item, "summary")),
        published=published or modified,
        dated=published is not None,
        modified=modified,
        language=_text(item, "language") or language,
    )


def _text(holder: Mapping[str, Any], name: str) -> str:
    """A member that is text, without halves of surrogate pairs; anything else is nothing."""
    value = holder.get(name)
    return clean_text(value) if isinstance(value, str) else ""


def _key(value: object) -> str:
    """An id is text; the standard has readers take numbers too."""
    known = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return clean_text(str(value)) if known else ""


def _byline(holder: Mapping[str, Any]) -> str:
    """The authors of 1.1, else the one author of 1.0."""
    authors = holder.get("authors")
    people = authors[:20] if isinstance(authors, list) else [holder.get("author")]
    names = [clean_line(_text(person, "name")) for person in people if isinstance(person, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _time(item: Mapping[str, Any], name: str) -> Published | None:
    with suppress(ValueError):
        return parse_published(_text(item, name))
    return None


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())
