"""The feeds that a web page advertises, for people who give the page's address."""

import re
from collections.abc import Sequence

from reader.ingest.feeds_entry import sound_address
from reader.ingest.tokens import Start, tokens
from reader.text import clean_line

_PAGE = re.compile(
    rb"\s*(?:<!--[\s\S]{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>])", re.I
)
_XML_HEAD = re.compile(rb"\s*<\?xml[^>]{0,200}\?>")
# the types by which browsers and readers find feeds (WHATWG HTML, "alternate"; jsonfeed.org)
_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
    }
)
_MAX_FEEDS = 10
_MAX_TITLE = 200


def looks_like_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    head = _XML_HEAD.match(data)
    return bool(_PAGE.match(data, head.end() if head else 0))


def feeds_of_page(markup: str, address: str) -> Sequence[tuple[str, str]]:
    """Title and address of the feeds that the page names, each address once, in its order."""
    base, found = address, dict[str, str]()
    for token in tokens(markup):
        if not isinstance(token, Start):
            continue
        if token.name == "base" and base == address:
            base = sound_address(address, token.attributes.get("href", "")) or address
        if token.name != "link" or len(found) >= _MAX_FEEDS:
            continue
        named = token.attributes.get("rel", "").lower().split()
        kind = token.attributes.get("type", "").split(";")[0].strip().lower()
        target = sound_address(base, token.attributes.get("href", ""))
        if "alternate" in named and kind in _TYPES and target:
            found.setdefault(target, clean_line(token.attributes.get("title", ""))[:_MAX_TITLE])
    return [(title or target, target) for target, title in found.items()]
