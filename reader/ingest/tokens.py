"""Hostile markup cut into tags and text, in time linear in its length.

The standard library's parser takes quadratic time on unfinished tags and stops on some
declarations; this one follows the HTML standard where that matters here: what never ends runs to
the end of the input.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*+")
_ATTRIBUTE_NAME = re.compile(r"[\s/]*+(=?[^\s/>=]*+)")
_EQUALS = re.compile(r"\s*+=\s*+")
_BARE_VALUE = re.compile(r"[^\s>]*+")
_TAG_END = re.compile(r"[\s/]*+>")
_LEGACY_REFERENCE = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*+(?!;))")
_LONG_NUMBER = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")


def words(names: str) -> frozenset[str]:
    """The names in a line of names."""
    return frozenset(names.split())


# Elements whose content is no markup.
_RAW = words("iframe noembed noframes plaintext script style textarea title xmp")


@dataclass(frozen=True)
class Start:
    """A start tag; its name and the names of its attributes are lower case, values decoded."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """An end tag."""

    name: str


@dataclass(frozen=True)
class Text:
    """Text with its character references decoded once."""

    value: str


Token = Start | End | Text


def tokens(markup: str) -> Iterator[Token]:
    """Cut markup into tags and text; comments and declarations are dropped.

    The content of script, style, title and the like comes as one text between its tags.
    """
    at, length = 0, len(markup)
    while at < length:
        opening = markup.find("<", at)
        if opening < 0:
            opening = length
        if opening > at:
            yield Text(decode(markup[at:opening]))
        at = opening
        if at < length:
            token, at = _markup_at(markup, at)
            if token is not None:
                yield token
            if isinstance(token, Start) and token.name in _RAW:
                end = _end_of_raw(markup, at, token.name)
                if end > at:
                    yield Text(_raw_text(token.name, markup[at:end]))
                at = end


def decode(text: str) -> str:
    """Decode the character references of a text, once. Impossible numbers become U+FFFD."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text))  # it fails on numbers of 4,300 digits


def _markup_at(markup: str, at: int) -> tuple[Token | None, int]:
    """The token that begins with the `<` at this place, and where it ends."""
    if markup.startswith("<!--", at):
        # `<!-->` and `<!--->` are whole comments
        end = markup.find("-->", at + 2)
        return None, len(markup) if end < 0 else end + 3
    closing = markup.startswith("</", at)
    name = _TAG_NAME.match(markup, at + 2 if closing else at + 1)
    if name:
        return _tag_at(markup, name, closing=closing)
    if closing or markup.startswith(("<!", "<?"), at):
        end = markup.find(">", at)
        return None, len(markup) if end < 0 else end + 1
    return Text("<"), at + 1


def _tag_at(markup: str, name: re.Match[str], *, closing: bool) -> tuple[Token | None, int]:
    """The tag whose name was found, and where it ends. One without an end is dropped."""
    attributes: dict[str, str] = {}
    at = name.end()
    while not (end := _TAG_END.match(markup, at)):
        label, value, at = _attribute_at(markup, at)
        if at >= len(markup):
            return None, at
        attributes.setdefault(label.lower(), _decode_value(value))
    tag = name[0].lower()
    return (End(tag) if closing else Start(tag, attributes)), end.end()


def _attribute_at(markup: str, at: int) -> tuple[str, str, int]:
    """Name, value and end of an attribute; an open quotation runs to the end of the input."""
    name = _ATTRIBUTE_NAME.match(markup, at)
    assert name is not None  # the pattern fits the empty text too
    equals = _EQUALS.match(markup, name.end())
    if not equals:
        return name[1], "", name.end()
    at = equals.end()
    quote = markup[at : at + 1]
    if quote in ('"', "'"):
        end = markup.find(quote, at + 1)
        return (name[1], "", len(markup)) if end < 0 else (name[1], markup[at + 1 : end], end + 1)
    bare = _BARE_VALUE.match(markup, at)
    assert bare is not None
    return name[1], bare[0], bare.end()


def _decode_value(value: str) -> str:
    """Decode an attribute: `?a=1&copy=2` holds no copyright sign, a name needs its semicolon."""
    return decode(_LEGACY_REFERENCE.sub("&amp;", value))


def _end_of_raw(markup: str, at: int, name: str) -> int:
    """Where the content of a raw element ends: at its own end tag, else with the input."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(markup, at)
    return found.start() if found and name != "plaintext" else len(markup)


def _raw_text(name: str, text: str) -> str:
    return decode(text) if name in ("title", "textarea") else text
