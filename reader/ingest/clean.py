"""The one gate for outside markup, and the canonical text that is made of what it lets through.

bleach is the wall: nothing that it did not return is stored or shown. It has been announced as
deprecated but is still patched; `nh3` as a second opinion in the tests keeps a swap small.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bleach.sanitizer import Cleaner

from reader.ingest.addresses import is_outside_address
from reader.ingest.refusals import Refused
from reader.ingest.tidy import tidy
from reader.ingest.tokens import decode, words
from reader.text import clean_text

MAX_INPUT = 2 * 1024 * 1024  # code points of markup, and bytes of a file

ALLOWED_TAGS = words("a blockquote br cite em figcaption figure h2 h3 h4 li ol p q strong time ul")
_PROTOCOLS = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True)
class Cleaned:
    """A body that may be stored and shown, and what was left out of it.

    `dropped` counts elements by name, "page" for text outside the page's article and "link" for
    links without an absolute address; `excerpt` holds the first words that were left out.
    """

    html: str
    dropped: Mapping[str, int]
    excerpt: str


def clean(markup: str) -> Cleaned:
    """Clean outside markup and say what was left out.

    Raises `Refused`: too_large above 2 MB, too_deep above 200 levels, too_many above 15,000
    elements.
    """
    if len(markup) > MAX_INPUT:
        raise Refused("too_large")
    tidied = tidy(clean_text(markup))
    return Cleaned(clean_text(sanitise(tidied.markup)), tidied.dropped, tidied.excerpt)


def clean_body(markup: str) -> str:
    """Clean outside markup so that it may be stored and shown. Raises `Refused` as `clean` does."""
    return clean(markup).html


def sanitise(markup: str) -> str:
    """Let bleach take out all that is not allowed.

    It takes more than linear time on hostile markup: call `clean`, which caps and tidies first.
    """
    cleaner = Cleaner(
        tags=ALLOWED_TAGS,
        attributes={"a": _is_allowed, "time": ["datetime"]},
        protocols=_PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    cleaned: str = cleaner.clean(markup)
    return cleaned


def _is_allowed(_tag: str, name: str, value: str) -> bool:
    # bleach alone lets relative addresses and `javascript:123` through, and hands over the value
    # before its character references are decoded
    return name == "title" or (name == "href" and is_outside_address(decode(value)))
