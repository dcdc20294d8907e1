"""What came in, given back byte for byte, in a way that no browser runs."""

import re
from pathlib import PurePosixPath

from django.http import Http404, HttpResponse

from reader.ingest.kinds import CONTENT_TYPES, KINDS
from reader.models import RawDocument
from reader.text import clean_line

_UNSAFE = re.compile(r"[^\w.\- ]+")
_NAME_LENGTH = 100


def raw_download(document: RawDocument | None) -> HttpResponse:
    """The bytes as an attachment that is never shown, guessed at or run.

    Raises Http404 where there are none, or where an erasure has emptied them.
    """
    if document is None or document.erased_at is not None:
        raise Http404
    response = HttpResponse(bytes(document.content), content_type="application/octet-stream")
    name = download_name(document)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def download_name(document: RawDocument) -> str:
    """A name of plain letters, made from where it came from, with the end that its type has."""
    given = clean_line(document.where_from).rstrip("/").replace("\\", "/")
    stem = PurePosixPath(given).name.partition("?")[0]
    suffix = PurePosixPath(stem).suffix.lower()
    ends = {CONTENT_TYPES[kind]: end for end, kind in KINDS.items()}
    end = suffix if suffix in KINDS else ends.get(document.content_type.partition(";")[0], ".bin")
    plain = _UNSAFE.sub("_", PurePosixPath(stem).stem.encode("ascii", "ignore").decode())
    return (plain.strip(" ._")[:_NAME_LENGTH] or document.sha256[:12]) + end
