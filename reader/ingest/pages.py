"""Whole pages, saved or fetched: the article in them, found by trafilatura, and their facts.

trafilatura gives an article's text; it is no wall. What it keeps goes through the one gate for
outside markup like everything else. Only its extraction from a parsed tree is used, never its
downloader. A page that it cannot read, or of which it keeps far too little, stays whole: the gate
then takes the page's own article out of it.
"""

import re

from reader.ingest.document import Document
from reader.ingest.metadata import Metadata
from reader.ingest.pages_article import article_of
from reader.ingest.pages_facts import facts_of
from reader.ingest.pages_tree import parse_page, visible_text
from reader.ingest.pages_warnings import shapes_of
from reader.text import clean_text

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_HEAD = 4096
_PASTED = "<!--StartFragment-->"  # how a clipboard marks a part of a page


def is_page(markup: str) -> bool:
    """Whether this is a whole page, not a fragment such as is pasted."""
    return bool(_PAGE.search(markup, 0, _HEAD)) and _PASTED not in markup


def read_page(markup: str, address: str = "") -> Document:
    """What a whole page says of itself and its article's markup; nothing of it is cleaned.

    `address` is where the page was fetched: relative links are made whole by it.
    """
    text = clean_text(markup)
    tree = parse_page(text)
    if tree is None:
        return Document(meta=Metadata(), markup=text, original="")
    shown = visible_text(tree)
    facts = facts_of(tree, address, shown)
    article = article_of(tree, address or facts.meta.address, shown)
    shapes = shapes_of(shown, article.text if article else shown)
    return Document(
        meta=facts.meta,
        markup=article.markup if article else text,
        original=shown,
        warnings=tuple(dict.fromkeys((*facts.warnings, *shapes))),
    )


def read_fragment(markup: str) -> Document:
    """A piece of a page, such as is pasted, with what it says of itself; nothing is cleaned."""
    text = clean_text(markup)
    tree = parse_page(text)
    if tree is None:
        return Document(meta=Metadata(), markup=text, original="")
    return Document(meta=facts_of(tree).meta, markup=text, original=visible_text(tree))
