"""Words that one report took over from another: they mean the days of the report they come from.

"On Wednesday" in wire copy is the Wednesday of the wire, also where a paper prints it five days
later. So claims of the same words and of one origin take the dates of the earliest of them; that
they are never set against each other is seen to where claims are judged (`is_copy`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from claims.engine.origins import Origins
from claims.engine.readings import AsOf, Claim, DateRange, Report


def is_copy(a: Claim, b: Claim, origins: Mapping[str, str]) -> bool:
    """Whether two reports give one wording out of one text; `origins` names each report's text."""
    if a.report == b.report:
        return False
    one, other = origins.get(a.report, a.report), origins.get(b.report, b.report)
    return one == other and wording(a) == wording(b)


def wording(claim: Claim) -> str:
    """The words of a claim, whatever their capitals, line breaks and marks at its ends."""
    return " ".join(claim.exact.casefold().split()).strip(" .,;:!?")


def as_first_told(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    shared: Origins,
    kept: Set[str] = frozenset(),
) -> list[Claim]:
    """The claims, those of copied words with the dates of the earliest report that has them.

    `kept` are claims that a person has set: theirs stay as they are. The order of the claims
    changes nothing.
    """
    alike: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        alike[wording(claim)].append(claim)
    dated: dict[str, Claim] = {}
    for same in alike.values():
        if len({claim.report for claim in same}) > 1:
            for group in _by_origin(same, shared):
                dated |= _dated(group, reports, kept)
    return [dated.get(claim.id, claim) for claim in claims]


def _by_origin(claims: Iterable[Claim], shared: Origins) -> Iterable[list[Claim]]:
    """Claims of the same words, by the text that their reports have them from."""
    claims = list(claims)
    origins = shared.of(claims)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[origins[claim.report]].append(claim)
    return groups.values()


def _dated(
    group: Sequence[Claim], reports: Mapping[str, Report], kept: Set[str]
) -> dict[str, Claim]:
    """Those of a group that were printed later, with the dates of the first."""
    printed = {claim.id: reports[claim.report].published for claim in group}
    told = [claim for claim in group if printed[claim.id] is not None]
    if not told:
        return {}
    first = min(told, key=lambda claim: _place(claim, reports[claim.report]))
    return {
        claim.id: _as_in(claim, first, reports)
        for claim in told
        if claim.id not in kept and printed[claim.id] != printed[first.id]
    }


def _as_in(claim: Claim, first: Claim, reports: Mapping[str, Report]) -> Claim:
    """The claim with the days of the first; without any, it speaks for the day of that report."""
    day = reports[first.report].published
    days = first.reading.as_of or AsOf(first=day, last=day)
    found = {(date.start - first.start): date for date in first.reading.dates}
    dates = tuple(_moved(date, found.get(date.start - claim.start)) for date in claim.reading.dates)
    return replace(claim, reading=replace(claim.reading, as_of=days, dates=dates))


def _moved(date: DateRange, first: DateRange | None) -> DateRange:
    """A date expression with the days that the same words have where they come from."""
    if first is None:
        return date
    return replace(date, first=first.first, last=first.last, vague=first.vague)


def _place(claim: Claim, report: Report) -> tuple[str, ...]:
    """Where a claim stands in its story: the earliest report first, to the minute if known."""
    return (
        str(report.published),
        str(report.published_at or ""),
        report.source,
        report.text,
        f"{claim.start:09d}",
        claim.id,
    )
