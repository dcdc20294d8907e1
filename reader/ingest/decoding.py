"""Bytes to text: the encoding that a file shows or names, else UTF-8, never a guess.

A wrong guess would store wrong letters without anybody seeing it.
"""

import codecs
import re

from reader.ingest.refusals import Refused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|"""
    rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# As the web's encoding standard has it: what calls itself Latin-1 is Windows-1252.
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
_TEXT_CODEC = re.compile(
    r"utf-8|cp\d{3,4}|iso8859-\d+|koi8-[ru]|mac-\w+|gb\w+|big5\w*|euc[_-]\w+|shift_jis\w*"
)
_BINARY_SIGNS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode_file(data: bytes, *, is_html: bool, charset: str = "") -> str:
    """The text of a file's bytes; `charset` is what the answer that brought them names.

    Raises `Refused`: empty, binary, or encoding where neither the encoding that is named nor UTF-8
    fits.
    """
    if not data.strip():
        raise Refused("empty")
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :] if codec == "utf-8" else data, [codec])
            break
    else:
        if data.startswith(_BINARY_SIGNS) or b"\x00" in data:
            raise Refused("binary")
        named = (known_codec(charset), _declared_codec(data) if is_html else None, "utf-8")
        text = _decoded(data, [codec for codec in named if codec])
    if not text.strip():
        raise Refused("empty")
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise Refused("binary")
    return text


def _decoded(data: bytes, codec_names: list[str]) -> str:
    for codec in codec_names:
        try:
            return data.decode(codec)
        except UnicodeError:
            continue
    raise Refused("encoding")


def _declared_codec(data: bytes) -> str | None:
    """Python's name of the encoding that a page's head names; None if it names none we know."""
    found = _DECLARED.search(data, 0, _HEAD)
    if not found:
        return None
    return known_codec((found[1] or found[2]).decode("ascii", "replace"))


def known_codec(label: str) -> str | None:
    """Python's name of an encoding of text by what the web calls it; None if it is none."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    # Others are no encodings of text, or cannot be what an ASCII head was written in.
    return name if _TEXT_CODEC.fullmatch(name) else None
