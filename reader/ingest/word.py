"""Word documents (.docx), by mammoth: markup by the styles of paragraphs, never by their look."""

import io
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

import mammoth
from defusedxml.ElementTree import fromstring

from reader.ingest.containers import Container, check_xml, only_xml
from reader.ingest.document import Document
from reader.ingest.metadata import FoundIn, Metadata
from reader.ingest.pages_tree import parse_page, visible_text
from reader.ingest.refusals import Refused
from reader.ingest.times import Published, parse_published
from reader.text import clean_line

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DATES = "{http://purl.org/dc/terms/}"
# Running heads, notes for the editors: shown as what was left out.
_BESIDE = re.compile(r"word/(?:header|footer|comments)\d*\.xml")
# mammoth's own markup for notes: the sign in the text, and the arrow back from the note.
_NOTE_SIGN = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[\d+\]</a></sup>')
_NOTE_BACK = re.compile(r' ?<a href="#(?:foot|end)note-ref-[^"]*">\u2191</a>')
_TITLE = re.compile(r'<h1 class="title">(.*?)</h1>', re.DOTALL)
_FIRST_HEADING = re.compile(r"\s*<h1>(.*?)</h1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_FAULTS = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    ParseError,
    ExpatError,
    OSError,
)


def read_word(data: bytes) -> Document:
    """The text of a Word document.

    Pictures, running heads, comments and what was deleted with changes tracked are left out; the
    words of the last three stand at the end of `original`. Raises `Refused`: broken, bomb,
    encrypted, unsafe_xml, too_deep.
    """
    parts = Container(data).xml_parts(check_xml)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(only_xml(parts)),
            style_map=_STYLES,
            convert_image=lambda _image: [],
            include_embedded_style_map=False,
        )
    except RecursionError:
        raise Refused("too_deep") from None
    except _FAULTS:
        raise Refused("broken") from None
    markup = _NOTE_BACK.sub("", _NOTE_SIGN.sub("", result.value))
    tree = parse_page(markup) if markup else None
    shown = "" if tree is None else visible_text(tree)
    beside = "\n".join(_beside(parts))
    start = len(shown) + 2
    return Document(
        meta=_meta(markup, parts.get("docProps/core.xml", b"")),
        markup=markup,
        original=f"{shown}\n\n{beside}" if beside else shown,
        cuts=((start, start + len(beside)),) if beside else (),
    )


def _beside(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The lines of the running heads and comments, and what was deleted, each once."""
    seen: set[str] = set()
    for name, data in parts.items():
        is_text = name == "word/document.xml"
        if not (is_text or _BESIDE.fullmatch(name)):
            continue
        wanted = f"{_W}delText" if is_text else f"{_W}t"
        for paragraph in _tree(data).iter(f"{_W}p"):
            line = clean_line("".join(text.text or "" for text in paragraph.iter(wanted)))
            if line and line not in seen:
                seen.add(line)
                yield line


def _tree(data: bytes) -> Element:
    try:
        tree: Element = fromstring(data, forbid_dtd=True)
    except ParseError:
        raise Refused("broken") from None
    return tree


def _meta(markup: str, core: bytes) -> Metadata:
    """The title that stands in the text, and what Word noted about the file."""
    facts: dict[str, str] = {}
    found_in: dict[str, FoundIn] = {}
    styled = _TITLE.search(markup) or _FIRST_HEADING.match(markup)
    if core:
        tree = _tree(core)
        for field, name in (("title", f"{_DC}title"), ("byline", f"{_DC}creator")):
            facts[field] = clean_line(tree.findtext(name) or "")
        facts["language"] = clean_line(tree.findtext(f"{_DC}language") or "")[:12]
        found_in.update({field: "properties" for field, value in facts.items() if value})
        facts["published"] = tree.findtext(f"{_DATES}created") or ""
        facts["modified"] = tree.findtext(f"{_DATES}modified") or ""
    if styled and (title := words_of(styled[1])):
        facts["title"], found_in["title"] = title, "heading"
    published, modified = time_of(facts.get("published")), time_of(facts.get("modified"))
    if published:
        found_in["published"] = "properties"
    if modified:
        found_in["modified"] = "properties"
    return Metadata(
        title=facts.get("title", ""),
        byline=facts.get("byline", ""),
        language=facts.get("language", ""),
        published=published,
        modified=modified,
        found_in=found_in,
    )


def words_of(markup: str) -> str:
    """The words of a piece of markup, on one line."""
    tree = parse_page(f"<p>{_TAGS.sub('', markup)}</p>")
    return "" if tree is None else clean_line(visible_text(tree))


def time_of(text: str | None) -> Published | None:
    """A time as properties have it; None where it cannot be read."""
    try:
        return parse_published(text) if text else None
    except ValueError:
        return None
