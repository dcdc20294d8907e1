"""From a report to a document: its sentences and clauses, the start of every reading."""

from claims.engine import clauses, sentences
from claims.engine.readings import Clause, Document, Report


def parse(report: Report) -> Document:
    """Cut a report into sentences and clauses. Headings and furniture have no clauses."""
    found = sentences.split(report.text, report.blocks)
    parts: list[Clause] = []
    for sentence in found:
        if sentence.kind == "sentence":
            parts += clauses.split(report.text, sentence, first=len(parts))
    return Document(report=report, sentences=tuple(found), clauses=tuple(parts))
