"""What a draft is held against: the claims of a story's reports, and which of them a line answers.

A line is matched as a report's claim is: by the same scores, into the same points. Claims that are
near it but stand in another point count too where their readings compare, for a rule has conditions
of its own.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from claims.engine import affinity, copies, gathering, matching
from claims.engine.corrections import Corrections
from claims.engine.origins import Origins
from claims.engine.readings import Certainty, Claim, Document, Quantity, Report
from claims.engine.rules import wording
from claims.engine.settings import Settings
from claims.engine.speakers import Context
from claims.engine.vectors import Encoder

# From the least sure to the surest; a source's word and the report's own are as sure as each other.
SURE: dict[Certainty, int] = {
    "unknown": 0,
    "conditional": 1,
    "possible": 1,
    "predicted": 2,
    "hedged": 3,
    "attributed": 4,
    "asserted": 4,
}
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A story as it was compared. `points` holds the point of each claim that has one.

    `settled` are pairs of claims of which a person said that they are no conflict.
    """

    reports: Mapping[str, Report]
    documents: Mapping[str, Document]
    claims: tuple[Claim, ...]
    points: Mapping[str, Hashable]
    origins: Origins
    settled: Collection[frozenset[str]] = ()

    def told(self) -> "Ground":
        """The ground with words that a report took over as their first report told them."""
        claims = copies.as_first_told(self.claims, self.reports, self.origins, frozenset())
        return replace(self, claims=tuple(claims))


@dataclass(frozen=True, kw_only=True)
class Partners:
    """The claims that a line may answer to, nearest first. `near`: in its point, or as close.

    `all` has those in doubt too; `point` is the point that the line joins, None for a claim that
    stands alone in its report.
    """

    point: Hashable | None = None
    near: tuple[Claim, ...] = ()
    all: tuple[Claim, ...] = ()


@dataclass(frozen=True, kw_only=True)
class View:
    """A draft's lines beside the ground, with what rules ask for."""

    ground: Ground
    lines: tuple[Claim, ...]
    partners: Mapping[str, Partners]
    holding_days: int
    document: Document

    @property
    def text(self) -> str:
        """The draft's text."""
        return self.document.text

    @property
    def written(self) -> date | None:
        """The day on which the draft was written."""
        return self.document.report.published

    @cached_property
    def context(self) -> Context:
        """How the sources stand to one another."""
        return Context(reports=self.ground.reports, holding_days=self.holding_days)

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers in digits of the reports, whatever they count."""
        return frozenset(
            Decimal(found.replace(",", ""))
            for report in self.ground.reports.values()
            for found in _DIGITS.findall(report.text)
        )

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The reports' texts without regard to capitals."""
        return tuple(report.text.casefold() for report in self.ground.reports.values())

    @cached_property
    def contents(self) -> tuple[frozenset[str], ...]:
        """The stems of each sentence of the reports."""
        return tuple(
            wording.content(document.text[one.start : one.end])
            for document in self.ground.documents.values()
            for one in document.sentences
        )

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """All figures that were read in the reports."""
        return tuple(one for claim in self.ground.claims for one in claim.reading.quantities)

    def is_part(self, claim: Claim) -> bool:
        """Whether the same words give a larger figure of the same kind: "57 people, 43 of them"."""
        part = claim.reading.quantities[0]
        return any(
            (whole.unit, whole.state, whole.former) == (part.unit, part.state, part.former)
            and whole.low is not None
            and part.high is not None
            and whole.low > part.high
            for one in self._in_one_stretch[claim.report, claim.start, claim.end]
            for whole in one.reading.quantities[:1]
        )

    def is_of_answer(self, line: Claim) -> bool:
        """Whether a line is only what another one denies or confirms: no statement of its own."""
        return not line.reading.quantities and any(
            one.reading.response and one.id != line.id and one.covers(line) for one in self.lines
        )

    @cached_property
    def _in_one_stretch(self) -> Mapping[tuple[str, int, int], Sequence[Claim]]:
        found: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
        for claim in self.ground.claims:
            found[claim.report, claim.start, claim.end].append(claim)
        return found

    def are_of_one_point(self, one: Claim, other: Claim) -> bool:
        """Whether two claims of reports stand in one point."""
        point = self.ground.points.get(one.id)
        return point is not None and point == self.ground.points.get(other.id)

    def origins_of(self, claims: Sequence[Claim]) -> int:
        """How many independent texts speak in these claims."""
        return len(set(self.ground.origins.of(claims).values()))

    def context_with(self, line: Claim, other: Claim) -> Context:
        """The context of a line and a claim, as if both had come out in one hour."""
        report = self.ground.reports[other.report]
        here = replace(report, id=line.report, source="", text="", blocks=())
        reports = {other.report: report, line.report: here}
        return Context(reports=reports, holding_days=self.holding_days)


def view_of(
    lines: Sequence[Claim],
    document: Document,
    ground: Ground,
    encoder: Encoder | None,
    settings: Settings,
) -> View:
    """The lines of a draft beside what the reports say, by the engine's own scores."""
    documents = {**ground.documents, document.report.id: document}
    both = [*ground.claims, *lines]
    alone = {claim.id: ("alone", claim.id) for claim in ground.claims}
    places: dict[str, Hashable] = {**alone, **ground.points}
    settings = replace(settings, judge=None)
    grouped = gathering.group(both, documents, encoder, Corrections(places=places), settings)[-1]
    scores = matching.score(both, documents, encoder, settings.weights)
    group_of = {name: group for group in grouped.groups for name in group}
    near: dict[str, dict[str, float]] = defaultdict(dict)
    mine = {line.id for line in lines}
    for (one, other), value in scores.pairs.items():
        if (one in mine) != (other in mine):
            line, source = (one, other) if one in mine else (other, one)
            near[line][source] = value
    claims = {claim.id: claim for claim in ground.claims}
    return View(
        ground=ground,
        lines=tuple(lines),
        partners={
            line.id: _partners(line, group_of[line.id], near[line.id], claims, places, scores)
            for line in lines
        },
        holding_days=settings.holding_days,
        document=document,
    )


def _partners(
    line: Claim,
    group: Sequence[str],
    near: Mapping[str, float],
    claims: Mapping[str, Claim],
    places: Mapping[str, Hashable],
    scores: matching.Scores,
) -> Partners:
    """The claims of the line's group, and those whose scores come near; never its own draft's."""
    grouped = [name for name in group if name in claims]
    ranked = sorted(near, key=lambda name: (-near[name], name))
    close = [name for name in ranked if near[name] >= scores.high]
    some = [name for name in ranked if near[name] >= scores.low]
    at = next((places[name] for name in grouped), None)
    here = [name for name, place in places.items() if place == at] if at is not None else []
    return Partners(
        point=None if isinstance(at, tuple) else at,
        near=_claims([*grouped, *here, *close], claims, line),
        all=_claims([*grouped, *here, *some], claims, line),
    )


def _claims(names: Sequence[str], claims: Mapping[str, Claim], line: Claim) -> tuple[Claim, ...]:
    """The claims by these names, each once; answers of other responders left out."""
    found = (claims[name] for name in dict.fromkeys(names))
    return tuple(claim for claim in found if _may_answer(line, claim))


def _may_answer(line: Claim, claim: Claim) -> bool:
    first, second = line.reading.response, claim.reading.response
    return not (first and second) or affinity.same_responder(first, second)
