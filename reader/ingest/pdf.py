"""PDF files, by pypdf: paragraphs rebuilt from the lines that the pages draw."""

import io
import re
from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any

from pypdf import Configuration, PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from reader.ingest.document import Document
from reader.ingest.metadata import FoundIn, Metadata
from reader.ingest.pdf_lines import Line, laid_out
from reader.ingest.refusals import Refused
from reader.ingest.times import Published, parse_published
from reader.text import clean_line, clean_words

MAX_PAGES = 200
_MB = 1024 * 1024
_MAX_TEXT = 2 * _MB  # code points of all pages
_LIMITS = Configuration(
    maximum_declared_stream_length=30 * _MB,
    array_based_stream_maximum_output_length=30 * _MB,
    lzw_maximum_output_length=30 * _MB,
    run_length_maximum_output_length=30 * _MB,
    zlib_maximum_output_length=30 * _MB,
    stream_decoding_work_maximum_length=150 * _MB,
    stream_parsing_work_maximum_count=1_000_000,
    page_tree_maximum_entries=10_000,
    page_tree_maximum_page_entries=100_000,
    page_tree_maximum_depth=50,
    xform_maximum_invocations_per_extraction=1_000,
    jbig2dec_binary=None,
)
_FAULTS = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
           AssertionError, OSError, NotImplementedError)  # fmt: skip
# Letters without a meaning: a font that does not say which letters its shapes are.
_NAMELESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]|/(?:g|gid|uni|cid:?)?\d+\b")
_NAMELESS_SHARE = 0.3
# What programs write for a title that nobody gave.
_NO_TITLE = re.compile(r"untitled|microsoft word - |\.(?:docx?|odt|indd|pdf|qxp|rtf)$|^https?://",
                       re.IGNORECASE)  # fmt: skip
_PDF_TIME = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?'?)?"
)


def read_pdf(data: bytes) -> Document:
    """The text of a PDF file, without running heads and page numbers.

    Raises `Refused`: encrypted, scanned where there are pictures of pages only, no_text,
    too_many_pages, too_large, too_deep, broken.
    """
    try:
        with apply_configuration(_LIMITS):
            reader = _opened(data)
            lines = _lines(reader)
            info = dict(reader.metadata or {})
    except Refused:
        raise
    except RecursionError:
        raise Refused("too_deep") from None
    except DependencyError:
        raise Refused("encrypted") from None  # by a method that needs another library
    except _FAULTS:
        raise Refused("broken") from None
    page = laid_out(lines)
    if not page.markup:
        raise Refused("scanned")
    return Document(
        meta=_meta(page.title, info), markup=page.markup, original=page.original, cuts=page.cuts
    )


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data), strict=False)
    # many files only forbid printing and have an empty password
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Refused("encrypted")
    if len(reader.pages) > MAX_PAGES:
        raise Refused("too_many_pages", limit=str(MAX_PAGES))
    return reader


def _lines(reader: PdfReader) -> Sequence[Line]:
    """The lines of all pages in the order in which they are drawn: that of reading, mostly."""
    lines: list[Line] = []
    length = 0
    for number, page in enumerate(reader.pages):
        for line in _drawn(page, number):
            length += len(line.text)
            if length > _MAX_TEXT:
                raise Refused("too_large")
            lines.append(line)
    if not lines:
        has_pictures = any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
        raise Refused("scanned" if has_pictures else "no_text")
    text = "".join(line.text for line in lines)
    nameless = sum(len(found[0]) for found in _NAMELESS.finditer(text))
    if nameless > _NAMELESS_SHARE * len(text):
        raise Refused("scanned")
    return lines


def _drawn(page: PageObject, number: int) -> Iterator[Line]:
    pieces: list[tuple[str, float, float, float, bool]] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size) * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        pieces.append((text, x, y, height, bold))

    page.extract_text(visitor_text=take)
    box = page.mediabox
    bottom, height = float(box.bottom), float(box.height) or 1.0
    words: list[str] = []
    first: tuple[float, float, float, bool] | None = None
    for text, *place in [*pieces, ("\n", 0.0, 0.0, 0.0, False)]:
        for count, part in enumerate(str(text).split("\n")):
            if count:
                line = clean_words("".join(words))
                if line and first:
                    x, y, size, bold = first
                    up = (y - bottom) / height
                    yield Line(page=number, x=x, y=y, up=up, size=size, bold=bold, text=line)
                words, first = [], None
            if part.strip() and first is None:
                x, y, size, is_bold = place
                first = (float(x), float(y), float(size), bool(is_bold))
            words.append(part)


def _meta(title: str, info: dict[str, Any]) -> Metadata:
    """The title that stands largest in the text, and what the program noted about the file."""
    noted = clean_line(str(info.get("/Title") or ""))
    byline = clean_line(str(info.get("/Author") or ""))
    found_in: dict[str, FoundIn] = {}
    if title:
        found_in["title"] = "heading"
    elif noted and not _NO_TITLE.search(noted):
        title, found_in["title"] = noted, "properties"
    if byline:
        found_in["byline"] = "properties"
    published = _time(str(info.get("/CreationDate") or ""))
    modified = _time(str(info.get("/ModDate") or ""))
    if published:
        found_in["published"] = "properties"
    if modified:
        found_in["modified"] = "properties"
    return Metadata(
        title=title, byline=byline, published=published, modified=modified, found_in=found_in
    )


def _time(text: str) -> Published | None:
    """A time as PDF files write it (ISO 32000-1, 7.9.4); None where it cannot be read."""
    found = _PDF_TIME.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    iso = f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    if sign:
        iso += f"{sign}{hours}:{minutes or '00'}"
    elif text.endswith("Z"):
        iso += "+00:00"
    try:
        return parse_published(iso)
    except ValueError:
        return None
