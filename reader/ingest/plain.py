"""Plain text and Markdown made into markup, so that everything goes the same way."""

import html
import re
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt

_MAX_TITLE = 160
_FINAL = (".", "!", "?", "\u2026", ":", ";", ",", '."', ".\u201d", ".\u2019", ".'")
_BULLET = re.compile(r"[*\u2022\u2023\u25aa-]\s+(?=\S)")
_WRAPPED_WIDTH = 100  # no line of hard-wrapped text is longer
_SHORT_LINE = 0.8  # of the longest: a shorter line that ends a sentence ends its paragraph


def text_to_markup(text: str) -> tuple[str, str]:
    """The title and the markup of plain text (clean, newlines as LF).

    The title is a short first line without final punctuation, if anything follows it; else empty.
    Blank lines part paragraphs; where no line is longer than 100 characters, single newlines are
    taken for hard wrapping.
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    title = ""
    if len(lines) > 1 and _is_title(lines):
        title, lines = lines[0], lines[1:]
    return title, _markup(lines)


def paragraphs_to_markup(text: str) -> str:
    """The markup of plain text whose first line is no title, as `text_to_markup` makes it."""
    return _markup([line.strip() for line in text.strip().split("\n")])


def _markup(lines: list[str]) -> str:
    out: list[str] = []
    in_list = False
    for paragraph in _paragraphs(lines):
        bullet = _BULLET.match(paragraph)
        if bool(bullet) != in_list:
            out.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        words = html.escape(paragraph[bullet.end() :] if bullet else paragraph, quote=False)
        out.append(f"<li>{words}</li>" if bullet else f"<p>{words}</p>")
    return "".join(out)


def markdown_to_markup(text: str) -> tuple[str, str]:
    """The title (a first heading of the first level, else empty) and the markup of Markdown."""
    parser = _markdown()
    parsed = parser.parse(text)
    is_title = len(parsed) > 1 and parsed[0].type == "heading_open" and parsed[0].tag == "h1"
    title = parsed[1].content if is_title else ""
    return title, parser.renderer.render(parsed, parser.options, {})


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _is_title(lines: list[str]) -> bool:
    """Whether the first line is a headline: short, no sentence, and ended before it had to be."""
    first, second = lines[0], lines[1]
    if not first or len(first) > _MAX_TITLE or first.endswith(_FINAL) or _BULLET.match(first):
        return False
    if not second:
        return True
    longest = max(map(len, lines))
    return len(first) + 1 + len(second.split()[0]) <= longest


def _paragraphs(lines: list[str]) -> list[str]:
    longest = max(map(len, lines), default=0)
    wrapped = longest <= _WRAPPED_WIDTH
    found: list[list[str]] = [[]]
    for before, line in pairwise(["", *lines]):
        goes_on = wrapped and before and not _BULLET.match(line)
        if goes_on and before.endswith(_FINAL) and len(before) < longest * _SHORT_LINE:
            goes_on = False
        if not (line and goes_on):
            found.append([])
        if line:
            found[-1].append(line)
    return [" ".join(paragraph) for paragraph in found if paragraph]
