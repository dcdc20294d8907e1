"""OpenDocument texts (.odt): a small reader of our own over the standard library's XML.

It takes the few elements that an article has; everything else is only what its words are.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from reader.ingest.containers import Container
from reader.ingest.document import Document
from reader.ingest.metadata import FoundIn, Metadata
from reader.ingest.refusals import Refused
from reader.ingest.word import time_of
from reader.text import clean_line, clean_words

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _OFFICE, _STYLE = _NS % "text", _NS % "office", _NS % "style"
_TABLE, _DRAW, _META = _NS % "table", _NS % "drawing", _NS % "meta"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
# Not part of the text: what was deleted, notes for the editors, forms, the heads of pages.
_LEFT_OUT = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}note-citation"}
)
_CONTAINERS = {
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
}
_TITLE_STYLES = ("Title", "Subtitle")
_MAX_BLANKS = 50


def read_opendocument(data: bytes) -> Document:
    """The text of an OpenDocument text.

    Pictures, running heads, notes for the editors and deleted text are left out; the words of these
    stand at the end of `original`. Raises `Refused`: broken, bomb, encrypted, unsafe_xml, too_deep.
    """
    container = Container(data)
    manifest = container.xml("META-INF/manifest.xml")
    if manifest and next(_tree(manifest).iter(_MANIFEST), None) is not None:
        raise Refused("encrypted")
    content = _tree(container.xml("content.xml"))
    styles, meta = container.xml("styles.xml"), container.xml("meta.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Refused("broken")
    writer = _Writer(styles=dict(_styles(content)))
    writer.write(body)
    shown = "\n".join(line for part in writer.lines if (line := clean_words(part)))
    beside = "\n".join(_beside(content, _tree(styles) if styles else None))
    start = len(shown) + 2
    return Document(
        meta=_meta(writer.title, _tree(meta) if meta else None),
        markup="".join(writer.out),
        original=f"{shown}\n\n{beside}" if beside else shown,
        cuts=((start, start + len(beside)),) if beside else (),
    )


def _tree(data: bytes) -> Element:
    try:
        tree: Element = fromstring(data, forbid_dtd=True)
    except ParseError:
        raise Refused("broken") from None
    return tree


def _styles(content: Element) -> Iterator[tuple[str, tuple[str, bool, bool]]]:
    """Each automatic style by its name: its parent's name, and whether it is bold or italic."""
    for style in content.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style"):
        look = style.find(f"{_STYLE}text-properties")
        bold = look is not None and look.get(f"{_FO}font-weight") == "bold"
        italic = look is not None and look.get(f"{_FO}font-style") == "italic"
        parent = style.get(f"{_STYLE}parent-style-name", "")
        yield style.get(f"{_STYLE}name", ""), (parent, bold, italic)


