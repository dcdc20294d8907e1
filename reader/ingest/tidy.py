"""Markup of any kind made plain: nested correctly, in few elements, without what is no article.

This prepares markup for bleach and for being cut into blocks; it is not the wall against hostile
markup (`clean.py` is). Whatever separates lines on a page separates paragraphs here, also elements
that will not be kept, so that removing a `<div>` never glues two paragraphs together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.ingest.tokens import Start, Text, Token, tokens, words
from reader.ingest.writer import Writer

_MAX_EXCERPT = 300
_MAIN_SHARE = 0.5  # an <article> with less of the page's text is a teaser, not the article

_DROPPED = words(
    """
    applet aside audio button canvas datalist footer iframe map math nav noembed noframes noscript
    object plaintext script select style svg template textarea title video xmp
    """
)


@dataclass(frozen=True)
class Tidied:
    """Plain markup, and what was left out: how often by element, and the first words of it."""

    markup: str
    dropped: Mapping[str, int]
    excerpt: str


def tidy(markup: str) -> Tidied:
    """Rewrite markup in the few elements that an article's body may have.

    Only the page's article is kept where the page marks one. Raises `Refused`: too_deep on
    containers nested more than 200 levels deep, too_many on more than 15,000 elements.
    """
    first, last = _article_in(markup)
    writer = Writer()
    dropped: Counter[str] = Counter()
    left_out: list[str] = []
    for place, (token, cut_by) in enumerate(_with_cuts(tokens(markup))):
        if cut_by or not first <= place < last:
            _note_cut(token, cut_by or "page", dropped, left_out)
        else:
            writer.take(token)
    if writer.links_lost:
        dropped["link"] = writer.links_lost
    excerpt = " ".join(" ".join(left_out).split())[:_MAX_EXCERPT]
    return Tidied(writer.finish(), dict(dropped), excerpt)


def _note_cut(token: Token, cut_by: str, dropped: Counter[str], left_out: list[str]) -> None:
    if isinstance(token, Start) and token.name == cut_by:
        dropped[cut_by] += 1
    elif isinstance(token, Text) and cut_by in ("aside", "footer", "nav", "page"):
        if cut_by == "page" and not token.value.isspace():
            dropped[cut_by] = 1
        if len(left_out) < _MAX_EXCERPT:
            left_out.append(token.value[:_MAX_EXCERPT])


def _with_cuts(stream: Iterator[Token]) -> Iterator[tuple[Token, str]]:
    """Each token with the name of the element because of which it is cut, or an empty name."""
    cut_by, depth, quotes = "", 0, 0
    for token in stream:
        if cut_by:
            yield token, cut_by
            if not isinstance(token, Text) and token.name == cut_by:
                depth += 1 if isinstance(token, Start) else -1
                cut_by = cut_by if depth else ""
            continue
        if not isinstance(token, Text) and token.name == "blockquote":
            quotes = max(0, quotes + (1 if isinstance(token, Start) else -1))
        # the footer of a quotation says whose words it holds
        if isinstance(token, Start) and _is_dropped(token.name, in_quote=quotes > 0):
            cut_by, depth = token.name, 1
        yield token, cut_by


def _is_dropped(name: str, *, in_quote: bool) -> bool:
    return name in _DROPPED and not (in_quote and name == "footer")


def _article_in(markup: str) -> tuple[int, int]:
    """The first token of the page's article and the one after its last.

    The article is the `<article>`, else the `<main>`, with most of the text; a page where none
    holds at least half of it is taken whole.
    """
    total = length = 0
    regions: dict[str, list[tuple[int, int, int]]] = {"article": [], "main": []}
    opened: dict[str, list[tuple[int, int]]] = {"article": [], "main": []}
    for place, (token, cut_by) in enumerate(_with_cuts(tokens(markup))):
        length = place + 1
        if isinstance(token, Text):
            total += 0 if cut_by else len("".join(token.value.split()))
        elif token.name in regions and not cut_by:
            if isinstance(token, Start):
                opened[token.name].append((place, total))
            elif opened[token.name]:
                begin, before = opened[token.name].pop()
                regions[token.name].append((total - before, begin, length))
    for found in regions.values():
        size, first, last = max(found, default=(0, 0, 0))
        if size and size >= total * _MAIN_SHARE:
            return first, last
    return 0, length
