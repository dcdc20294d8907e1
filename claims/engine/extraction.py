"""Which stretches of a report are claims, each with its reading.

Nearly every clause is kept: a filter by cue words loses a tenth of what editors compare, numbers
and dates alone lose half (`docs/engine.md`). Left out are headings, furniture and clauses that only
say who is speaking. A clause with several figures gives one claim per figure, cut where a list
parts them.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from claims.engine import (
    attribution,
    certainty,
    dates,
    frames,
    measures,
    places,
    quantities,
    responses,
    terms,
)
from claims.engine.grammar import tagged
from claims.engine.parts import VERBAL
from claims.engine.readings import (
    Certainty,
    Claim,
    Clause,
    DateRange,
    Document,
    Frame,
    Link,
    Quantity,
    Reading,
    Response,
    Span,
)
from claims.engine.tokens import tokens_in

MIN_WORDS = 2  # words with a meaning of their own that a clause must hold
# Where a list of figures may be cut: before the comma or the word, which then open the next claim.
_CUT = re.compile(r",|;|\b(?:and|including|among|with|while|but)\b")
_OF_WHOLE = re.compile(r"\bof (?:the|its|their|our|his|her|these|those)\s+$")
Found = TypeVar("Found", bound=Span)
_TRIM = " \t\n,;:–—-"
_LEADING = ("and ", "but ", "or ", "while ", "that ")
_TRAILING = (" that", " whether", " and", " but", " if")


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Everything the readers found in a document; all but `quantities` and `dates`, which come by
    sentence, are aligned with its clauses.
    """

    quantities: Sequence[Sequence[Quantity]]
    dates: Sequence[Sequence[DateRange]]
    chains: Sequence[tuple[Link, ...]]
    responses: Sequence[tuple[Response, ...]]
    certainties: Sequence[Certainty]
    places: Sequence[str | None]
    frames: Sequence[Frame | None]


def claims(document: Document) -> list[Claim]:
    """All claims of a report in text order, with ids made from report, span and value."""
    found = _Found(
        quantities=_by_sentence(document, quantities.read(document)),
        dates=_by_sentence(document, dates.read(document)),
        chains=attribution.read(document),
        responses=responses.read(document),
        certainties=certainty.read(document),
        places=places.read(document),
        frames=frames.read(document),
    )
    result: dict[str, Claim] = {}
    for clause in document.clauses:
        if document.sentences[clause.sentence].kind == "sentence":
            for claim in _of_clause(document, clause, found):
                result.setdefault(claim.id, claim)
    return list(result.values())


def _by_sentence(document: Document, spans: Sequence[Found]) -> list[list[Found]]:
    """The spans of each sentence, so that a clause looks at its neighbours only."""
    starts = [sentence.start for sentence in document.sentences]
    result: list[list[Found]] = [[] for _ in starts]
    for span in spans:
        result[max(0, bisect_right(starts, span.start) - 1)].append(span)
    return result


def _of_clause(document: Document, clause: Clause, found: _Found) -> list[Claim]:
    """The claims of one clause: one per figure, one per further answer, or one for the whole."""
    chain = found.chains[clause.index]
    acts = found.responses[clause.index]
    inside = [
        replace(quantity, measured=measures.measured(document, clause, quantity))
        for quantity in found.quantities[clause.sentence]
        if clause.covers(quantity)
    ]
    days = found.dates[clause.sentence]
    if not acts and not inside and not _says_something(document, clause, days):
        return []
    reading = Reading(
        as_of=dates.as_of(document, clause.index, days),
        dates=tuple(stretch for stretch in days if clause.covers(stretch)),
        attribution=chain,
        response=acts[0] if acts else None,
        certainty=found.certainties[clause.index],
        place=found.places[clause.index],
        frame=found.frames[clause.index],
    )
    if acts and not inside:
        clause = _with_matter(document, clause)
    spans = _parts(document, clause, inside)
    result = [
        _claim(document, span, clause, _of_figure(document, clause, reading, inside, at))
        for at, span in enumerate(spans)
        if not (0 < at < len(inside) and _is_whole(document, inside[at - 1], inside[at]))
    ]
    further = [replace(reading, response=act) for act in acts[1:]]
    return result + [_claim(document, _trim(document.text, clause), clause, r) for r in further]


def _of_figure(
    document: Document, clause: Clause, reading: Reading, inside: Sequence[Quantity], at: int
) -> Reading:
    """The clause's reading with one of its figures as the principal one, as certain as that is."""
    if at >= len(inside):
        return reading
    sure = certainty.of_figure(document, clause, inside[at], reading.certainty)
    return replace(reading, quantities=_first(inside, at), certainty=sure)


