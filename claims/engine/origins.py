"""Which reports share their text: wire copy counts as one origin, whatever lead was put before it.

How passages are found and when two texts are one stands in `reader.shared_words`: half of the
shorter one must be shared, which a quotation alone does not reach. Where less is shared, claims
inside a long common passage are one origin none the less, in the point that they stand in. Found
through an index of runs, so unlike reports are never compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claims.engine.readings import Claim, Report, Span
from reader.shared_words import COMMON, COPIED, RUN, are_one, joined, run_at, words_of

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
    texts = {report.id: len(words_of(report.text)) for report in reports}
    covered: dict[tuple[str, str], int] = defaultdict(int)
    for passage in shared:
        covered[passage.report, passage.other] += passage.words
    origin = {name: name for name in sorted(texts)}
    for (one, other), words in sorted(covered.items()):
        if are_one(words, texts[one], texts[other]):
            first, second = sorted((_root(origin, one), _root(origin, other)))
            origin[second] = first
    return {name: _root(origin, name) for name in origin}


def passages(reports: Sequence[Report]) -> list[Passage]:
    """The passages that pairs of reports share, in the order of ids and places."""
    texts = {report.id: words_of(report.text) for report in sorted(reports, key=lambda one: one.id)}
    places: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for name, words in texts.items():
        for at in range(len(words) - RUN + 1):
            places[run_at(words, at)].setdefault(name, at)
    shared: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        if 2 <= len(found) <= COMMON:
            names = sorted(found)
            for index, one in enumerate(names):
                for other in names[index + 1 :]:
                    shared[one, other].append((found[one], found[other]))
    return [
        Passage(
            report=one,
            span=Span(start=found.here[0], end=found.here[1]),
            other=other,
            other_span=Span(start=found.there[0], end=found.there[1]),
            words=found.words,
        )
        for (one, other), starts in sorted(shared.items())
        for found in joined(sorted(starts), texts[one], texts[other])
    ]


def _root(origin: Mapping[str, str], name: str) -> str:
    while origin[name] != name:
        name = origin[name]
    return name
