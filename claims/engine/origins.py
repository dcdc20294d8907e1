"""Which reports share their text: wire copy counts as one origin, whatever lead was put before it.

Reports are cut into runs of `RUN` words; runs that two reports share are joined into passages. Two
reports are one origin when passages cover half of the shorter one, which a shared quotation alone
does not reach. Found through an index of runs, so unlike reports are never compared.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.engine.readings import Report, Span
from claims.engine.tokens import Token, tokenize

RUN = 8  # words: shorter runs are common phrases and names with titles
COVER = 0.5  # share of the shorter report that makes one origin
SHORTEST = 40  # shared words below which two reports stay two origins, short flashes apart
COMMON = 50  # reports; a run in more of them is boilerplate of the trade


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of one report that stands word for word in another."""

    report: str
    span: Span
    other: str
    other_span: Span
    words: int


def count(reports: Sequence[Report]) -> dict[str, str]:
    """The origin of each report: the smallest id among the reports that share its text."""
    texts = {report.id: _words(report) for report in reports}
    covered: dict[tuple[str, str], int] = defaultdict(int)
    for passage in passages(reports):
        covered[passage.report, passage.other] += passage.words
    origin = {name: name for name in sorted(texts)}
    for (one, other), words in sorted(covered.items()):
        shorter = min(len(texts[one]), len(texts[other]))
        if words >= COVER * shorter and (words >= SHORTEST or words == shorter):
            first, second = sorted((_root(origin, one), _root(origin, other)))
            origin[second] = first
    return {name: _root(origin, name) for name in origin}


def passages(reports: Sequence[Report]) -> list[Passage]:
    """The passages that pairs of reports share, in the order of ids and places."""
    texts = {report.id: _words(report) for report in sorted(reports, key=lambda one: one.id)}
    places: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for name, words in texts.items():
        for at in range(len(words) - RUN + 1):
            places[_run(words, at)].setdefault(name, at)
    shared: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        if 2 <= len(found) <= COMMON:
            names = sorted(found)
            for index, one in enumerate(names):
                for other in names[index + 1 :]:
                    shared[one, other].append((found[one], found[other]))
    return [
        passage
        for (one, other), starts in sorted(shared.items())
        for passage in _joined(one, other, sorted(starts), texts)
    ]


def _words(report: Report) -> Sequence[Token]:
    return [token for token in tokenize(report.text) if token.kind != "mark"]


def _run(words: Sequence[Token], at: int) -> tuple[str, ...]:
    return tuple(token.lower for token in words[at : at + RUN])


def _joined(
    one: str,
    other: str,
    starts: Sequence[tuple[int, int]],
    texts: Mapping[str, Sequence[Token]],
) -> list[Passage]:
    """Runs that follow each other in both reports as one passage; no word counts twice."""
    groups: list[tuple[int, int, int]] = []  # first word in each report, number of words
    for here, there in starts:
        first, second, size = groups[-1] if groups else (here, there, 0)
        overlap = max(first + size - here, 0)
        if here - first == there - second and here <= first + size:
            groups[-1:] = [(first, second, here + RUN - first)]
        elif overlap < RUN:
            groups.append((here + overlap, there + overlap, RUN - overlap))
    return [
        Passage(
            report=one,
            span=_span(texts[one], here, size),
            other=other,
            other_span=_span(texts[other], there, size),
            words=size,
        )
        for here, there, size in groups
    ]


def _span(words: Sequence[Token], at: int, size: int) -> Span:
    return Span(start=words[at].start, end=words[at + size - 1].end)


def _root(origin: Mapping[str, str], name: str) -> str:
    while origin[name] != name:
        name = origin[name]
    return name
