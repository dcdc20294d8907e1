"""A whole page as a tree, within limits, and the text that a browser would show of it.

libxml2 reads what hostile pages are made of in linear time but for one thing: tags with very many
attributes. It stops without a word below 256 levels; such pages are not read here at all.
"""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reader.ingest.tokens import words
from reader.text import clean_words

MAX_ELEMENTS = 20_000  # news pages have up to 10,000; beyond, extraction grows with the square
MAX_TAG = 20_000  # code points of one tag: the time for its attributes grows with their square
_DEEP = "Excessive depth"
# Tags as the HTML standard cuts them, so that a quoted ">" ends none; comments and the content of
# raw elements are passed over. No part can fail once it has begun, so the time is linear.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)"""
_TAG = re.compile(
    r"<!--(?:>|->|[\s\S]*?(?:-->|\Z))"
    rf"|</?+([a-zA-Z][^\s/>]*+)(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?)*+"
    r"(?:>|\Z)"
)
_UNSEEN = words(
    """
    audio canvas datalist head iframe math noembed noframes noscript object option script style svg
    template textarea title video
    """
)
_LINES = words(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li
    main menu nav ol p pre section select summary table tbody td tfoot th thead tr ul
    """
)


def parse_page(markup: str) -> HtmlElement | None:
    """The page's tree; None where it is too deep, has too many elements or cannot be parsed."""
    if _has_endless_tag(markup):
        return None
    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        no_network=True,
    )
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None
    if any(_DEEP in error.message for error in parser.error_log):
        return None
    return None if sum(1 for _ in tree.iter()) > MAX_ELEMENTS else tree


def _has_endless_tag(markup: str) -> bool:
    if len(markup) <= MAX_TAG:
        return False
    return any(found.end() - found.start() > MAX_TAG for found in _TAG.finditer(markup))


def visible_text(tree: HtmlElement) -> str:
    """The text that a page shows, one line for each of its lines; clean."""
    return "\n".join(_lines(tree))


def _lines(tree: HtmlElement) -> Iterator[str]:
    """The lines of the text, without scripts, what is hidden, and blank lines."""
    parts: list[str] = []
    hidden = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        name = element.tag
        if event == "start":
            hidden += _is_hidden(element)
            text = element.text
        else:
            hidden -= _is_hidden(element)
            text = element.tail
        if name in _LINES and not hidden and parts:
            line = _line(parts)
            parts.clear()
            if line:
                yield line
        if text and not hidden:
            parts.append(text)
    line = _line(parts)
    if line:
        yield line


def _line(parts: Sequence[str]) -> str:
    joined = "".join(parts)
    # the page is clean already, but not what its references stand for
    return " ".join(joined.split()) if joined.isascii() else clean_words(joined)


def _is_hidden(element: HtmlElement) -> bool:
    return element.tag in _UNSEEN or "hidden" in element.attrib
