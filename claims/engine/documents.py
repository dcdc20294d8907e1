"""From a report to a document: its sentences and clauses, the start of every reading."""

from dataclasses import replace

from claims.engine import clauses, sentences
from claims.engine.readings import Clause, Document, Report

# Code points that are read of a report, some 30,000 words: no article is longer, and a text that is
# must not hold the worker for minutes.
MOST_READ = 200_000


def parse(report: Report) -> Document:
    """Cut a report into sentences and clauses. Headings and furniture have no clauses.

    Of a text beyond `MOST_READ` code points only the beginning is read; offsets stay those of the
    whole.
    """
    blocks = [
        replace(block, end=min(block.end, MOST_READ))
        for block in report.blocks
        if block.start < MOST_READ
    ]
    found = sentences.split(report.text[:MOST_READ], blocks)
    parts: list[Clause] = []
    for sentence in found:
        if sentence.kind == "sentence":
            parts += clauses.split(report.text, sentence, first=len(parts))
    return Document(report=report, sentences=tuple(found), clauses=tuple(parts))
