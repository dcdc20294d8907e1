"""Cleaned markup cut into canonical text and its blocks."""

import unicodedata
from dataclasses import dataclass, field

from reader.ingest.tokens import Start, Text, tokens
from reader.text import BLOCK_GAP, Block, BlockKind, Link, clean_words

_HOLDERS = frozenset({"p", "h2", "h3", "h4", "li", "figcaption"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_CONTAINERS = frozenset({"blockquote", "figure", "li", "ol", "ul"})
_QUOTATION_MARKS = ("\u201c", "\u201d")


def blocks_of(clean_html: str) -> tuple[str, tuple[Block, ...]]:
    """The canonical text of a cleaned body and its blocks, with their places in it.

    The text is that of the blocks, joined by a blank line; a line break inside a block is one
    newline. Whoever calls this has cleaned the markup (`clean_body`).
    """
    reader = _Reader()
    for token in tokens(clean_html):
        if isinstance(token, Text):
            reader.line.add(token.value)
        elif isinstance(token, Start):
            reader.start(token)
        else:
            reader.end(token.name)
    reader.end_block()
    return BLOCK_GAP.join(reader.texts), tuple(reader.blocks)


@dataclass
class _Line:
    """The text of one block as it grows, its blanks collapsed."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""
    links: list[Link] = field(default_factory=list)
    href: str = ""
    link_start: int = -1

    def add(self, text: str) -> None:
        """Append text as it stood between two tags."""
        words = clean_words(text)
        if text[:1].isspace() and not self.gap:
            self.gap = " "
        if not words:
            return
        if self.parts:
            self._append(self.gap)
        if self.href and self.link_start < 0:
            self.link_start = self.length
        self._append(words)
        self.gap = " " if text[-1:].isspace() else ""

    def break_line(self) -> None:
        """End a line inside the block."""
        self.gap = "\n"

    def close_quotation(self, mark: str) -> None:
        """Append a closing mark, which no blank may part from its words."""
        self.gap = ""
        self.add(mark)

    def open_link(self, href: str) -> None:
        """What is added from here on leads to an address; empty if it leads nowhere."""
        self.href, self.link_start = href, -1

    def close_link(self) -> None:
        """End the link."""
        if self.href and self.link_start >= 0:
            self.links.append(Link(start=self.link_start, end=self.length, href=self.href))
        self.href, self.link_start = "", -1

    def finish(self) -> tuple[str, list[Link]]:
        """The text and the links with their places in it."""
        self.close_link()
        text = "".join(self.parts)
        normal = unicodedata.normalize("NFC", text)
        # An accent that stood in a tag of its own joins its letter here, and places would shift.
        return normal, self.links if normal == text else []

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


@dataclass
class _Reader:
    texts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    open: list[str] = field(default_factory=list)
    heading: bool = False
    line: _Line = field(default_factory=_Line)

    def start(self, token: Start) -> None:
        """Take a start tag."""
        if token.name in _HOLDERS or token.name in _CONTAINERS:
            self.end_block()
            self.heading = token.name in _HEADINGS
            if token.name in _CONTAINERS:
                self.open.append(token.name)
        elif token.name == "br":
            self.line.break_line()
        elif token.name == "a":
            self.line.open_link(token.attributes.get("href", ""))
        elif token.name == "q":
            self.line.add(_QUOTATION_MARKS[0])

    def end(self, name: str) -> None:
        """Take an end tag."""
        if name in _HOLDERS or name in _CONTAINERS:
            self.end_block()
            if name in self.open:
                while self.open.pop() != name:
                    pass
        elif name == "a":
            self.line.close_link()
        elif name == "q":
            self.line.close_quotation(_QUOTATION_MARKS[1])

    def end_block(self) -> None:
        """Keep the block that has grown, if it holds anything."""
        text, links = self.line.finish()
        if text:
            start = self.at
            self.blocks.append(
                Block(
                    kind=self._kind(),
                    start=start,
                    end=start + len(text),
                    links=tuple(
                        Link(start=start + link.start, end=start + link.end, href=link.href)
                        for link in links
                    ),
                )
            )
            self.texts.append(text)
            self.at = start + len(text) + len(BLOCK_GAP)
        self.line, self.heading = _Line(), False

    def _kind(self) -> BlockKind:
        if self.heading:
            return "heading"
        for name in reversed(self.open):
            if name == "blockquote":
                return "quote"
            if name == "li":
                return "list_item"
        return "paragraph"
