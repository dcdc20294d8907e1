"""Small stories cut into one claim per sentence, for tests of matching that need no readings."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.engine.readings import Claim, Clause, Document, Quantity, Reading, Report, Sentence

HARBOUR = {
    "courier": (
        "A freighter ran aground on the Skarv reef on Monday night. "
        "The coast guard said that 19 sailors were taken off by helicopter. "
        "About 300 tonnes of diesel oil have leaked into the bay. "
        "The shipping line declined to comment on the accident. "
        "Schools in the town stay closed until Friday."
    ),
    "tribune": (
        "Twenty seamen were rescued from the stranded freighter by helicopter, the navy said. "
        "Some 450 tonnes of diesel oil leaked from the ship into the bay. "
        "The shipping line did not wish to comment on the accident. "
        "Fishermen fear for the herring season."
    ),
    "gazette": (
        "The leak has reached 300 tonnes of diesel oil, the harbour office reported. "
        "All 19 sailors were flown off the freighter by helicopter. "
        "A storm is forecast for the weekend."
    ),
}


def document(name: str, text: str) -> Document:
    """A report whose sentences end in a full stop and a blank."""
    sentences: list[Sentence] = []
    start = 0
    for piece in text.split(". "):
        end = min(start + len(piece) + 1, len(text))
        sentences.append(Sentence(start=start, end=end, index=len(sentences), block=0))
        start = end + 1
    clauses = tuple(
        Clause(start=one.start, end=one.end, index=one.index, sentence=one.index)
        for one in sentences
    )
    report = Report(id=name, source=name, title=name, published=None, text=text)
    return Document(report=report, sentences=tuple(sentences), clauses=clauses)


def claim_of(document: Document, sentence: int, **reading: Any) -> Claim:
    """The claim that a whole sentence makes."""
    span = document.sentences[sentence]
    return Claim(
        id=f"{document.report.id}{sentence}",
        report=document.report.id,
        start=span.start,
        end=span.end,
        exact=span.of(document.text),
        sentence=sentence,
        reading=Reading(**reading),
    )


def read(texts: Mapping[str, str]) -> tuple[list[Claim], dict[str, Document]]:
    """All sentences of the reports as claims, and the reports cut up."""
    documents = {name: document(name, text) for name, text in texts.items()}
    claims = [
        claim_of(found, sentence.index)
        for found in documents.values()
        for sentence in found.sentences
    ]
    return claims, documents


def count(unit: str, **fields: Any) -> tuple[Quantity, ...]:
    """A figure that counts something; its value does not matter."""
    return (Quantity(**{"start": 0, "end": 1, "low": None, "high": None, "unit": unit, **fields}),)


def together(groups: Sequence[Sequence[str]], *names: str) -> bool:
    """Whether the claims stand in one group."""
    return any(set(names) <= set(group) for group in groups)
