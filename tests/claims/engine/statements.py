"""Helpers to read one text and ask about the clause that holds certain words."""

from datetime import date

from claims.engine import documents
from claims.engine.readings import Document, Report


def parse(text: str) -> Document:
    """The document of a text without blocks, published on a Thursday."""
    return documents.parse(
        Report(id="r", source="Desk", title="t", published=date(2025, 3, 13), text=text)
    )


def clause_with(document: Document, words: str) -> int:
    """The index of the only clause that holds these words."""
    found = [c.index for c in document.clauses if words in c.of(document.text)]
    assert len(found) == 1, f"{words!r} stands in {len(found)} clauses"
    return found[0]
