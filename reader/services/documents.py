"""Keeping what came in, untouched: many documents in a few queries."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from reader.models import RawDocument, User
from reader.services.bulk import copy_rows, new_ids


@dataclass(frozen=True, kw_only=True)
class Given:
    """Bytes that came in: where from, and what is known of their way (see `RawDocument`)."""

    content: bytes = field(repr=False)
    content_type: str
    where_from: str
    provenance: Mapping[str, object] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hash by which the same bytes are recognised."""
        return hashlib.sha256(self.content).hexdigest()


@transaction.atomic
def keep_documents(given: Sequence[Given], actor: User | None) -> list[RawDocument]:
    """Store the bytes, the same ones that came the same way once; a row for each, in order."""
    known = {
        _way(row): row
        for row in RawDocument.objects.filter(
            sha256__in={one.sha256 for one in given}, erased_at=None
        ).defer("content")
    }
    fresh: list[RawDocument] = []
    found: list[RawDocument] = []
    for one in given:
        row = RawDocument(
            content=one.content,
            size=len(one.content),
            sha256=one.sha256,
            content_type=one.content_type,
            where_from=one.where_from[:2000],
            provenance=dict(one.provenance),
            received_by=actor,
        )
        if _way(row) not in known:
            known[_way(row)] = row
            fresh.append(row)
        found.append(known[_way(row)])
    for pk, row in zip(new_ids(RawDocument, len(fresh)), fresh, strict=True):
        row.pk = pk
    copy_rows(fresh)
    return found


def _way(row: RawDocument) -> tuple[str, str, str, str]:
    provenance = repr(sorted(row.provenance.items()))
    return row.sha256, row.where_from, row.content_type, provenance
