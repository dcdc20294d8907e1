"""What a file is: by its content first, and by what its name says of it."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeGuard, get_args

from reader.ingest.refusals import Refused

FileType = Literal["text", "markdown", "html", "word", "opendocument", "pdf", "mail"]
TableType = Literal["csv", "tsv", "xlsx", "jsonl"]
Kind = FileType | TableType | Literal["zip"]

TYPES: Mapping[str, FileType] = {
    ".txt": "text",
    ".md": "markdown",
    ".htm": "html",
    ".html": "html",
    ".docx": "word",
    ".odt": "opendocument",
    ".pdf": "pdf",
    ".eml": "mail",
}
TABLES: Mapping[str, TableType] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
ARCHIVES: Mapping[str, Literal["zip"]] = {".zip": "zip"}
KINDS: Mapping[str, Kind] = {**TYPES, **TABLES, **ARCHIVES}
CONTENT_TYPES: Mapping[Kind, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "opendocument": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "mail": "message/rfc822",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "zip": "application/zip",
}
MARKUP_BYTES = 2 * 1024 * 1024
FILE_BYTES = 20 * 1024 * 1024
MARKUP: frozenset[Kind] = frozenset({"text", "markdown", "html"})
_PLAIN: frozenset[Kind] = MARKUP | {"csv", "tsv", "jsonl", "mail"}

# By what they begin with. Old office files and rich text have words of their own.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"{\\rtf", "rich_text"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\xfd7zXZ", "packed"),
)
# What the library raises on damaged files.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
_PDF_WITHIN = 1024  # bytes: some programs write something before the mark
_HEAD = 4096
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"^(From|To|Date|Subject|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To"
    rb"|Content-Type|DKIM-Signature|X-[\w-]{1,60}):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS_OF_MAIL = 3
_PLAIN_NAMES = ("plain", "page", "mail")


def max_bytes(kind: Kind) -> int:
    """The largest file of a type that is read at all, in bytes."""
    return MARKUP_BYTES if kind in MARKUP else FILE_BYTES


def kind_of(data: bytes, name: str = "", said: Kind | None = None) -> Kind:
    """What the bytes are; `said` or else the name's extension is what they claim to be.

    A zip that is a Word document is one under either name, and a page or mail saved as .txt is
    read as what it is; any other difference is refused. Raises `Refused`: unsupported, other_type
    (details said and found), old_office, rich_text, encrypted, binary.
    """
    said = said or KINDS.get(Path(name).suffix.lower())
    found = _found(data)
    if found == "broken_zip":
        if said in (*_ZIPPED, "zip", None):
            raise Refused("broken")
        found = "zip"
    if said is None and not _is_kind(found):
        raise Refused("unsupported")
    if found == "old_office" and _ENCRYPTED_OFFICE in data:
        raise Refused("encrypted")
    if found == "old_office":
        raise Refused("old_office")
    if found == "rich_text":
        raise Refused("rich_text")
    if _is_kind(found) and (said in (None, found) or said == "zip" and found in _ZIPPED):
        return found
    if said in _PLAIN and found in _PLAIN_NAMES:
        return _plain(data, said, found)
    if found in ("image", "packed", "other_zip"):
        raise Refused("binary")
    raise Refused("other_type", said=said or "", found=found)


def _plain(data: bytes, said: Kind, found: str) -> Kind:
    if said == "text" and found == "page":
        return "html"
    if said == "text" and found == "mail":
        return "mail"
    if said == "mail" and not _MAIL_HEADER.search(data[:_HEAD]):
        raise Refused("other_type", said=said, found=found)
    return said


_ZIPPED: frozenset[str] = frozenset({"word", "opendocument", "xlsx"})


def _is_kind(found: str) -> TypeGuard[Kind]:
    return any(found in get_args(part) for part in get_args(Kind))


def _found(data: bytes) -> str:
    """A kind where the bytes show one, else a word for what they look like."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    for mark, found in _BEGINNINGS:
        if data.startswith(mark):
            return found
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    head = data[:_HEAD]
    if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "page"
    headers = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    names = {name.lower() for name in _MAIL_HEADER.findall(headers)}
    if len(names) >= _HEADERS_OF_MAIL and names & {b"message-id", b"mime-version", b"received"}:
        return "mail" if re.match(rb"[!-9;-~]+:|From ", headers) else "plain"
    return "plain"


def _in_zip(data: bytes) -> str:
    """What kind of zip it is, by the names in its list; nothing is unpacked but a short type."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = set(file.namelist())
            if "word/document.xml" in names:
                return "word"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "ppt/presentation.xml" in names:
                return "other_zip"
            if "mimetype" in names and "content.xml" in names:
                with file.open("mimetype") as member:
                    kind = member.read(100).strip()
                is_text = kind.startswith(b"application/vnd.oasis.opendocument.text")
                return "opendocument" if is_text else "other_zip"
    except ZIP_FAULTS:
        return "broken_zip"  # which its own reader refuses, saying why
    return "zip"
