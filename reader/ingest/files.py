"""A file, an upload or a paste made into an article that can be stored or compared."""

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reader.ingest.blocks import blocks_of
from reader.ingest.clean import clean
from reader.ingest.decoding import decode_file
from reader.ingest.document import Document
from reader.ingest.kinds import CONTENT_TYPES as CONTENT_TYPES
from reader.ingest.kinds import FILE_BYTES, KINDS, Kind, kind_of, max_bytes
from reader.ingest.kinds import TYPES as TYPES
from reader.ingest.kinds import FileType as FileType
from reader.ingest.language import language_of
from reader.ingest.metadata import FoundIn, Metadata, without_by
from reader.ingest.pages import is_page, read_fragment, read_page
from reader.ingest.pages_cuts import Span, left_out
from reader.ingest.plain import markdown_to_markup, text_to_markup
from reader.ingest.refusals import Refused, printable
from reader.ingest.times import Published
from reader.text import Block, clean_line, clean_text

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


def read_file(
    given: Path | bytes,
    name: str = "",
    kind: Kind | None = None,
    *,
    address: str = "",
    charset: str = "",
) -> IncomingArticle:
    """Read a file, or bytes under such a name, and clean it.

    `kind` is what it is said to be, else its name says it; a text without a title has its file's
    name for one. `address` and `charset` are where it was fetched and what the answer named.
    Raises `UnreadableFile` with one sentence that names the file and what to do.
    """
    label = name or (str(given) if isinstance(given, Path) else "")
    try:
        data = bytes_of(given) if isinstance(given, Path) else given
        kind = checked_kind(data, label, kind)
        document = _document(data, kind, address, charset)
        return article_of(document, data, label, CONTENT_TYPES[kind])
    except Refused as refusal:
        raise UnreadableFile(refusal.reason, label, **refusal.details) from refusal


def bytes_of(path: Path) -> bytes:
    """The file's bytes, one more than allowed at most. Raises `Refused`."""
    if printable(str(path)) != str(path):
        raise Refused("bad_name")
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise Refused("missing") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Refused("unreadable") from error
    # reading a pipe or a device may never end
    raise Refused("folder" if stat.S_ISDIR(mode) else "unreadable")


def checked_kind(data: bytes, name: str, said: Kind | None = None) -> Kind:
    """The type of a file that is neither empty nor too large. Raises `Refused`."""
    if len(data) > FILE_BYTES:
        raise Refused("too_large", limit=_megabytes(FILE_BYTES))
    known = said or KINDS.get(Path(name).suffix.lower())
    if known and not data.strip():
        raise Refused("empty")
    kind = kind_of(data, name, said)
    if len(data) > max_bytes(kind):
        raise Refused("too_large", limit=_megabytes(max_bytes(kind)))
    return kind


def _megabytes(size: int) -> str:
    return str(size // 1024**2)


def _document(data: bytes, kind: Kind, address: str, charset: str) -> Document:
    """What the reader of its format makes of a file. Raises `Refused`."""
    # the readers of formats bring their libraries along, which most processes never need
    if kind == "word":
        from reader.ingest.word import read_word

        return read_word(data)
    if kind == "opendocument":
        from reader.ingest.opendocument import read_opendocument

        return read_opendocument(data)
    if kind == "pdf":
        from reader.ingest.pdf import read_pdf

        return read_pdf(data)
    if kind == "mail":
        from reader.ingest.mail import read_mail

        return read_mail(data)
    if kind == "html":
        markup = decode_file(data, is_html=True, charset=charset)
        return read_page(markup, address) if is_page(markup) else read_fragment(markup)
    if kind in ("text", "markdown"):
        return _plain_document(decode_file(data, is_html=False, charset=charset), kind)
    raise Refused("container")


def _plain_document(decoded: str, kind: Kind) -> Document:
    text = clean_text(decoded)
    title, markup = (markdown_to_markup if kind == "markdown" else text_to_markup)(text)
    meta = Metadata(title=title, found_in={"title": "heading"} if title else {})
    return Document(meta=meta, markup=markup, original=text)


def article_of(document: Document, data: bytes, label: str, content_type: str) -> IncomingArticle:
    """The article that a document holds, cleaned. Raises `Refused`: no_text, too_large and such."""
    meta = document.meta
    title = clean_line(meta.title)
    cleaned = clean(document.markup)
    body = without_furniture(cleaned.html, title, meta)
    canonical, blocks = blocks_of(body)
    if not canonical:
        raise Refused("no_text")
    found_in = dict(meta.found_in)
    if not title and (title := clean_line(Path(label).stem)):
        found_in["title"] = "file_name"
    original = document.original or canonical
    return IncomingArticle(
        name=label,
        raw=data,
        content_type=content_type,
        title=title[:MAX_TITLE],
        byline=clean_line(meta.byline)[:MAX_BYLINE],
        source=clean_line(meta.source)[:MAX_SOURCE],
        published=meta.published,
        language=language_of(meta.language, canonical),
        address=meta.address,
        body_html=body,
        text=canonical,
        blocks=blocks,
        dropped=cleaned.dropped,
        excerpt=cleaned.excerpt,
        modified=meta.modified,
        original=original,
        cuts=_cuts(original, document.cuts, canonical),
        found_in=found_in,
        warnings=document.warnings,
    )


def _cuts(original: str, known: tuple[Span, ...], kept: str) -> tuple[Span, ...]:
    """What was left out: the spans that the format's reader names, and what cleaning left out."""
    spans = list(known)
    at = 0
    rest = "".join(
        original[start:end] if not cut else "\n" * (end - start)
        for start, end, cut in _pieces(len(original), known)
    )
    spans += left_out(rest, kept)
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not original[at:start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
        at = max(at, end)
    return tuple(joined)


def _pieces(length: int, known: tuple[Span, ...]) -> Iterator[tuple[int, int, bool]]:
    """The stretches of a text from its start to its end, and whether each is a known cut."""
    at = 0
    for start, end in known:
        yield at, start, False
        yield start, end, True
        at = end
    yield at, length, False


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
