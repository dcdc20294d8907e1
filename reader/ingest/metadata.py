"""What a page says about itself: title, source, byline, published time, language, address."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from reader.ingest.addresses import is_outside_address
from reader.ingest.times import Published, parse_published
from reader.ingest.tokens import End, Start, Text, tokens
from reader.text import clean_line

_TITLES = ("og:title", "twitter:title", "dc.title", "ld:headline")
_SOURCES = ("og:site_name", "ld:publisher", "application-name", "publisher")
_BYLINES = ("author", "article:author", "byl", "dc.creator", "parsely-author", "ld:author")
_TIMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "ld:datepublished",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "date",
    "time",
)
# Where a fact about a report can be found. The published time is certain but where it was guessed
# ("guess": from words of the text; "properties": a document's own dates, which say when it was
# typed); a person confirms those.
FoundIn = Literal[
    "json_ld",
    "open_graph",
    "meta",
    "time_tag",
    "byline",
    "title_tag",
    "heading",
    "canonical_link",
    "mail_header",
    "feed",
    "column",
    "typed",
    "file_name",
    "address",
    "properties",
    "guess",
]
UNCERTAIN: frozenset[FoundIn] = frozenset({"guess", "properties", "file_name", "address"})

_ARTICLE_TYPES = ("Article", "Posting", "Report")
_MAX_VALUE = 2000
_MAX_NODES = 2000


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What was found; empty or None where nothing was.

    `found_in` says where, by the field's name: the words are those of `FoundIn`.
    """

    title: str = ""
    source: str = ""
    byline: str = ""
    published: Published | None = None
    modified: Published | None = None
    language: str = ""
    address: str = ""
    found_in: Mapping[str, FoundIn] = field(default_factory=dict)


@dataclass
class _Found:
    """Values by name, each name's first; `title` and `h1` hold the text of these elements."""

    values: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, value: str) -> None:
        """Keep a value unless there is one of that name, or it is empty or too long."""
        line = clean_line(value[:_MAX_VALUE])
        if line:
            self.values.setdefault(name.lower(), line)

    def first(self, names: tuple[str, ...]) -> str:
        """The value of the first of these names that has one."""
        return next((self.values[name] for name in names if name in self.values), "")


def read_metadata(markup: str) -> Metadata:
    """Read what a page says about itself, in meta tags, JSON-LD, its title and headline."""
    found = _Found()
    collecting, parts = "", list[str]()
    json_next = False
    for token in tokens(markup):
        if isinstance(token, Text):
            if json_next:
                _note_json(token.value, found)
            elif collecting:
                parts.append(token.value)
        elif isinstance(token, End):
            if token.name == collecting:
                found.note(collecting, "".join(parts))
                collecting, parts = "", []
        else:
            _note_tag(token, found)
            if token.name in ("title", "h1") and not collecting:
                collecting = token.name
        json_next = isinstance(token, Start) and _holds_json(token)
    byline = found.first(_BYLINES)
    return Metadata(
        title=_title(found),
        source=found.first(_SOURCES),
        byline="" if is_outside_address(byline) else without_by(byline),
        published=_published(found),
        language=found.first(("lang", "og:locale", "ld:inlanguage"))[:12].replace("_", "-"),
        address=next(filter(is_outside_address, (found.first(("canonical", "og:url")),)), ""),
    )


def without_by(byline: str) -> str:
    """A byline without the "By" before the names."""
    return byline[3:].lstrip() if byline[:3].lower() == "by " else byline


def _title(found: _Found) -> str:
    named, page, heading = found.first(_TITLES), found.first(("title",)), found.first(("h1",))
    if named or not (page and heading):
        return named or page or heading
    # "Headline | Site" is the usual form of a page's title; a heading elsewhere may be the site's.
    return heading if heading.casefold() in page.casefold() else page


def _published(found: _Found) -> Published | None:
    for name in _TIMES:
        if name in found.values:
            try:
                return parse_published(found.values[name])
            except ValueError:
                continue
    return None


def _note_tag(token: Start, found: _Found) -> None:
    attributes = token.attributes
    if token.name == "meta":
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            found.note(name.strip(), attributes.get("content", ""))
    elif token.name == "time":
        found.note("time", attributes.get("datetime", ""))
    elif token.name == "html":
        found.note("lang", attributes.get("lang", ""))
    elif token.name == "link" and "canonical" in attributes.get("rel", "").lower().split():
        found.note("canonical", attributes.get("href", ""))


def _holds_json(token: Start) -> bool:
    return token.name == "script" and "ld+json" in token.attributes.get("type", "").lower()


def _note_json(text: str, found: _Found) -> None:
    """Note what the first article in a JSON-LD script says; broken scripts say nothing."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data):
        if not any(kind in str(node.get("@type", "")) for kind in _ARTICLE_TYPES):
            continue
        for name in ("headline", "datePublished", "inLanguage"):
            if isinstance(node.get(name), str):
                found.note(f"ld:{name}", node[name])
        for name in ("author", "publisher"):
            found.note(f"ld:{name}", ", ".join(_names(node.get(name))))


def _nodes(data: object) -> Iterator[Mapping[str, str]]:
    """The objects of a JSON-LD document: the root, a list of roots, or the members of a graph."""
    waiting = [data]
    for _step in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.append(node.get("@graph"))


def _names(value: object) -> list[str]:
    """The names of a person or organisation, or of several."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item) if not isinstance(item, list)]
    if isinstance(value, dict):
        return _names(value.get("name")) if not isinstance(value.get("name"), dict) else []
    return []
