"""Who stands behind a claim, and for which days its value holds.

A stock figure (a toll, a head-count) holds until the same speaker gives the next one,
`HOLDING_DAYS` at most. So different speakers' figures some days apart can meet, and one speaker's
later figure is an update. The rule is the design's; a desk can set its own number of days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from claims.engine import actors
from claims.engine.readings import AsOf, Claim, Report

HOLDING_DAYS = 7
_UNNAMED = ("anonymous", "unknown")


def speaker(claim: Claim, report: Report) -> str:
    """The canonical name of the innermost known link of the claim's chain, else the outlet itself.

    Canonical names make a spokesperson, their office and its government one speaker.
    """
    for link in reversed(claim.reading.attribution):
        if link.kind == "outlet":
            break
        if link.kind not in _UNNAMED:
            return actors.canonical(link.name) or link.name.casefold()
    return report.source.casefold()


def speaker_name(claim: Claim, report: Report) -> str:
    """The speaker as the report names them, for people: "South Korea's intelligence service"."""
    for link in reversed(claim.reading.attribution):
        if link.kind == "outlet":
            break
        if link.kind not in _UNNAMED:
            return link.name[:1].upper() + link.name[1:]
    return report.source


def is_attributed(claim: Claim) -> bool:
    """Whether the report names someone else as the source of the claim."""
    return any(link.kind != "outlet" for link in claim.reading.attribution)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What rules need to know beside two claims: their reports and how long each value holds."""

    reports: Mapping[str, Report]
    holding_days: int = HOLDING_DAYS
    next_day: Mapping[str, date] = field(default_factory=dict)

    def speaker(self, claim: Claim) -> str:
        """The canonical speaker of the claim."""
        return speaker(claim, self.reports[claim.report])

    def as_of(self, claim: Claim) -> AsOf:
        """The days that the claim is about; its report's day of publication where it names none."""
        given = claim.reading.as_of
        if given is not None and (given.first is not None or given.last is not None):
            return given
        published = self.reports[claim.report].published
        return AsOf(first=published, last=published)

    def published_at(self, claim: Claim) -> datetime | None:
        """The moment of publication of the claim's report, where it is known to the minute."""
        return self.reports[claim.report].published_at

    def day(self, claim: Claim) -> date | None:
        """The last day that the claim speaks for; None for undated reports."""
        as_of = self.as_of(claim)
        return as_of.last or as_of.first

    def holds(self, claim: Claim) -> AsOf:
        """The days for which the claim's value may be set against others."""
        as_of = self.as_of(claim)
        if as_of.last is None:
            return as_of
        until = as_of.last + timedelta(days=self.holding_days)
        if claim.id in self.next_day:
            until = max(as_of.last, min(until, self.next_day[claim.id] - timedelta(days=1)))
        return AsOf(first=as_of.first, last=until)

    def meet(self, a: Claim, b: Claim) -> bool:
        """Whether the days for which both values hold have a day in common; undated ones do."""
        return overlap(self.holds(a), self.holds(b))


def overlap(a: AsOf, b: AsOf) -> bool:
    """Whether two stretches of days share a day; an open end has no limit."""
    starts = [day for day in (a.first, b.first) if day is not None]
    ends = [day for day in (a.last, b.last) if day is not None]
    return not starts or not ends or max(starts) <= min(ends)


def context_of(
    claims: Iterable[Claim], reports: Mapping[str, Report], holding_days: int = HOLDING_DAYS
) -> Context:
    """The context of one point: each claim's value ends where its speaker gives the next one."""
    bare = Context(reports=reports, holding_days=holding_days)
    series: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
    for claim in claims:
        day = bare.day(claim)
        if day is not None:
            series[bare.speaker(claim), _series_kind(claim)].append((day, claim.id))
    next_day = {
        claim_id: min(later)
        for entries in series.values()
        for day, claim_id in entries
        if (later := [other for other, _ in entries if other > day])
    }
    return Context(reports=reports, holding_days=holding_days, next_day=next_day)


def _series_kind(claim: Claim) -> str:
    """Figures follow figures and answers follow answers; a figure never replaces an answer."""
    if claim.reading.quantities:
        return f"quantity {claim.reading.quantities[0].role}"
    return "response" if claim.reading.response else "statement"
