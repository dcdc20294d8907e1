"""Writing plain, correctly nested markup from tags in any order."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.ingest.addresses import is_outside_address
from reader.ingest.refusals import Refused
from reader.ingest.tokens import Start, Text, Token, words

MAX_DEPTH = 200
MAX_ELEMENTS = 15_000  # bleach takes quadratic time on siblings; a long live blog has 5,000
_MAX_ATTRIBUTE = 2000
_INLINE = {
    "a": "a",
    "b": "strong",
    "cite": "cite",
    "em": "em",
    "i": "em",
    "q": "q",
    "strong": "strong",
    "time": "time",
}
_REOPENED = frozenset({"cite", "em", "strong"})  # an attribute must not be written many times
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_CONTAINERS = frozenset({"blockquote", "figure", "li", "ol", "ul"})
_LISTS = frozenset({"ol", "ul"})
_BREAKS = words(
    """
    address article body caption center dd details dialog dir div dl dt fieldset figcaption footer
    form header hgroup hr html legend main menu p pre section summary table tbody td tfoot th thead
    tr
    """
)
_KEPT_ATTRIBUTES = {"a": ("href", "title"), "time": ("datetime",)}


@dataclass
class _Open:
    """A container: written to the output only once it holds text."""

    name: str
    written: bool = False
    has_text: bool = False


@dataclass
class Writer:
    """Writes tokens in the few elements that a body may have; none without text is written.

    Raises `Refused`: too_deep on containers nested more than 200 levels deep, too_many on more than
    15,000 elements and signs that must be escaped.
    """

    out: list[str] = field(default_factory=list)
    containers: list[_Open] = field(default_factory=list)
    holder: str = ""  # the open p, heading or caption
    wanted: str = "p"  # what the next text opens
    inline: list[tuple[str, str]] = field(default_factory=list)  # element and start tag, as meant
    written: list[str] = field(default_factory=list)  # inline elements open in the output
    line_breaks: int = 0
    preformatted: int = 0
    elements: int = 0
    links_lost: int = 0

    def take(self, token: Token) -> None:
        """Write one token."""
        if isinstance(token, Text):
            self._text(token.value)
        elif isinstance(token, Start):
            self._start(token)
        else:
            self._end(token.name)

    def finish(self) -> str:
        """Close what is open and return the markup."""
        self._break()
        while self.containers:
            self._pop()
        return "".join(self.out)

    def _start(self, token: Start) -> None:
        name = token.name
        if name in _INLINE:
            self._start_inline(_INLINE[name], token.attributes)
        elif name == "br":
            self.line_breaks += 1
        elif name == "li":
            self._start_item()
        elif name in _CONTAINERS:
            self._break()
            self._push(name)
        elif name in _HEADINGS or name in _BREAKS:
            self._break()
            self.wanted = _HEADINGS.get(name, "p")
            if name == "figcaption" and self._top() == "figure":
                self.wanted = "figcaption"
            self.preformatted += name == "pre"

    def _end(self, name: str) -> None:
        if name in _INLINE:
            self._end_inline(_INLINE[name])
        elif name in _CONTAINERS:
            self._break()
            if self._is_open(name):
                while self._pop() != name:
                    pass
        elif name in _HEADINGS or name in _BREAKS:
            self._break()
            self.preformatted = max(0, self.preformatted - (name == "pre"))

    def _text(self, value: str) -> None:
        if self.preformatted and "\n" in value:
            first, *others = value.split("\n")
            self._line(first)
            for other in others:
                self.line_breaks += 1
                self._line(other)
        else:
            self._line(value)

    def _line(self, value: str) -> None:
        if not value or value.isspace():
            if value and self.holder and not self.line_breaks:
                self.out.append(" ")
            return
        if self.line_breaks > 1:
            wanted = self.wanted
            self._break()
            self.wanted = wanted
        elif self.line_breaks and self.holder:
            self._write_start("<br>")
        self.line_breaks = 0
        self._open_holder()
        self._open_inline()
        escaped = html.escape(value, quote=False)
        if escaped != value:  # bleach reads every character reference like an element
            self._count(sum(value.count(sign) for sign in "&<>"))
        self.out.append(escaped)

    def _open_holder(self) -> None:
        if self._top() in _LISTS:
            self._push("li")
        if self.containers and not self.containers[-1].written:
            for container in self.containers:
                if not container.written:
                    self._write_start(f"<{container.name}>")
                    container.written = True
        if self.holder:
            return
        if self._top() == "li" and not self.containers[-1].has_text and self.wanted == "p":
            self.holder = "li"  # the item's first words need no paragraph of their own
        else:
            self._write_start(f"<{self.wanted}>")
            self.holder = self.wanted
        if self.containers:
            self.containers[-1].has_text = True

    def _break(self) -> None:
        """End the open paragraph, heading or caption; what follows is a new one."""
        while self.written:
            self._close_inline()
        if self.holder not in ("", "li"):
            self.out.append(f"</{self.holder}>")
        self.holder, self.wanted, self.line_breaks = "", "p", 0

    def _write_start(self, tag: str) -> None:
        self._count(1)
        self.out.append(tag)

    def _count(self, elements: int) -> None:
        self.elements += elements
        if self.elements > MAX_ELEMENTS:
            raise Refused("too_many")

    def _top(self) -> str:
        return self.containers[-1].name if self.containers else ""

    def _push(self, name: str) -> None:
        if len(self.containers) >= MAX_DEPTH:
            raise Refused("too_deep")
        self.containers.append(_Open(name))

    def _pop(self) -> str:
        container = self.containers.pop()
        if container.written:
            self.out.append(f"</{container.name}>")
        return container.name

    def _is_open(self, name: str) -> bool:
        """Whether an end tag of this name has something to close; an item ends inside its list."""
        for container in reversed(self.containers):
            if container.name == name:
                return True
            if name == "li" and container.name in _LISTS:
                return False
        return False

    def _start_item(self) -> None:
        self._break()
        if any(container.name in _LISTS for container in self.containers):
            while self._top() not in _LISTS:
                self._pop()
            self._push("li")

    def _start_inline(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "a":
            self._end_inline("a")
            if not is_outside_address(attributes.get("href", "").strip()):
                self.links_lost += 1
                return
        if name not in self._meant():
            kept = "".join(
                f' {key}="{html.escape(attributes[key].strip())}"'
                for key in _KEPT_ATTRIBUTES.get(name, ())
                if key in attributes and len(attributes[key]) <= _MAX_ATTRIBUTE
            )
            self.inline.append((name, f"<{name}{kept}>"))

    def _meant(self) -> list[str]:
        return [name for name, _tag in self.inline]

    def _open_inline(self) -> None:
        for name, tag in self.inline:
            if name not in self.written:
                self._write_start(tag)
                self.written.append(name)

    def _end_inline(self, name: str) -> None:
        while name in self.written:
            self._close_inline()
        self.inline = [meant for meant in self.inline if meant[0] != name]

    def _close_inline(self) -> None:
        name = self.written.pop()
        self.out.append(f"</{name}>")
        if name not in _REOPENED:
            self.inline = [meant for meant in self.inline if meant[0] != name]