@dataclass
class _Writer:
    """Writes markup and, beside it, the lines as a reader sees them."""

    styles: dict[str, tuple[str, bool, bool]]
    out: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    title: str = ""

    def write(self, element: Element) -> None:
        """Write what stands in an element; the depth of the tree has been checked."""
        for child in element:
            name = child.tag
            if name in _LEFT_OUT:
                continue
            if _is_paragraph(child):
                self._paragraph(child)
            elif name in _CONTAINERS:
                self.out.append(f"<{_CONTAINERS[name]}>")
                self.write(child)
                self.out.append(f"</{_CONTAINERS[name]}>")
            else:
                self.write(child)

    def _paragraph(self, element: Element) -> None:
        tag = self._tag(element)
        before, after = ("<blockquote>", "</blockquote>") if tag == "q" else ("", "")
        tag = "p" if tag == "q" else tag
        inner, line = [f"{before}<{tag}>"], [""]
        notes: list[Element] = []
        self._inline(element, inner, line, notes)
        self.out += [*inner, f"</{tag}>{after}"]
        self.lines.append("".join(line))
        if tag == "h1" and not self.title:
            self.title = clean_line("".join(line))
        for note in notes:  # frames and notes hold paragraphs of their own
            self.write(note)

    def _tag(self, element: Element) -> str:
        """The element that a paragraph becomes, by its style; q for a quotation."""
        style = element.get(f"{_TEXT}style-name", "")
        named = self.styles.get(style, (style, False, False))[0] or style
        if named in _TITLE_STYLES:
            return "h1" if named == "Title" else "h2"
        if element.tag == f"{_TEXT}p":
            return "q" if named == "Quotations" else "p"
        level = element.get(f"{_TEXT}outline-level", "1")
        return f"h{level}" if level in "1234" and len(level) == 1 else "h4"

    def _inline(
        self, element: Element, out: list[str], line: list[str], notes: list[Element]
    ) -> None:
        _say(element.text, out, line)
        for child in element:
            name = child.tag
            if name == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                _say(" " * min(int(count) if count.isdecimal() else 1, _MAX_BLANKS), out, line)
            elif name == f"{_TEXT}tab":
                _say(" ", out, line)
            elif name == f"{_TEXT}line-break":
                out.append("<br>")
                line.append("\n")
            elif name == f"{_TEXT}note":
                notes += child.findall(f"{_TEXT}note-body")
            elif name.startswith(_DRAW):
                notes.append(child)
            elif name not in _LEFT_OUT:
                opened, closed = self._marks(child)
                out.append(opened)
                self._inline(child, out, line, notes)
                out.append(closed)
            _say(child.tail, out, line)

    def _marks(self, element: Element) -> tuple[str, str]:
        if element.tag == f"{_TEXT}a":
            return f'<a href="{html.escape(element.get(_HREF, ""))}">', "</a>"
        if element.tag != f"{_TEXT}span":
            return "", ""
        _parent, bold, italic = self.styles.get(
            element.get(f"{_TEXT}style-name", ""), ("", False, False)
        )
        opened = "<strong>" * bold + "<em>" * italic
        return opened, "</em>" * italic + "</strong>" * bold


def _say(text: str | None, out: list[str], line: list[str]) -> None:
    if text:
        out.append(html.escape(text))
        line.append(text)


def _beside(content: Element, styles: Element | None) -> Iterator[str]:
    """The lines of running heads, notes for the editors and deleted text, each once."""
    seen: set[str] = set()
    holders = [element for element in content.iter() if element.tag in _LEFT_OUT]
    if styles is not None:
        holders += styles.iterfind(f"{_OFFICE}master-styles")
    for holder in holders:
        if holder.tag == f"{_TEXT}note-citation":
            continue
        for paragraph in filter(_is_paragraph, holder.iter()):
            line = clean_words("".join(paragraph.itertext()))
            if line and line not in seen:
                seen.add(line)
                yield line


def _is_paragraph(element: Element) -> bool:
    return element.tag in (f"{_TEXT}p", f"{_TEXT}h")


def _meta(title: str, tree: Element | None) -> Metadata:
    """The title that stands in the text, and what the program noted about the file."""
    found_in: dict[str, FoundIn] = {}
    noted = None if tree is None else tree.find(f"{_OFFICE}meta")

    def value(name: str) -> str:
        return clean_line(noted.findtext(name) or "") if noted is not None else ""

    facts = {
        "title": value(f"{_DC}title"),
        "byline": value(f"{_META}initial-creator") or value(f"{_DC}creator"),
        "language": value(f"{_DC}language")[:12],
    }
    published = time_of(value(f"{_META}creation-date"))
    modified = time_of(value(f"{_DC}date"))
    times = {"published": published, "modified": modified}
    found_in.update({name: "properties" for name, fact in {**facts, **times}.items() if fact})
    if title:
        facts["title"], found_in["title"] = title, "heading"
    return Metadata(
        title=facts["title"],
        byline=facts["byline"],
        language=facts["language"],
        published=published,
        modified=modified,
        found_in=found_in,
    )
