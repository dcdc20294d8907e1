"""Canonical text: one gate for its characters, and the records that point into it.

Offsets are Unicode code points, start inclusive, end exclusive. Nothing here knows of HTML, the web
or the database.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, Self, TypedDict, get_args

BlockKind = Literal["heading", "paragraph", "quote", "list_item"]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
BLOCK_GAP = "\n\n"

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
# Control characters but tab and newline, and the halves of surrogate pairs: Postgres refuses NUL,
# UTF-8 cannot hold a lone surrogate, and none of the others can be seen.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MAY_STACK = re.compile("[^\x00-\u02ff]{31,}")
_MAX_STACK = 30  # combining marks on one letter, the limit of Unicode's stream-safe format
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Signs that turn the direction of what follows: in a title or name they only hide the order.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_BLANKS = re.compile(r"(?P<grouping>(?<=\d)[\u00a0\u2009\u202f](?=\d))|\s+")


class LinkJson(TypedDict):
    """A link as it is stored in a block."""

    start: int
    end: int
    href: str


class BlockJson(TypedDict):
    """A block as it is stored with its version."""

    kind: BlockKind
    start: int
    end: int
    links: list[LinkJson]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A stretch of the text that leads to an absolute http, https or mailto address."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A heading, paragraph, quotation or list item of a canonical text."""

    kind: BlockKind
    start: int
    end: int
    links: tuple[Link, ...] = ()

    def of(self, text: str) -> str:
        """The characters of the block."""
        return text[self.start : self.end]

    def as_json(self) -> BlockJson:
        """The block in the form that is stored with its version."""
        links: list[LinkJson] = [
            {"start": link.start, "end": link.end, "href": link.href} for link in self.links
        ]
        return {"kind": self.kind, "start": self.start, "end": self.end, "links": links}

    @classmethod
    def from_json(cls, data: BlockJson) -> Self:
        """The block that `as_json` wrote. Raises KeyError or TypeError on any other shape."""
        links = tuple(Link(**link) for link in data["links"])
        return cls(kind=data["kind"], start=data["start"], end=data["end"], links=links)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A stretch of a text to be highlighted, in words that need no knowledge of claims.

    `points` are ids and `numbers` what the reader sees for them, in the same order; `flags` are the
    kinds of discrepancy; `chosen` says that its point is the one being looked at. `note` is what
    is said of a person's part in it. `tint` names its sort where the page is coloured by something
    else than flags, `letter` stands for that where colours are not seen.
    """

    start: int
    end: int
    claims: tuple[int, ...] = ()
    points: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    chosen: bool = False
    note: str = ""
    tint: str = ""
    letter: str = ""


def clean_text(text: str) -> str:
    """Return text that can be stored, hashed and compared: NFC, LF, no control characters.

    Runs of more than 30 combining marks are cut there: normalising takes quadratic time on them.
    Cleaning a clean text changes nothing.
    """
    text = _UNWANTED.sub("", _NEWLINES.sub("\n", text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MAY_STACK.sub(_limit_stacks, text))


def clean_line(text: str) -> str:
    """Return a title, name or the like, clean and on one line, with no signs of direction."""
    return clean_words(_TURNING.sub("", text))


def clean_words(text: str) -> str:
    """Return a stretch of a text, clean and on one line.

    Blanks are collapsed, invisible joints removed. A no-break space between two digits stays,
    because it groups the digits of one number.
    """
    # Invisible joints go first: without one a letter and its accent may come together.
    return _BLANKS.sub(_blank, clean_text(_INVISIBLE.sub("", text))).strip()


def paragraphs(text: str) -> list[Block]:
    """The paragraphs of a text without stored blocks: stretches between blank lines."""
    found = []
    start = 0
    gaps = [(gap.start(), gap.end()) for gap in _BLANK_LINES.finditer(text)]
    for end, after in [*gaps, (len(text), len(text))]:
        piece = text[start:end]
        kept = piece.strip()
        if kept:
            start += len(piece) - len(piece.lstrip())
            found.append(Block(kind="paragraph", start=start, end=start + len(kept)))
        start = after
    return found


def text_sha256(text: str) -> str:
    """The hexadecimal SHA-256 of a clean text, by which the same text is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_words(text: str) -> int:
    """The number of words, as far as blanks tell."""
    return len(text.split())


def _blank(found: re.Match[str]) -> str:
    return "\u00a0" if found["grouping"] else " "


def _limit_stacks(found: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for letter in found[0]:
        height = height + 1 if unicodedata.combining(letter) else 0
        if height <= _MAX_STACK:
            kept.append(letter)
    return "".join(kept)
