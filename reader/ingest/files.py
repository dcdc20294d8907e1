"""A file, an upload or a paste made into an article that can be stored or compared."""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reader.ingest.blocks import blocks_of
from reader.ingest.clean import MAX_INPUT, clean
from reader.ingest.decoding import decode_file
from reader.ingest.language import looks_english
from reader.ingest.metadata import FoundIn, Metadata, read_metadata, without_by
from reader.ingest.plain import markdown_to_markup, text_to_markup
from reader.ingest.refusals import Refused, printable
from reader.ingest.times import Published
from reader.text import Block, clean_line, clean_text

FileType = Literal["text", "markdown", "html"]
TYPES: Mapping[str, FileType] = {
    ".txt": "text",
    ".md": "markdown",
    ".htm": "html",
    ".html": "html",
}
CONTENT_TYPES: Mapping[FileType, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
}
UNKNOWN_LANGUAGE = "und"
MAX_TITLE, MAX_BYLINE, MAX_SOURCE = 500, 300, 200
_HEAD_BLOCKS = 6
_HEAD_BLOCK = re.compile(r"<(h2|h3|p)>(.*?)</\1>", re.DOTALL)


class UnreadableFile(Refused):
    """A file that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, kw_only=True)
class IncomingArticle:
    """An article as it came in, cleaned; what it does not say of itself is empty or None.

    `body_html` is what bleach let through, `text` its canonical text with `blocks` in it. `dropped`
    and `excerpt` say what was left out (see `clean.Cleaned`); `original` is the visible text of all
    that came, `cuts` the spans of it that were left out ([start, end) in code points). `found_in`
    says where each fact was found, `warnings` what a person should look at, as codes.
    """

    name: str
    raw: bytes = field(repr=False)
    content_type: str
    title: str
    byline: str
    source: str
    published: Published | None
    language: str
    address: str
    body_html: str = field(repr=False)
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    dropped: Mapping[str, int] = field(default_factory=dict)
    excerpt: str = ""
    modified: Published | None = None
    original: str = field(default="", repr=False)
    cuts: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    found_in: Mapping[str, FoundIn] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_file(given: Path | bytes, name: str = "", kind: FileType | None = None) -> IncomingArticle:
    """Read a .txt, .md or .html file, or bytes under such a name, and clean it.

    Bytes without a name need their `kind`. A text without a title has its file's name for one.
    Raises `UnreadableFile` with one sentence that names the file and what to do.
    """
    label = name or (str(given) if isinstance(given, Path) else "")
    try:
        data = _bytes_of(given) if isinstance(given, Path) else given
        kind = kind or TYPES.get(Path(label).suffix.lower())
        if kind is None:
            raise Refused("unsupported")
        if len(data) > MAX_INPUT:
            raise Refused("too_large")
        return _read(data, kind, label)
    except Refused as refusal:
        raise UnreadableFile(refusal.reason, label) from refusal


def _bytes_of(path: Path) -> bytes:
    """The file's bytes, one more than allowed at most. Raises `Refused`."""
    if printable(str(path)) != str(path):
        raise Refused("bad_name")
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(MAX_INPUT + 1)
    except FileNotFoundError:
        raise Refused("missing") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Refused("unreadable") from error
    # reading a pipe or a device may never end
    raise Refused("folder" if stat.S_ISDIR(mode) else "unreadable")


def _read(data: bytes, kind: FileType, label: str) -> IncomingArticle:
    text = clean_text(decode_file(data, is_html=kind == "html"))
    meta = Metadata()
    title, markup = "", text
    if kind == "html":
        meta = read_metadata(text)
        title = meta.title
    elif kind == "markdown":
        title, markup = markdown_to_markup(text)
    else:
        title, markup = text_to_markup(text)
    title = clean_line(title)
    cleaned = clean(markup)
    body = without_furniture(cleaned.html, title, meta)
    canonical, blocks = blocks_of(body)
    if not canonical:
        raise Refused("no_text")
    return IncomingArticle(
        name=label,
        raw=data,
        content_type=CONTENT_TYPES[kind],
        title=(title or clean_line(Path(label).stem))[:MAX_TITLE],
        byline=meta.byline[:MAX_BYLINE],
        source=meta.source[:MAX_SOURCE],
        published=meta.published,
        language=_language(meta.language, canonical),
        address=meta.address,
        body_html=body,
        text=canonical,
        blocks=blocks,
        dropped=cleaned.dropped,
        excerpt=cleaned.excerpt,
    )


def without_furniture(body: str, title: str, meta: Metadata) -> str:
    """The body without what stands above it on a page: its own title, byline, source and time.

    Only the first few blocks are looked at, and only one that says nothing else is taken out.
    """
    known = {meta.byline.casefold(), meta.source.casefold()} - {""}
    kept, at, title_seen = [], 0, False
    for _number in range(_HEAD_BLOCKS):
        block = _HEAD_BLOCK.match(body, at)
        if not block:
            break
        words, _blocks = blocks_of(block[0])
        is_title = not title_seen and _is_title(words, title)
        title_seen = title_seen or is_title
        is_known = without_by(words).casefold() in known
        if not (is_title or is_known or _is_only_time(block[2])):
            kept.append(block[0])
        at = block.end()
    return "".join(kept) + body[at:]


def _is_title(words: str, title: str) -> bool:
    return bool(words) and " ".join(words.split()).casefold() == title.casefold()


def _is_only_time(inner: str) -> bool:
    return bool(re.fullmatch(r"\s*<time[^>]*>[^<]*</time>\s*", inner))


def _language(declared: str, text: str) -> str:
    """The language as declared; a text that is plainly not English is not taken for English."""
    if declared and not declared.lower().startswith("en"):
        return declared
    return (declared or "en") if looks_english(text) else UNKNOWN_LANGUAGE
