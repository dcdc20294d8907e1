"""What the rules would say of claims that may be about one point, but were not matched.

Text scores miss many pairs that a reader would join. For each pair in doubt the rules are run as if
the two were one point, and what they would flag becomes a suggestion: thorough mode shows it, no
verdict rests on it. Pairs of the same two points under one rule are one suggestion with grouped
values, and a claim stands in a few of them at most, the likeliest first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from claims.engine import discrepancies
from claims.engine.readings import Claim, Counterpart, Discrepancy, Report
from claims.engine.rules import Relation
from claims.engine.settings import Settings
from claims.engine.speakers import Context, context_of
from claims.engine.verdicts import relations

PER_CLAIM = 2  # suggestions in doubt that one claim may stand in; more would be a flood


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """The pairs in doubt with what the rules would flag, and the suggestions made of these."""

    counterparts: tuple[Counterpart, ...]
    suggestions: tuple[Discrepancy, ...]


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A pair in doubt and the worst that a rule would flag in it."""

    pair: Counterpart
    relation: Relation

    @property
    def rank(self) -> tuple[bool, int, float, str, str]:
        """Likely and serious ones first: sure of the rule, severe, near in score; then by id."""
        worst = discrepancies.SEVERITIES.index(self.relation.severity)
        return (
            self.relation.suggestion,
            worst,
            -self.pair.score,
            self.relation.a.id,
            self.relation.b.id,
        )


def consider(
    counterparts: Sequence[Counterpart],
    claims: Mapping[str, Claim],
    homes: Mapping[str, str],
    reports: Mapping[str, Report],
    settings: Settings,
) -> Doubts:
    """Run the rules over pairs in doubt, given best first.

    `homes` names the point of each claim that has one. The order of the pairs does not change what
    is suggested.
    """
    cases, shown = [], []
    for pair in counterparts:
        found = _case(pair, claims, reports, settings)
        would = None
        if found:
            cases.append(found)
            context = _context(found.relation, reports, settings)
            would = _suggestion([found], homes, context)
        shown.append(replace(pair, would=would))
    return Doubts(
        counterparts=tuple(shown), suggestions=_suggestions(cases, homes, reports, settings)
    )


def _case(
    pair: Counterpart,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    settings: Settings,
) -> _Case | None:
    both = (claims[pair.claim], claims[pair.other])
    context = context_of(both, reports, settings.holding_days)
    said = relations(both, context, settings.rules_off)
    found = [one for one in said if one.outcome == "conflict"]
    cases = [_Case(pair=pair, relation=relation) for relation in found]
    return min(cases, key=lambda case: (case.rank, case.relation.card.name), default=None)


def _suggestions(
    cases: Sequence[_Case],
    homes: Mapping[str, str],
    reports: Mapping[str, Report],
    settings: Settings,
) -> tuple[Discrepancy, ...]:
    """One suggestion for two points and a rule; the best ones of each claim are kept."""
    groups: dict[tuple[str, ...], list[_Case]] = defaultdict(list)
    for case in cases:
        a, b = case.relation.a, case.relation.b
        sides = sorted((homes.get(a.id, a.id), homes.get(b.id, b.id)))
        groups[(*sides, case.relation.card.name)].append(case)
    ranked = sorted(
        (sorted(group, key=lambda case: case.rank) for group in groups.values()),
        key=lambda group: (group[0].rank, group[0].relation.card.name),
    )
    held: Counter[str] = Counter()
    kept = []
    for group in ranked:
        members = {one.id for case in group for one in (case.relation.a, case.relation.b)}
        if all(held[name] < PER_CLAIM for name in members):
            held.update(members)
            context = _context(group[0].relation, reports, settings)
            kept.append(_suggestion(group, homes, context))
    return tuple(kept)


def _suggestion(cases: Sequence[_Case], homes: Mapping[str, str], context: Context) -> Discrepancy:
    """The cases as one discrepancy, under the point or else the claim that the best one is of."""
    first = cases[0].pair.claim
    found = discrepancies.flag(homes.get(first, first), [case.relation for case in cases], context)
    return replace(found, suggestion=True, in_doubt=True)


def _context(relation: Relation, reports: Mapping[str, Report], settings: Settings) -> Context:
    return context_of((relation.a, relation.b), reports, settings.holding_days)
