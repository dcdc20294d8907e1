"""One entry of a feed, in whichever format it came."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from reader.ingest.addresses import is_outside_address
from reader.ingest.blocks import blocks_of
from reader.ingest.clean import clean_body
from reader.ingest.refusals import Refused
from reader.ingest.times import Published, parse_published
from reader.text import clean_line, clean_text

MAX_ENTRIES = 500
MAX_TITLE, MAX_BYLINE, MAX_SUMMARY, MAX_ADDRESS = 500, 300, 1000, 2000
_WHOLE = 150  # words: what is shorter is a teaser, whatever element it stands in
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|»|"
    r"(?:continue|keep|read)\s+(?:reading|more|on|the (?:full|whole|rest)[^.]{0,40}))\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """What a feed says about one report.

    `markup` is as it came: outside text that only the one gate may let through. `summary` are plain
    words. `is_whole` says that the text looks complete, `dated` that the feed itself says when it
    was published.
    """

    key: str
    address: str
    title: str
    byline: str
    summary: str
    published: Published | None
    dated: bool
    modified: Published | None
    language: str
    is_whole: bool
    markup: str = field(repr=False)

    @property
    def key_sha256(self) -> str:
        """The hash of what the feed calls it."""
        return _sha256(self.key)

    @property
    def digest(self) -> str:
        """The hash of what it says now; another one means that the entry was changed."""
        said = (self.address, self.title, self.byline, self.summary, self.markup)
        # of a teaser the time tells that the page has changed; many feeds change it at each poll
        moments = (self.published, None if self.is_whole else self.modified)
        return _sha256("\0".join([*said, *(time.as_text() if time else "" for time in moments)]))

    def as_json(self) -> dict[str, Any]:
        """The entry as it is kept, and as it crosses from one process to another."""
        times = {
            name: moment.as_text() if moment else None
            for name, moment in (("published", self.published), ("modified", self.modified))
        }
        return {**vars(self), **times}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FeedItem":
        """What `as_json` wrote. Raises KeyError, TypeError or ValueError on any other shape."""
        fields = dict(data)
        for name in ("published", "modified"):
            fields[name] = parse_published(fields[name]) if fields[name] else None
        return cls(**fields)

    def as_bytes(self) -> bytes:
        """The entry as one document, which is kept untouched."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True).encode()


def make_item(**given: Any) -> FeedItem:
    """An entry of what was read; its words are cut to what columns hold, its key is never empty.

    `readable` False says that its letters may be wrong, so that its text does not count as whole.
    """
    readable = given.pop("readable", True)
    given["markup"] = clean_text(given["markup"] or given["summary"])
    when: Published | None = given["published"]
    # a time without a zone may be any of a day's: what the desk takes it for is a guess
    is_zoned = when is not None and (when.zone is not None or when.precision == "day")
    words = plain_words(given["markup"])
    lead = plain_words(given["summary"]) or words
    item = FeedItem(
        **{
            **given,
            "key": clean_text(given["key"]),
            "title": clean_line(given["title"])[:MAX_TITLE],
            "byline": clean_line(given["byline"])[:MAX_BYLINE],
            "summary": " ".join(lead.split())[:MAX_SUMMARY],
            "language": clean_line(given["language"])[:12],
            "dated": given["dated"] and is_zoned,
            "is_whole": readable and looks_whole(words),
        }
    )
    return item if item.key else replace(item, key=item.address or _made_up_key(item))


def _made_up_key(item: FeedItem) -> str:
    return f"{item.title}\0{item.summary[:200]}"


def looks_whole(words: str) -> bool:
    """Whether a text looks like a whole report, not like its first lines."""
    return len(words.split()) >= _WHOLE and not _CUT_OFF.search(words[-200:])


def plain_words(markup: str) -> str:
    """The words of outside markup, through the gate; none where it is too much for that."""
    if "<" not in markup and "&" not in markup:
        return clean_text(markup).strip()
    try:
        return blocks_of(clean_body(markup))[0]
    except Refused:
        return ""


def sound_address(base: str, link: str) -> str:
    """The address that a link in a document at `base` leads to.

    Empty where no report can be fetched from there.
    """
    try:
        address = clean_line(urljoin(base, link.strip())) if link.strip() else ""
    except ValueError:  # such as brackets that hold no address
        return ""
    usable = is_outside_address(address) and not address.lower().startswith("mailto:")
    return address if usable and len(address) <= MAX_ADDRESS else ""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
