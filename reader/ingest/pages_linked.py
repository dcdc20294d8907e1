"""What the JSON-LD of a page says of its article (schema.org)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reader.ingest.tokens import decode
from reader.text import clean_line

_ARTICLE_TYPES = ("Article", "Posting", "Report")
_LIVE = "LiveBlogPosting"
_SITE_TYPES = ("WebSite", "NewsMediaOrganization")
_MAX_VALUE = 2000
_MAX_NODES = 2000
_MAX_NAMES = 20
_MOST_SCRIPT = 1_000_000  # code points

Node = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What one article's data says; empty where it says nothing."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    address: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    site: str = ""
    is_live: bool = False
    is_free: bool = True


def linked_data(scripts: Iterable[str], address: str = "") -> Linked:
    """What the article of the page says of itself in these scripts; broken ones say nothing.

    Of several articles it is the one at the page's own address, else the first.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    site = next((_text(node.get("name")) for node in nodes if _is_a(node, _SITE_TYPES)), "")
    articles = [node for node in nodes if _is_a(node, _ARTICLE_TYPES)]
    if not articles:
        return Linked(site=site)
    own = next((node for node in articles if address and _address(node) == address), articles[0])
    return Linked(
        headline=_text(own.get("headline")) or _text(own.get("name")),
        published=_text(own.get("datePublished")),
        modified=_text(own.get("dateModified")),
        language=_text(own.get("inLanguage")),
        address=_address(own),
        authors=tuple(_names(own.get("author") or own.get("creator"), known)),
        publisher=", ".join(_names(own.get("publisher"), known)),
        site=site,
        is_live=_is_a(own, (_LIVE,)),
        is_free=not _costs(own),
    )


def _parsed(script: str) -> object:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    if len(text) > _MOST_SCRIPT:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[Node]:
    """The objects of a document: the root, a list of roots, members of a graph, a page's article.

    Lists of other articles (`itemListElement`) are not looked into.
    """
    waiting = [data]
    for place in range(_MAX_NODES):
        if place >= len(waiting):
            return
        node = waiting[place]
        if isinstance(node, list):
            waiting.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _is_a(node: Node, kinds: tuple[str, ...]) -> bool:
    said = node.get("@type")
    types = said[:_MAX_NAMES] if isinstance(said, list) else [said]
    return any(isinstance(one, str) and one.endswith(kinds) for one in types)


def _text(value: object) -> str:
    """A text, decoded once; of a list its first, of an object its name."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return clean_line(decode(value[:_MAX_VALUE])) if isinstance(value, str) else ""


def _address(node: Node) -> str:
    main = node.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = main.get("@id") or main.get("url")
    named = node.get("url") or main
    return named.strip() if isinstance(named, str) and len(named) <= _MAX_VALUE else ""


def _names(value: object, known: Mapping[str, Node]) -> Iterator[str]:
    """The names of a person or an organisation, or of several, given in place or by their id."""
    for one in value[:_MAX_NAMES] if isinstance(value, list) else [value]:
        named = one
        if isinstance(one, dict) and "name" not in one:
            mark = one.get("@id")
            named = known.get(mark) if isinstance(mark, str) else None
        if not isinstance(named, list) and (name := _text(named)):
            yield name


def _costs(node: Node) -> bool:
    """Whether the article, or a part of it, is said to be for subscribers only."""
    parts = node.get("hasPart")
    said = [node, *(parts[:_MAX_NAMES] if isinstance(parts, list) else [parts])]
    free = [one.get("isAccessibleForFree") for one in said if isinstance(one, dict)]
    return any(one is False or str(one).strip().lower() == "false" for one in free)
