"""Whether markup that came through a gate is harmless, judged by parsers that the gate never uses.

`harms` sends hostile payloads through every way that a page has into the text; `make test` takes
some of them, `make soak` all.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
from bleach._vendor import html5lib
from lxml import html as lxml_html

from reader.ingest.clean import ALLOWED_TAGS, clean_body
from reader.ingest.files import UnreadableFile, read_file
from tests.testdata import load_data

ATTRIBUTES = {"a": {"href", "title"}, "time": {"datetime"}}
SUITES = ("xss.json", "html_parser.json")
_WORDS = "The harbour office counted the boats twice and found one more than in the autumn. " * 3


class Outline(HTMLParser):
    """The tags, attributes and text of some markup, as the standard library reads them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, str, list[tuple[str, str | None]]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(("start", tag, sorted(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(("end", tag, []))

    def handle_data(self, data: str) -> None:
        if self.parts and self.parts[-1][0] == "text":
            data = self.parts.pop()[1] + data
        self.parts.append(("text", data, []))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration came through: {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction came through: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration came through: {data!r}")


def second_opinion(markup: str) -> str:
    """What nh3 lets through by the same rules."""
    return nh3.clean(
        markup,
        tags=set(ALLOWED_TAGS),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def tags_of(markup: str) -> list[tuple[str, str, list[tuple[str, str | None]]]]:
    """The tags of some markup with their attributes, in order."""
    return [part for part in Outline(markup).parts if part[0] != "text"]


def round_trips(markup: str) -> Iterator[str]:
    """The markup as two parsers write it that have read it, as a browser may."""
    if not markup:
        return
    tree = html5lib.parseFragment(markup, namespaceHTMLElements=False)
    yield html5lib.serialize(tree, quote_attr_values="always", omit_optional_tags=False)
    parsed = lxml_html.fragment_fromstring(markup, create_parent="div")
    whole = lxml_html.tostring(parsed, encoding="unicode")
    yield whole.removeprefix("<div>").removesuffix("</div>")


def assert_harmless(markup: str) -> None:
    """No element, attribute or protocol that is not allowed, now or after a round trip."""
    _assert_allowed(markup)
    assert tags_of(second_opinion(markup)) == tags_of(markup)
    for again in round_trips(markup):
        _assert_allowed(again)


def _assert_allowed(markup: str) -> None:
    for _kind, name, attributes in tags_of(markup):
        assert name in ALLOWED_TAGS
        for key, value in attributes:
            assert key in ATTRIBUTES[name]
            if key == "href":
                assert urlsplit(value or "").scheme in {"http", "https", "mailto"}


def _body_of(page: str) -> str:
    try:
        return read_file(page.encode("utf-8", "surrogatepass"), "page.html").body_html
    except UnreadableFile:
        return ""


def _page(inside: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Boats</title>{head}</head><body><article>"
        f"<h1>Boats</h1><p>{_WORDS}</p>{inside}<p>{_WORDS}</p></article></body></html>"
    )


WAYS: Mapping[str, Callable[[str], str]] = {
    "gate": clean_body,
    "fragment": _body_of,
    "whole page": lambda payload: _body_of(f"<!doctype html><html><body>{payload}"),
    "between paragraphs": lambda payload: _body_of(_page(payload)),
    "in a paragraph": lambda payload: _body_of(_page(f"<p>{_WORDS}{payload}{_WORDS}</p>")),
    "in a list": lambda payload: _body_of(_page(f"<ul><li>{_WORDS}{payload}</li></ul>")),
    "in a link": lambda payload: _body_of(
        _page(f'<p>{_WORDS}<a href="{escape(payload)}">there</a> {_WORDS}</p>')
    ),
    "in a base": lambda payload: _body_of(
        _page(
            f'<p>{_WORDS}<a href="there">there</a> {_WORDS}</p>',
            f'<base href="{escape(payload)}"><link rel="canonical" href="{escape(payload)}">',
        )
    ),
}


def payloads(suite: str, most: int | None = None) -> Sequence[str]:
    """The payloads of a suite that UTF-8 can hold; a seeded sample of at most so many."""
    found = [case["payload"] for case in load_data(suite)]
    whole = [text for text in found if not any("\ud800" <= sign <= "\udfff" for sign in text)]
    if most is None or most >= len(whole):
        return whole
    return random.Random(5).sample(whole, most)


def harms(suite: str, way: str, most: int | None = None) -> list[str]:
    """The payloads of a suite of which something harmful comes through one way into the text."""
    found = []
    for payload in payloads(suite, most):
        try:
            assert_harmless(WAYS[way](payload))
        except AssertionError as error:
            found.append(f"{payload!r}: {error}")
    return found
