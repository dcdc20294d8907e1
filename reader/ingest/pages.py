"""Whole pages, saved or fetched: the article in them, found by trafilatura, and their facts.

trafilatura gives an article's text; it is no wall. What it keeps goes through the one gate for
outside markup like everything else. Only its extraction from a parsed tree is used, never its
downloader. A page that it cannot read, or of which it keeps far too little, stays whole: the gate
then takes the page's own article out of it.
"""

import re

from reader.ingest.document import Document
from reader.ingest.metadata import read_metadata
from reader.ingest.pages_article import article_of
from reader.ingest.pages_tree import parse_page, visible_text
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
    meta = read_metadata(text)
    tree = parse_page(text)
    if tree is None:
        return Document(meta=meta, markup=text, original="")
    original = visible_text(tree)
    found = article_of(tree, address or meta.address)
    return Document(meta=meta, markup=text if found is None else found, original=original)
