"""What the engine reads in a stretch of text that a person has selected.

Only the selection and a little around it are read, so that a selection in the longest text costs
what one in a short text does. All offsets are those of the whole report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from claims.engine import (
    actors,
    attribution,
    certainty,
    dates,
    documents,
    extraction,
    places,
    quantities,
    responses,
)
from claims.engine.gazetteer import using
from claims.engine.readings import Claim, Clause, Document, Reading, Report, Span
from claims.engine.settings import DEFAULT, Settings

LONGEST = 1500  # code points that are read of a selection
AROUND = 1000  # code points that are read before and behind it
Found = TypeVar("Found", bound=Span)


def read_selection(
    report: Report, start: int, end: int, *, settings: Settings = DEFAULT
) -> Reading:
    """What the engine reads in `report.text[start:end]`, with offsets into the whole text.

    The reading of the claim that fills the selection best, less the figures, dates and answers that
    lie outside it; where no claim is found, what the readers see in the clauses that it touches.
    Of a long selection only the first `LONGEST` code points are read. Any span will do, in any
    text: what cannot be read gives an empty reading. `settings` are those of a comparison.
    """
    with using(actors.extended(settings.aliases)):
        return _read_selection(report, start, end)


def _read_selection(report: Report, start: int, end: int) -> Reading:
    size = len(report.text)
    chosen = Span(start=max(0, min(start, size)), end=max(0, min(end, size)))
    chosen = Span(start=chosen.start, end=min(chosen.end, chosen.start + LONGEST))
    if not chosen.of(report.text).strip():
        return Reading()
    near = _with_context(report, chosen)
    found = _read(_excerpt(report, near), _moved(chosen, -near.start))
    if found is not None:
        return _shifted(found, near.start)
    # a heading, which carries no claims of its own, is read as if it were a sentence
    alone = replace(report, text=chosen.of(report.text), blocks=())
    found = _read(alone, _moved(chosen, -chosen.start))
    return _shifted(found, chosen.start) if found else Reading()


def _with_context(report: Report, chosen: Span) -> Span:
    """The selection with the text around it, beginning and ending where a paragraph or word does.

    Who speaks, and on which day, often stands in the sentence before.
    """
    text = report.text
    start, end = max(0, chosen.start - AROUND), min(len(text), chosen.end + AROUND)
    if start:
        blank = text.find(" ", start, chosen.start) + 1
        start = _paragraph(report, start, chosen.start) or blank or start
    if end < len(text):
        blank = text.rfind(" ", chosen.end, end)
        end = blank if blank >= 0 else end
    return Span(start=start, end=end)


def _paragraph(report: Report, start: int, end: int) -> int:
    """Where the first paragraph begins that does so between two places; 0 if none does."""
    if report.blocks:
        return next((block.start for block in report.blocks if start <= block.start <= end), 0)
    gap = report.text.find("\n\n", start, end)
    return gap + 2 if gap >= 0 else 0


def _excerpt(report: Report, near: Span) -> Report:
    """A stretch of the report as a report of its own."""
    blocks = [
        replace(
            block,
            start=max(block.start, near.start) - near.start,
            end=min(block.end, near.end) - near.start,
        )
        for block in report.blocks
        if block.meets(near)
    ]
    return replace(report, text=near.of(report.text), blocks=tuple(blocks))


def _read(report: Report, chosen: Span) -> Reading | None:
    """What is read in the selection; None where it touches nothing but headings and furniture."""
    document = documents.parse(report)
    touched = [clause for clause in document.clauses if _share(clause, chosen)]
    if not touched:
        return None
    found = [claim for claim in extraction.claims(document) if _share(claim, chosen)]
    if not found:
        return _assembled(document, touched, chosen)
    best = min(found, key=lambda claim: _distance(claim, chosen))
    return _inside(best.reading, chosen)


def _distance(claim: Claim, chosen: Span) -> tuple[float, ...]:
    """How far a claim is from filling the selection; one whose value lies outside is far."""
    figures, answer = claim.reading.quantities, claim.reading.response
    value = figures[0] if figures else answer
    outside = value is not None and not _share(value, chosen)
    both = _share(claim, chosen)
    either = (claim.end - claim.start) + (chosen.end - chosen.start) - both
    at = value.start if value else claim.start
    return (outside, -both / either, at)


def _inside(reading: Reading, chosen: Span) -> Reading:
    """The reading with what stands in the selection; who speaks and when may stand around it."""
    answer = reading.response
    return replace(
        reading,
        quantities=_touching(reading.quantities, chosen),
        dates=_touching(reading.dates, chosen),
        response=answer if answer and _share(answer, chosen) else None,
    )


def _assembled(document: Document, touched: Sequence[Clause], chosen: Span) -> Reading:
    """A reading from the parts of the clauses, each from the first clause that has it."""
    numbers = [clause.index for clause in touched]
    days = dates.read(document)
    chains, named = attribution.read(document), places.read(document)
    answers = responses.read(document)
    acts = [act for number in numbers for act in answers[number] if _share(act, chosen)]
    return Reading(
        quantities=_touching(quantities.read(document), chosen),
        as_of=dates.as_of(document, numbers[0], days),
        dates=_touching(days, chosen),
        attribution=next((chains[number] for number in numbers if chains[number]), ()),
        response=next(iter(acts), None),
        certainty=certainty.read(document)[numbers[0]],
        place=next((named[number] for number in numbers if named[number]), None),
    )


def _touching(spans: Iterable[Found], chosen: Span) -> tuple[Found, ...]:
    return tuple(span for span in spans if _share(span, chosen))


def _share(one: Span, other: Span) -> int:
    """How many code points two stretches have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _shifted(reading: Reading, by: int) -> Reading:
    """The reading with its offsets moved."""
    return replace(
        reading,
        quantities=tuple(_moved(figure, by) for figure in reading.quantities),
        dates=tuple(_moved(stretch, by) for stretch in reading.dates),
        attribution=tuple(_moved(link, by) for link in reading.attribution),
        response=_moved(reading.response, by) if reading.response else None,
    )


def _moved(span: Found, by: int) -> Found:
    return replace(span, start=span.start + by, end=span.end + by)
