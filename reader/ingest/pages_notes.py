"""What the elements of a page say by name, before it is decided what to believe."""

import re
from dataclasses import dataclass, field

from lxml.etree import XPath
from lxml.html import HtmlElement

from reader.ingest.metadata import FoundIn
from reader.text import clean_line

_MAX_VALUE = 2000
_MAX_BYLINE = 150
_MOST_NAMES = 5
_MOST_TIMES = 50
_LONG_PARAGRAPH = 20  # words: a time after it stands in the text, not above it
_CHANGED = re.compile(r"modif|updat|correct", re.IGNORECASE)
_FIRST = re.compile(r"publi|created|posted|issued", re.IGNORECASE)
_BYLINES_SHOWN = XPath(
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')"
    " or contains(@class, 'author-name')]"
)


@dataclass
class Noted:
    """What the elements of a page say, by name; each name's first."""

    values: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)  # times in the text, which may mean anything
    bylines: list[str] = field(default_factory=list)

    def note(self, name: str, value: str | None) -> None:
        """Keep a value unless there is one of that name, or it is empty."""
        line = clean_line((value or "")[:_MAX_VALUE])
        if line:
            self.values.setdefault(name.strip().lower(), line)

    def those(self, *groups: tuple[FoundIn, tuple[str, ...]]) -> list[tuple[str, FoundIn]]:
        """The values of these names that there are, in order, each with where it was found."""
        return [
            (self.values[name], where)
            for where, names in groups
            for name in names
            if name in self.values
        ]


def noted_in(tree: HtmlElement) -> Noted:
    """Read the head of a page, its headline, bylines and times."""
    noted = Noted()
    for element in tree.iter("html", "base", "meta", "link", "title", "h1", "script"):
        _note(element, noted)
    for element in _BYLINES_SHOWN(tree)[:_MOST_NAMES]:
        line = clean_line(element.text_content()[:_MAX_VALUE])
        if len(line) <= _MAX_BYLINE:
            noted.bylines.append(line)
    _note_times(tree, noted)
    return noted


def _note(element: HtmlElement, noted: Noted) -> None:
    name = element.tag
    if name == "meta":
        said = element.get("property") or element.get("name") or element.get("itemprop")
        if said or element.get("http-equiv", "").lower() == "content-language":
            noted.note(said or "content-language", element.get("content"))
    elif name == "link":
        if "canonical" in element.get("rel", "").lower().split():
            noted.note("canonical", element.get("href"))
    elif name == "script":
        if "ld+json" in element.get("type", "").lower():
            noted.scripts.append(element.text or "")
    elif name == "html":
        noted.note("lang", element.get("lang"))
    elif name == "base":
        noted.note("base", element.get("href"))
    elif not (name == "title" and element.getparent().tag == "svg"):
        noted.note(name, element.text_content())


def _note_times(tree: HtmlElement, noted: Noted) -> None:
    """Sort the times in the text into published, changed, and those that may mean anything."""
    in_text = False
    for number, element in enumerate(tree.iter("time", "p")):
        if element.tag == "p":
            in_text = in_text or len(element.text_content().split()) >= _LONG_PARAGRAPH
            continue
        if number > _MOST_TIMES:
            return
        time = clean_line((element.get("datetime") or element.text_content())[:_MAX_VALUE])
        said = _said_around(element)
        if _CHANGED.search(said):
            noted.modified.append(time)
        elif _FIRST.search(said) or "pubdate" in element.attrib or not in_text:
            noted.published.append(time)
        else:
            noted.unsaid.append(time)


def _said_around(element: HtmlElement) -> str:
    """What stands before a time, and how it and what holds it are called."""
    parent, previous = element.getparent(), element.getprevious()
    names = [element.get(name, "") for name in ("itemprop", "class", "id")]
    if parent is not None:
        names += [parent.get("class", ""), parent.text or ""]
    if previous is not None:
        names += [previous.tail or "", previous.text or ""]
    return " ".join(name[:_MAX_BYLINE] for name in names)
