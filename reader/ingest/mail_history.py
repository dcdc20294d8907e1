"""What a mail says itself, and what stands below it of earlier mails."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import tostring
from lxml.html import HtmlElement

from reader.ingest.pages_cuts import Span
from reader.ingest.pages_tree import parse_page, visible_text
from reader.text import clean_line

_OWN_WORDS = 20  # with fewer above a passed-on mail, that mail is what is meant
_PASSED_ON = re.compile(
    r"^\W*(?:-{2,}\s*)?(?:forwarded message|begin forwarded message|weitergeleitete nachricht)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"^\W*-{3,}\s*original (?:message|appointment)\b", re.IGNORECASE)
_WROTE = re.compile(r"^On .{6,200}\bwrote:$|^Am .{6,200}\bschrieb\b.{0,100}:$", re.DOTALL)
_HEADER_LINE = re.compile(r"^\W{0,3}(From|Date|Sent|Subject|To|Cc|Reply-To)\s*:\W{0,2}\s*(.*)$")
_HEADERS_OF_MAIL = 3
_SIGNATURE = "--"
_QUOTE = ">"
_MAX_LOOK = 40  # lines of a head that stands in a text
# How mail programs mark what they quote: the element itself, or all from it on.
_QUOTED = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]"
    " | //*[contains(@class, 'yahoo_quoted')]"
    " | //blockquote[@type='cite' or @cite]"
    " | //*[contains(@class, 'moz-forward-container')]"
)
_QUOTE_HEADS = (
    "//*[contains(@class, 'gmail_attr')] | //*[contains(@class, 'moz-cite-prefix')]"
    " | //*[contains(@class, 'moz-email-headers-table')]"
)
_FROM_HERE = (
    "//*[@id='appendonsend'] | //*[@id='divRplyFwdMsg'] | //*[@id='OLK_SRC_BODY_SECTION']"
    " | //div[contains(@style, 'border-top:solid #E1E1E1')]"
    " | //div[contains(@style, 'border-top:solid #B5C4DF')]"
)
_SIGNATURES = "//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature')]"


@dataclass(frozen=True, kw_only=True)
class Body:
    """A mail's text: all of it, what is kept, the spans of it that are not, and its markup.

    `inner` holds the head of the mail that it only passes on, by the names of its lines.
    """

    markup: str = ""
    original: str = ""
    kept: str = ""
    cuts: tuple[Span, ...] = ()
    inner: Mapping[str, str] = field(default_factory=dict)


def without_history(text: str) -> Body:
    """The plain text of a mail without earlier mails, quoted lines and the signature.

    A mail that only passes another on is that other one.
    """
    lines = text.split("\n")
    first = _history_at(lines)
    own = _own(lines, range(first))
    inner: dict[str, str] = {}
    if first < len(lines) and len(_words(lines, own)) < _OWN_WORDS and _is_passed_on(lines, first):
        after, inner = _inner_head(lines, first)
        own = _own(lines, range(after, after + _history_at(lines[after:])))
    kept = "\n".join(lines[number] for number in own)
    return Body(original=text, kept=kept.strip(), cuts=tuple(_cut(lines, own)), inner=inner)


def _own(lines: list[str], numbers: range) -> list[int]:
    """The lines that are neither quoted nor part of the signature."""
    own: list[int] = []
    for number in numbers:
        if lines[number].rstrip() == _SIGNATURE:
            break
        if not lines[number].startswith(_QUOTE):
            own.append(number)
        elif own and _wrote(lines, number):
            while own and not lines[own[-1]].strip():
                own.pop()
            del own[-_wrote(lines, number) :]
    return own


def _wrote(lines: list[str], number: int) -> int:
    """How many lines above the first quoted one say who wrote it; they may be wrapped."""
    if number and lines[number - 1].startswith(_QUOTE):
        return 0
    above = number
    while above and not lines[above - 1].strip():
        above -= 1
    for count in (1, 2):
        if above >= count and _WROTE.match("\n".join(lines[above - count : above]).strip()):
            return count
    return 0


def _history_at(lines: list[str]) -> int:
    """The number of the first line of an earlier mail; that after the last one if there is none."""
    for number, line in enumerate(lines):
        if _PASSED_ON.match(line) or _EARLIER.match(line):
            return number
        if line.startswith(("From:", "*From:")) and _is_head(lines, number):
            return number - 1 if number and set(lines[number - 1].strip()) == {"_"} else number
    return len(lines)


def _is_head(lines: list[str], number: int) -> bool:
    near = lines[number : number + 2 * _HEADERS_OF_MAIL + 2]
    names = {found[1] for line in near if (found := _HEADER_LINE.match(line))}
    return len(names) >= _HEADERS_OF_MAIL and bool(names & {"Subject", "Date", "Sent"})


def _is_passed_on(lines: list[str], first: int) -> bool:
    return not _EARLIER.match(lines[first])


def _inner_head(lines: list[str], first: int) -> tuple[int, dict[str, str]]:
    """The first line after the head of the mail that is passed on, and what the head says."""
    inner: dict[str, str] = {}
    number = first
    for number in range(first, min(first + _MAX_LOOK, len(lines))):
        found = _HEADER_LINE.match(lines[number])
        if found:
            name = "Date" if found[1] == "Sent" else found[1]
            inner.setdefault(name, clean_line(found[2].strip("* ")))
        elif inner and not lines[number].strip():
            break
    kept = {name: inner[name] for name in ("From", "Date", "Subject") if inner.get(name)}
    return number, kept


def _words(lines: list[str], own: list[int]) -> list[str]:
    return " ".join(lines[number] for number in own).split()


def _cut(lines: list[str], own: list[int]) -> Iterator[Span]:
    """The spans of the lines that are not kept, without blank ends."""
    kept, at = set(own), 0
    start = end = -1
    for number, line in enumerate(lines):
        if number in kept and line.strip():
            if start >= 0:
                yield start, end
            start = -1
        elif line.strip():
            start = at if start < 0 else start
            end = at + len(line)
        at += len(line) + 1
    if start >= 0:
        yield start, end


def without_history_of_page(markup: str) -> Body:
    """The page of a mail without the earlier mails that programs mark in it."""
    whole, tree = parse_page(markup), parse_page(markup)
    if whole is None or tree is None:
        return Body()
    _drop(tree, _FROM_HERE, after=True)
    for which in (_QUOTED, _QUOTE_HEADS, _SIGNATURES):
        _drop(tree, which)
    kept = visible_text(tree)
    if len(kept.split()) < _OWN_WORDS:
        tree = parse_page(markup)
        assert tree is not None  # it was one above
        for which in (_QUOTE_HEADS, _SIGNATURES):
            _drop(tree, which)
        kept = visible_text(tree)
    return Body(
        markup=tostring(tree, encoding="unicode", method="html"),
        original=visible_text(whole),
        kept=kept,
    )


def _drop(tree: HtmlElement, which: str, *, after: bool = False) -> None:
    for element in tree.xpath(which):
        following = list(element.itersiblings()) if after else []
        for one in (element, *following):
            if one.getparent() is not None and one is not tree:
                one.drop_tree()
