"""Which reports share their text: wire copy counts as one origin, whatever lead was put before it.

Reports are cut into runs of `RUN` words; runs that two reports share are joined into passages. Two
reports are one origin when passages cover half of the shorter one, which a shared quotation alone
does not reach. Where less is shared, claims inside a long common passage are one origin none the
less, in the point that they stand in. Found through an index of runs, so unlike reports are never
compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from claims.engine.readings import Claim, Report, Span
from claims.engine.tokens import Token, tokenize

RUN = 8  # words: shorter runs are common phrases and names with titles
COVER = 0.5  # share of the shorter report that makes one origin
SHORTEST = 40  # shared words below which two reports stay two origins, short flashes apart
COMMON = 50  # reports; a run in more of them is boilerplate of the trade
EDITED = 6  # words: between two shared runs, an editor's touch and no new passage
COPIED = 25  # words that two reports do not choose alike by chance, nor quote by habit
INSIDE = 0.8  # share of a claim that must lie in a passage


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of one report that stands in another, but for small edits; `words` are the same."""

    report: str
    span: Span
    other: str
    other_span: Span
    words: int


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The origin of each report as a whole, and the passages that pairs of reports share."""

    by_report: Mapping[str, str]
    passages: Sequence[Passage]
    copied: Mapping[tuple[str, str], Sequence[Passage]]

    def of(self, claims: Iterable[Claim]) -> dict[str, str]:
        """The origin of each report as far as these claims of it go.

        Reports that are written apart are one origin here if both took the words from one text.
        """
        spoken: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            spoken[claim.report].append(claim)
        origin = {name: self.by_report[name] for name in sorted(spoken)}
        for one, other in combinations(sorted(spoken), 2):
            if origin[one] != origin[other] and any(
                _lies_in(passage.span, spoken[one]) and _lies_in(passage.other_span, spoken[other])
                for passage in self.copied.get((one, other), ())
            ):
                kept, gone = sorted((origin[one], origin[other]))
                origin = {name: kept if at == gone else at for name, at in origin.items()}
        return origin


def find(reports: Sequence[Report]) -> Origins:
    """Find what reports share; their order changes nothing."""
    shared = passages(reports)
    copied: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in shared:
        if passage.words >= COPIED:
            copied[passage.report, passage.other].append(passage)
    return Origins(by_report=_origins(reports, shared), passages=shared, copied=copied)


def _lies_in(span: Span, claims: Iterable[Claim]) -> bool:
    return any(
        min(span.end, claim.end) - max(span.start, claim.start)
        >= INSIDE * (claim.end - claim.start)
        for claim in claims
    )


def _origins(reports: Sequence[Report], shared: Iterable[Passage]) -> dict[str, str]:
    """The origin of each report: the smallest id among the reports that share its text."""
    texts = {report.id: len(_words(report)) for report in reports}
    covered: dict[tuple[str, str], int] = defaultdict(int)
    for passage in shared:
        covered[passage.report, passage.other] += passage.words
    origin = {name: name for name in sorted(texts)}
    for (one, other), words in sorted(covered.items()):
        shorter = min(texts[one], texts[other])
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
            span=_span(texts[one], *_stretch(stretches, 0)),
            other=other,
            other_span=_span(texts[other], *_stretch(stretches, 1)),
            words=sum(size for _, _, size in stretches),
        )
        for stretches in _over_edits(groups)
    ]


def _over_edits(
    groups: Sequence[tuple[int, int, int]],
) -> list[list[tuple[int, int, int]]]:
    """Stretches that only a few words part, in both reports, as one passage."""
    found: list[list[tuple[int, int, int]]] = []
    for group in groups:
        here, there, size = found[-1][-1] if found else (0, 0, 0)
        gaps = (group[0] - here - size, group[1] - there - size)
        if found and all(0 <= gap <= EDITED for gap in gaps):
            found[-1].append(group)
        else:
            found.append([group])
    return found


def _stretch(stretches: Sequence[tuple[int, int, int]], side: Literal[0, 1]) -> tuple[int, int]:
    """First word and one past the last, in the report of that side."""
    return stretches[0][side], stretches[-1][side] + stretches[-1][2]


def _span(words: Sequence[Token], first: int, end: int) -> Span:
    return Span(start=words[first].start, end=words[end - 1].end)


def _root(origin: Mapping[str, str], name: str) -> str:
    while origin[name] != name:
        name = origin[name]
    return name
