"""What is read of one report, whatever the others of its story say: it can be kept and used again.

`compare.read` puts these together; only who speaks for which body needs all reports.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from claims.engine import documents, extraction, packing
from claims.engine.fingerprint import VERSION
from claims.engine.readings import Claim, Clause, Document, Report, Sentence
from claims.engine.settings import Settings

_KINDS = (tuple[Sentence, ...], tuple[Clause, ...], tuple[Claim, ...])


@dataclass(frozen=True, kw_only=True)
class Single:
    """A report as a document, and its claims with the speakers that it names itself."""

    document: Document
    claims: tuple[Claim, ...]


NONE: Mapping[str, Single] = {}


def read(report: Report) -> Single:
    """Read one report under the names in use."""
    document = documents.parse(report)
    return Single(document=document, claims=tuple(extraction.claims(document)))


def key(report: Report, settings: Settings) -> str:
    """The hash of all that a reading of the report rests on: the same key, the same reading."""
    names = sorted((each.name, each.canonical, each.kind) for each in settings.aliases)
    return hashlib.sha256(repr((VERSION, report, names)).encode()).hexdigest()


def pack(found: Single) -> bytes:
    """What was read, without the report's text but for the claims' quotes."""
    return packing.pack((found.document.sentences, found.document.clauses, found.claims))


def unpack(body: bytes, report: Report) -> Single:
    """What `pack` packed of this report. Raises `packing.UnreadableError`."""
    sentences, clauses, claims = packing.unpack(body, _KINDS)
    document = Document(report=report, sentences=sentences, clauses=clauses)
    return Single(document=document, claims=claims)