def _is_whole(document: Document, part: Quantity, whole: Quantity) -> bool:
    """Whether the second figure is what the first is a part of: "five of the seven crossings".

    It tells how many there are, and is no claim about what happens to them.
    """
    between = document.text[part.start : whole.start]
    return part.role == "part" and _OF_WHOLE.search(between) is not None


def _with_matter(document: Document, clause: Clause) -> Clause:
    """An answer with the clause that says to what: "denied" and "that the ship was overloaded"."""
    following = document.clauses[clause.index + 1 : clause.index + 2]
    if not following or following[0].sentence != clause.sentence:
        return clause
    ends = [token.lower for token in tokens_in(document.text, clause)][-1:]
    begins = [token.lower for token in tokens_in(document.text, following[0])][:1]
    if not {"that", "whether", "if"} & {*ends, *begins}:
        return clause
    return replace(clause, end=following[0].end)


def _first(inside: Sequence[Quantity], at: int) -> tuple[Quantity, ...]:
    """The clause's figures with the principal one in front."""
    return (*inside[at : at + 1], *inside[:at], *inside[at + 1 :])


def _says_something(document: Document, clause: Clause, days: Sequence[DateRange]) -> bool:
    """Whether more is left than who speaks and when: not "said the mayor, a doctor, on Monday"."""
    sayings = attribution.found(document)[clause.sentence]
    here = [saying for saying in sayings if saying.own.meets(clause)]
    if here and not any(saying.scope.meets(clause) for saying in here):
        return False
    apart = [*(saying.own for saying in sayings), *days]
    rest = [
        token
        for token in tokens_in(document.text, clause)
        if not any(span.start <= token.start < span.end for span in apart)
    ]
    said = any(saying.scope.meets(clause) for saying in sayings)
    return len(terms.stems(rest)) >= (1 if said else MIN_WORDS)


def _parts(document: Document, clause: Clause, inside: Sequence[Quantity]) -> list[Span]:
    """A span for each figure of a clause; the clause itself where it has one or cannot be cut.

    A part must say something alone: it has a verb of its own or counts something else than the part
    before. "1,500 more were sent, for a total of 3,000" stays whole, and so overlaps with itself.
    """
    text, whole = document.text, _trim(document.text, clause)
    if len(inside) < 2:
        return [whole]
    starts = [whole.start]
    limits = [*(later.start for later in inside[2:]), whole.end]
    for (before, after), limit in zip(pairwise(inside), limits, strict=True):
        cut = _CUT.search(text, before.end, after.start)
        alone = cut is not None and (
            before.unit != after.unit or _has_verb(document, clause, cut.end(), limit)
        )
        starts.append(cut.start() if cut and alone else -1)
    if all(start < 0 for start in starts[1:]):
        return [whole] * len(inside)
    ends = [
        next((cut for cut in starts[at + 1 :] if cut >= 0), whole.end) for at in range(len(inside))
    ]
    parts, begin = [], whole.start
    for start, end in zip(starts, ends, strict=True):
        begin = start if start >= 0 else begin
        parts.append(_trim(text, Span(start=begin, end=end)))
    return parts


def _has_verb(document: Document, clause: Clause, start: int, end: int) -> bool:
    """Whether a verb stands between two places of a clause."""
    return any(
        word.tag in VERBAL
        for word in tagged(document)[clause.sentence]
        if start <= word.start and word.end <= end
    )


def _trim(text: str, span: Span) -> Span:
    """The span without commas, dashes and linking words at its ends."""
    start, end = span.start, span.end
    while True:
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM:
            end -= 1
        if lead := next((word for word in _LEADING if text.startswith(word, start, end)), ""):
            start += len(lead)
        elif tail := next((word for word in _TRAILING if text.endswith(word, start, end)), ""):
            end -= len(tail)
        else:
            return Span(start=start, end=end)


def _claim(document: Document, span: Span, clause: Clause, reading: Reading) -> Claim:
    return Claim(
        id=_id(document.report.id, span, reading),
        report=document.report.id,
        start=span.start,
        end=span.end,
        exact=span.of(document.text),
        sentence=clause.sentence,
        reading=reading,
    )


def _id(report: str, span: Span, reading: Reading) -> str:
    """An id from content alone, so that the order of the reports changes nothing."""
    principal = ""
    if reading.quantities:
        figure = reading.quantities[0]
        principal = f"{figure.low}|{figure.high}|{figure.unit}|{figure.start}"
    elif reading.response:
        principal = f"{reading.response.actor}|{reading.response.act}"
    parts = (report, str(span.start), str(span.end), principal)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
