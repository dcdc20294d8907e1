"""What an article's file says about itself, and where each fact was found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reader.ingest.times import Published

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
_BY = re.compile(r"(?:(?:written|reported|story|words|text)\s+)?by\b[:\s]+", re.IGNORECASE)


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


def without_by(byline: str) -> str:
    """A byline without the "By" before the names."""
    found = _BY.match(byline)
    return byline[found.end() :] if found else byline
