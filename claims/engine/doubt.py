"""What the rules would say of claims that may be about one point, but were not matched.

Text scores miss many pairs that a reader would join. For each pair in doubt the rules are run as if
the two were one point, and what they would flag becomes a suggestion: thorough mode shows it, no
verdict rests on it. Pairs of the same two points under one rule are one suggestion with grouped
values, and a claim stands in a few of them at most, the likeliest first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from claims.engine import discrepancies
from claims.engine.readings import Claim, Counterpart, Discrepancy, Reading, Report
from claims.engine.rules import Relation, wording
from claims.engine.settings import Settings
from claims.engine.speakers import Context, context_of
from claims.engine.verdicts import relations

LOOSE = ("certainty", "date")  # kinds that two unlike claims differ in as a rule
COMMON = 20  # claims with one reading; more of them, and it says nothing of this pair
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
    apart: Set[frozenset[str]] = frozenset(),
) -> Doubts:
    """Run the rules over pairs in doubt, given best first.

    `claims` are those that take part. `homes` names the point of each claim that has one. Pairs of
    `apart`, which a person said are not about one thing, are left alone. The order of the pairs
    does not change what is suggested.
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
    known = {frozenset((pair.claim, pair.other)) for pair in counterparts}
    known |= apart
    for pair in _unlike(claims, homes):
        found = None
        if frozenset((pair.claim, pair.other)) not in known:
            found = _case(pair, claims, reports, settings)
        if found and not found.relation.suggestion:
            cases.append(found)
    return Doubts(
        counterparts=tuple(shown), suggestions=_suggestions(cases, homes, reports, settings)
    )


def _unlike(claims: Mapping[str, Claim], homes: Mapping[str, str]) -> Iterator[Counterpart]:
    """Pairs of two reports and two points whose readings meet although their words do not.

    Found through an index; a reading that many claims share tells too little to be worth a look.
    """
    index: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for name in sorted(claims):
        for key in _keys(claims[name].reading):
            index[key].append(claims[name])
    pairs = {
        (a.id, b.id)
        for found in index.values()
        if len(found) <= COMMON
        for a, b in combinations(found, 2)
        if a.report != b.report and homes.get(a.id, a.id) != homes.get(b.id, b.id)
    }
    for one, other in sorted(pairs):
        yield Counterpart(claim=one, other=other, score=0.0)


def _keys(reading: Reading) -> set[tuple[object, ...]]:
    """What two claims must have in common for a rule to be sure of them."""
    keys: set[tuple[object, ...]] = set()
    for figure in reading.quantities[:1]:
        keys.add(("bounds", figure.low, figure.high))
        if figure.state or figure.measured:
            keys.add(("counted", figure.unit, figure.state, figure.measured))
    if reading.frame:
        keys |= {("deed", reading.frame.verb, thing) for thing in reading.frame.objects}
    if reading.response:
        keys.add(("answer", reading.response.actor))
    return keys


def _case(
    pair: Counterpart,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    settings: Settings,
) -> _Case | None:
    both = (claims[pair.claim], claims[pair.other])
    context = context_of(both, reports, settings.holding_days)
    said = relations(both, context, settings.rules_off)
    found = [one for one in said if one.outcome == "conflict" and _is_likely(one)]
    cases = [_Case(pair=pair, relation=relation) for relation in found]
    return min(cases, key=lambda case: (case.rank, case.relation.card.name), default=None)


def _is_likely(relation: Relation) -> bool:
    """Whether a conflict is worth a look although the two may be about two points.

    Another certainty or another day is found between any two claims of a story. So what these rules
    only suggest needs words in common, or it is noise.
    """
    loose = relation.suggestion and relation.kind in LOOSE
    return not loose or wording.is_close(relation.a, relation.b)


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
