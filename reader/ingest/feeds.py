"""A feed's bytes made into its entries: RSS, Atom and RDF by feedparser, JSON Feed by `feeds_json`.

Runs only in the child process with limits. What an entry says in markup stays as it came; only its
words are taken out here, through the one gate.
"""

import io
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import feedparser
from charset_normalizer import from_bytes

from reader.ingest.feeds_entry import MAX_ENTRIES, FeedItem, make_item, plain_words, sound_address
from reader.ingest.feeds_json import looks_like_json, read_json_feed
from reader.ingest.feeds_pages import feeds_of_page, looks_like_page
from reader.ingest.times import Published, parse_published
from reader.text import clean_line

MAX_BYTES = 10 * 1024 * 1024
SECONDS = 20

Problem = Literal["", "empty", "too_large", "entities", "not_a_feed", "page"]

_HEAD = 4096
_NAMES_ENCODING = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=""", re.IGNORECASE)
_ENTITY = re.compile(rb"""<!ENTITY\s+[^\s%>]{1,200}\s+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\x00\x3c", b"\x3c\x00")
_MAX_ENTITIES, _MAX_ENTITY = 300, 1000
# in these formats the date that feedparser calls updated is the only one that there is
_ONE_DATE = ("rss10", "rss090", "cdf")


@dataclass(frozen=True, kw_only=True)
class FeedContent:
    """A feed as it was read; `problem` says why there is nothing in it.

    `encoding` is empty for JSON; with `guessed` nothing named it, so its letters may be wrong.
    `advertised` holds title and address of the feeds that a web page names.
    """

    title: str = ""
    entries: Sequence[FeedItem] = field(default_factory=list)
    problem: Problem = ""
    language: str = ""
    encoding: str = ""
    guessed: bool = False
    advertised: Sequence[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The content as it crosses from one process to another."""
        whole = asdict(self)
        whole["entries"] = [entry.as_json() for entry in self.entries]
        return whole

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FeedContent":
        """What `as_json` wrote. Raises KeyError or TypeError on any other shape."""
        fields = dict(data)
        fields["entries"] = [FeedItem.from_json(entry) for entry in fields["entries"]]
        fields["advertised"] = [(title, address) for title, address in fields["advertised"]]
        return cls(**fields)


@dataclass(frozen=True, kw_only=True)
class _Bytes:
    data: bytes = field(repr=False)
    content_type: str
    guessed: str = ""


def read_feed(data: bytes, content_type: str, address: str) -> FeedContent:
    """Read a feed; `address` is where it was fetched from, which its own addresses start at.

    Never raises for what the bytes hold: `problem` says what is wrong. A broken feed gives the
    entries that can be made out.
    """
    if len(data) > MAX_BYTES:
        return FeedContent(problem="too_large")
    if not data.strip():
        return FeedContent(problem="empty")
    if looks_like_json(data):
        title, language, items = read_json_feed(data, address)
        if items is None:
            return FeedContent(problem="not_a_feed")
        return FeedContent(title=title, language=language, entries=items)
    if _is_bomb(data):
        return FeedContent(problem="entities")
    given = _decodable(data, content_type)
    if looks_like_page(given.data):
        found = feeds_of_page(given.data.decode("utf-8", "replace"), address)
        return FeedContent(problem="page" if found else "not_a_feed", advertised=found)
    return _read_xml(given, address)


def _read_xml(given: _Bytes, address: str) -> FeedContent:
    headers = {"content-type": given.content_type, "content-location": address}
    # a stream: feedparser takes bytes for a file's name, and text for an address that it fetches
    read = feedparser.parse(io.BytesIO(given.data), response_headers=headers, sanitize_html=False)
    version = read.get("version", "")
    if not version and not read.entries:
        return FeedContent(problem="not_a_feed")
    about = read.feed
    return FeedContent(
        title=_words(about, "title"),
        language=clean_line(str(about.get("language", "")))[:12],
        encoding=given.guessed or str(read.get("encoding", "")),
        guessed=bool(given.guessed),
        entries=[
            _item(entry, version, address, certain=not given.guessed)
            for entry in read.entries[:MAX_ENTRIES]
        ],
    )


def _item(entry: Any, version: str, address: str, *, certain: bool) -> FeedItem:
    published, modified = _time(entry, "published"), _time(entry, "updated")
    said = published is not None or version in _ONE_DATE
    contents = entry.get("content") or []
    whole = "".join(_markup(part) for part in contents)
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    return make_item(
        key=str(entry.get("id") or ""),
        address=sound_address(address, str(link)),
        title=_words(entry, "title"),
        byline=_byline(entry),
        markup=whole,
        summary=_markup(entry.get("summary_detail") or {}),
        published=published or modified,
        # Atom must say when an entry was changed, and need not say when it came out
        dated=certain and said,
        modified=modified,
        language=str((contents or [{}])[0].get("language") or ""),
        readable=certain,
    )


def _words(holder: Any, name: str) -> str:
    """A title's words, whether it came as text or as markup."""
    detail = holder.get(f"{name}_detail") or {}
    value = str(holder.get(name) or "")
    return clean_line(value if detail.get("type") == "text/plain" else plain_words(value))


def _markup(detail: Any) -> str:
    """What a part says, as markup."""
    value = str(detail.get("value") or "")
    if detail.get("type") != "text/plain":
        return value
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", escaped) if part.strip())


def _byline(entry: Any) -> str:
    people = [author.get("name", "") for author in entry.get("authors") or [] if author]
    named = [clean_line(str(name)) for name in people if name]
    return ", ".join(dict.fromkeys(name for name in named if name and "@" not in name))


def _time(entry: Any, name: str) -> Published | None:
    """When something was, as the feed writes it, else as feedparser makes it out (UTC)."""
    # not entry.get: where there is no "updated", feedparser gives the published time for it
    raw, parsed = (dict.get(entry, key) for key in (name, f"{name}_parsed"))
    if raw:
        with suppress(ValueError):
            return parse_published(str(raw))
    if parsed:
        with suppress(ValueError, OverflowError, OSError):
            moment = datetime.fromtimestamp(timegm(parsed), tz=UTC)
            return parse_published(moment.isoformat())
    return None


def _decodable(data: bytes, content_type: str) -> _Bytes:
    """The bytes with what is known about their encoding.

    Where neither the answer's head nor the feed names one and they are not UTF-8, it is guessed,
    which the content says: nothing of such a feed is stored without a person's look.
    """
    kind = clean_line(content_type)[:200]
    named = "charset=" in kind.lower() or _NAMES_ENCODING.search(data, 0, _HEAD)
    if named or data.startswith(_MARKS):
        return _Bytes(data=data, content_type=kind)
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return _Bytes(data=data, content_type=kind)
    best = from_bytes(data[: 256 * 1024]).best()
    if best is None:
        return _Bytes(data=data, content_type=kind)
    text = data.decode(best.encoding, "replace")
    return _Bytes(
        data=text.encode(), content_type="application/xml; charset=utf-8", guessed=best.encoding
    )


def _is_bomb(data: bytes) -> bool:
    """Whether the feed declares entities that grow: made of others, very long, or very many.

    Expat stops them too, after seconds; in encodings that this does not see, it still does.
    """
    for number, found in enumerate(_ENTITY.finditer(data)):
        value = found[1] or found[2] or b""
        if number >= _MAX_ENTITIES or len(value) > _MAX_ENTITY:
            return True
        if re.search(rb"&(?!#)|%", value):
            return True
    return False
