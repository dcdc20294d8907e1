"""The article in a page's tree, found by trafilatura and written as markup again."""

import logging
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin

from lxml.etree import XPath, _Element, tostring
from lxml.html import HtmlElement

from reader.ingest.tokens import words

_FEW_WORDS = 30
_FEW_SHARE = 0.2  # of the paragraphs in what the page itself marks as its article
_SENTENCE_WORDS = 3
_WORD = re.compile(r"\w+")
_ABOUT_TIMES = words("at changed last modified on posted published first updated")
_NAMES: Mapping[str, str] = {
    "cell": "td",
    "code": "pre",
    "item": "li",
    "lb": "br",
    "list": "ul",
    "quote": "blockquote",
    "ref": "a",
    "row": "tr",
}
_KEPT = words("div em h1 h2 h3 h4 ol p strong table")
_EMPHASIS: Mapping[str, str] = {"#b": "strong", "#i": "em"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_IN_LINE = XPath("//*[self::p or self::li or self::blockquote or self::td]/time")
_QUOTED = XPath("//q")
_QUOTED_FROM = XPath("//blockquote//footer")
_BASE = XPath("string(//base/@href)")
_MARKED = XPath("//article[not(ancestor::article)] | //main | //*[@itemprop='articleBody']")
_MOST_MARKED = 12
_PARAGRAPHS = XPath(
    ".//p[not(ancestor::aside or ancestor::footer or ancestor::nav or ancestor::form"
    " or ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')])]"
)


@dataclass(frozen=True)
class Article:
    """A page's article: its markup, not cleaned, and its words."""

    markup: str
    text: str


def article_of(tree: HtmlElement, address: str, shown: str) -> Article | None:
    """The page's article, or None where nothing or far too little was found.

    Links are made whole by the page's address; `shown` is the page's visible text, whose order the
    article has. The tree is changed.
    """
    expected = _marked_words(tree)
    base = urljoin(address, _BASE(tree).strip()) if address else ""
    _prepare(tree)
    body = _body(tree)
    if body is None:
        return None
    _put_in_order(body, shown)
    text = "\n".join(body.itertext())
    if len(text.split()) < max(_FEW_WORDS, _FEW_SHARE * expected):
        return None
    return Article(_markup(body, base), text)


def _marked_words(tree: HtmlElement) -> int:
    """The words in the paragraphs of the largest element that the page marks as its article."""
    return max(
        (
            sum(len(paragraph.text_content().split()) for paragraph in _PARAGRAPHS(region))
            for region in _MARKED(tree)[:_MOST_MARKED]
        ),
        default=0,
    )


def _prepare(tree: HtmlElement) -> None:
    """Keep what trafilatura would take out of sentences: times, short quotations, who is quoted.

    A line that says no more than when the page came out goes as a whole.
    """
    lines = dict.fromkeys(element.getparent() for element in _IN_LINE(tree))
    for line in lines:
        beside = _words_beside_times(line)
        if len(beside) >= _SENTENCE_WORDS and not beside <= _ABOUT_TIMES:
            for element in line.findall("time"):
                element.tag = "span"
        elif beside <= _ABOUT_TIMES and line.tag == "p":
            line.drop_tree()
    for element in _QUOTED(tree):
        element.tag = "span"
        element.text = f"\u201c{element.text or ''}"
        if len(element):
            element[-1].tail = f"{element[-1].tail or ''}\u201d"
        else:
            element.text += "\u201d"
    for element in _QUOTED_FROM(tree):
        element.tag = "p"


def _words_beside_times(line: HtmlElement) -> set[str]:
    """The words of a line but those of its times, lower case."""
    beside = [line.text or "", *(child.tail or "" for child in line)]
    beside += [child.text_content() for child in line if child.tag != "time"]
    return {word for text in beside for word in _WORD.findall(text.lower())}


def _body(tree: HtmlElement) -> _Element | None:
    # here, because it takes 20 MB and a web process never needs it
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, options=_options())
    except MemoryError:
        raise  # the process ends and is begun anew
    except Exception:  # noqa: BLE001 - rules of thumb on hostile trees; failing is finding nothing
        return None
    return None if found is None or isinstance(found, dict) else found.body


@cache
def _options() -> Any:
    """What is asked of trafilatura: rather too little than what is not the article."""
    from trafilatura.settings import Extractor

    # what it cannot read it says on standard error; here that is an answer like any other
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Extractor(
        output_format="html", precision=True, comments=False, formatting=True, links=True
    )


def _put_in_order(body: _Element, shown: str) -> None:
    """Bring what was found later, and put at the end, back to its place on the page.

    What is no single line of the page follows what it followed.
    """
    lines = shown.split("\n")
    times = Counter(lines)
    places = {line: place for place, line in enumerate(lines) if times[line] == 1}
    at, order = -1, list[int]()
    children = list(body)
    for child in children:
        at = places.get(" ".join("".join(child.itertext()).split()), at)
        order.append(at)
    if order != sorted(order):
        body[:] = [children[number] for number in sorted(range(len(order)), key=order.__getitem__)]


def _markup(body: _Element, base: str) -> str:
    """trafilatura's own elements as those of HTML, in order; attributes are only links'."""
    for element in body.iter("*"):
        name = str(element.tag)
        target, kind = element.get("target", ""), element.get("rend", "")
        element.attrib.clear()
        if name == "ref" and target:
            element.set("href", _joined(base, target))
        if name == "head":
            name = kind if kind in _HEADINGS else "h3"
        elif name == "hi":
            name = _EMPHASIS.get(kind, "span")
        elif name == "list" and kind == "ol":
            name = "ol"
        # a broken tag may have a name that no element may be given
        element.tag = _NAMES.get(name, name if name in _KEPT else "span")
    body.tag = "body"
    markup: str = tostring(body, encoding="unicode", method="html")
    return markup


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())
    except ValueError:
        return ""
