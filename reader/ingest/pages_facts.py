"""What a page says of itself: title, source, byline, times, language, address; and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from reader.ingest.addresses import is_outside_address
from reader.ingest.metadata import FoundIn, Metadata
from reader.ingest.pages_byline import clean_byline
from reader.ingest.pages_linked import Linked, linked_data
from reader.ingest.pages_notes import Noted, noted_in
from reader.ingest.pages_times import (
    Said,
    day_in_address,
    do_differ,
    guessed_day,
    most_precise,
    said_at,
)

Values = Sequence[tuple[str, FoundIn]]

_BYLINES = ("author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_PUBLISHED_GRAPH = ("article:published_time", "og:article:published_time")
_PUBLISHED = (
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publishdate",
    "publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_MODIFIED_GRAPH = ("article:modified_time", "og:article:modified_time", "og:updated_time")
_MODIFIED = ("datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "lastmod")
_SUFFIX = re.compile(r"\s+[|\u2013\u2014\u00b7:-]\s+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A page's facts, and what about them a person should look at, as codes."""

    meta: Metadata
    warnings: tuple[str, ...] = ()


def facts_of(tree: HtmlElement, address: str = "", text: str = "") -> Facts:
    """Read what a page's tree says of it.

    `address` is where it was fetched, `text` its visible text, for guessing at a time that it does
    not name. Warnings: times_differ, paywall, live_blog.
    """
    noted = noted_in(tree)
    found_in: dict[str, FoundIn] = {}

    def first(name: str, values: Values) -> str:
        value, where = next(((value, where) for value, where in values if value), ("", None))
        if where:
            found_in[name] = where
        return value

    own_address = first("address", _addresses(noted, address)) or address
    linked = linked_data(noted.scripts, own_address)
    source = first("source", _sources(noted, linked))
    title = first("title", _titles(noted, linked, source))
    byline = first("byline", _bylines(noted, linked, source))
    language = first("language", _languages(noted, linked))
    times = _times(noted, linked)
    published = most_precise(times) or _guess(noted, own_address, text, title)
    modified = most_precise(_changes(noted, linked))
    for name, said in (("published", published), ("modified", modified)):
        if said:
            found_in[name] = said.where
    meta = Metadata(
        title=title,
        source=source,
        byline=byline,
        published=published.time if published else None,
        modified=modified.time if modified else None,
        language=language,
        address=own_address,
        found_in=found_in,
    )
    return Facts(meta=meta, warnings=tuple(_warnings(times, linked)))


def _warnings(times: Sequence[Said], linked: Linked) -> Iterator[str]:
    if do_differ(times):
        yield "times_differ"
    if not linked.is_free:
        yield "paywall"
    if linked.is_live:
        yield "live_blog"


def _addresses(noted: Noted, address: str) -> Values:
    base = _joined(address, noted.values.get("base", ""))
    found = noted.those(("canonical_link", ("canonical",)), ("open_graph", ("og:url",)))
    whole = [(_joined(base, value), where) for value, where in found]
    return [
        (value, where)
        for value, where in whole
        if is_outside_address(value) and not _is_front_page_of(value, address)
    ]


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value)
    except ValueError:
        return ""


def _is_front_page_of(value: str, address: str) -> bool:
    """Whether a page wrongly names its site's front page as its own address."""
    return not urlsplit(value).path.strip("/") and bool(urlsplit(address).path.strip("/"))


def _sources(noted: Noted, linked: Linked) -> Values:
    site = noted.those(("open_graph", ("og:site_name",)))
    data: Values = [(linked.publisher, "json_ld"), (linked.site, "json_ld")]
    rest = noted.those(("meta", ("application-name", "publisher")))
    looks_bare = bool(site) and bool(_HOST.fullmatch(site[0][0]))
    return [*data, *site, *rest] if looks_bare else [*site, *data, *rest]


def _titles(noted: Noted, linked: Linked, source: str) -> Values:
    said = noted.those(("open_graph", ("og:title",)), ("meta", ("twitter:title", "dc.title")))
    named: Values = [*said, (linked.headline, "json_ld")]
    heading, page = noted.values.get("h1", ""), noted.values.get("title", "")
    known = [(value, where) for value, where in named if value]
    if not known:
        # "Headline | Site" is the usual form of a page's title; a heading may be the site's
        is_headline = not page or heading.casefold() in page.casefold()
        first: Values = [(heading, "heading")] if is_headline else []
        return [*first, (_without_source(page, source), "title_tag"), (heading, "heading")]
    for value, where in known:
        if heading and heading.casefold() in value.casefold() and " " in heading:
            return [(heading, where)]
    return [(_without_source(value, source), where) for value, where in known]


def _without_source(title: str, source: str) -> str:
    """A title without the source's name at its end."""
    parts = list(_SUFFIX.finditer(title))
    if parts and source and title[parts[-1].end() :].casefold() == source.casefold():
        return title[: parts[-1].start()]
    return title


def _bylines(noted: Noted, linked: Linked, source: str) -> Values:
    meta = noted.those(("meta", _BYLINES), ("open_graph", ("article:author",)))
    groups: list[tuple[Sequence[str], FoundIn]] = [(linked.authors, "json_ld")]
    groups += [([value], where) for value, where in meta]
    groups.append((noted.bylines, "byline"))
    return [(clean_byline(names, source), where) for names, where in groups]


def _languages(noted: Noted, linked: Linked) -> Values:
    found: Values = [
        *noted.those(("meta", ("lang", "content-language"))),
        *noted.those(("open_graph", ("og:locale",))),
        (linked.language, "json_ld"),
    ]
    return [
        (match[0][:12].replace("_", "-"), where)
        for value, where in found
        if (match := _LANGUAGE.match(value))
    ]


def _times(noted: Noted, linked: Linked) -> list[Said]:
    """When it says that it came out: in its data for machines, else in its text."""
    data: list[tuple[str, FoundIn]] = [(linked.published, "json_ld")]
    data += noted.those(("open_graph", _PUBLISHED_GRAPH), ("meta", _PUBLISHED))
    shown: list[tuple[str, FoundIn]] = [(time, "time_tag") for time in noted.published]
    return said_at(data) or said_at(shown)[:1]


def _changes(noted: Noted, linked: Linked) -> list[Said]:
    data: list[tuple[str, FoundIn]] = [(linked.modified, "json_ld")]
    data += noted.those(("open_graph", _MODIFIED_GRAPH), ("meta", _MODIFIED))
    shown: list[tuple[str, FoundIn]] = [(time, "time_tag") for time in noted.modified]
    return said_at(data) or said_at(shown)[:1]


def _guess(noted: Noted, address: str, text: str, title: str) -> Said | None:
    """A time that a person must confirm."""
    for said in said_at([(time, "guess") for time in noted.unsaid]):
        return said
    in_address = day_in_address(address)
    if in_address:
        return Said(time=in_address, where="address")
    guessed = guessed_day(text, title) if text else None
    return Said(time=guessed, where="guess") if guessed else None
