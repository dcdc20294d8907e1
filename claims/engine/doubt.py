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
from claims.engine.gathering import place
from claims.engine.origins import Origins
from claims.engine.readings import Claim, Counterpart, Discrepancy, Reading, Report
from claims.engine.rules import Relation, grounds, quantity, wording
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
class _Story:
    """What a pair is judged against: the claims that take part, their reports and origins."""

    claims: Mapping[str, Claim]
    homes: Mapping[str, str]
    reports: Mapping[str, Report]
    settings: Settings
    shared: Origins
    order: Mapping[str, int]

    def context(self, claims: Sequence[Claim]) -> Context:
        """What rules need to know of these claims."""
        return context_of(claims, self.reports, self.settings.holding_days)

    def home(self, name: str) -> str:
        """The point of a claim, or the claim itself, which then stands for one."""
        return self.homes.get(name, name)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A pair in doubt and the worst that a rule would flag in it.

    `places` are those of its claims in the story: ids hold the caller's ids of the reports, so they
    would break a tie one way for files and another way for stored articles.
    """

    pair: Counterpart
    relation: Relation
    places: tuple[int, ...]

    @property
    def rank(self) -> tuple[bool, int, float, tuple[int, ...]]:
        """Likely and serious ones first: sure of the rule, severe, near in score; then by place."""
        worst = discrepancies.SEVERITIES.index(self.relation.severity)
        return (self.relation.suggestion, worst, -self.pair.score, self.places)


def consider(
    counterparts: Sequence[Counterpart],
    claims: Mapping[str, Claim],
    homes: Mapping[str, str],
    reports: Mapping[str, Report],
    settings: Settings,
    shared: Origins,
    apart: Set[frozenset[str]] = frozenset(),
) -> Doubts:
    """Run the rules over pairs in doubt, given best first.

    `claims` are those that take part. `homes` names the point of each claim that has one, `shared`
    what the reports have from one another. Pairs of `apart`, which a person said are not about one
    thing, are left alone. The order of the pairs does not change what is suggested.
    """
    ordered = sorted(claims.values(), key=lambda claim: place(claim, reports[claim.report]))
    story = _Story(
        claims=claims,
        homes=homes,
        reports=reports,
        settings=settings,
        shared=shared,
        order={claim.id: at for at, claim in enumerate(ordered)},
    )
    cases, shown = [], []
    for pair in counterparts:
        found = _case(pair, story)
        if found:
            cases.append(found)
        shown.append(replace(pair, would=_suggestion([found], story) if found else None))
    known = {frozenset((pair.claim, pair.other)) for pair in counterparts} | apart
    for pair in _unlike(story):
        found = None
        if frozenset((pair.claim, pair.other)) not in known:
            found = _case(pair, story)
        if found and not found.relation.suggestion:
            cases.append(found)
    return Doubts(counterparts=tuple(shown), suggestions=_suggestions(cases, story))


def _unlike(story: _Story) -> Iterator[Counterpart]:
    """Pairs of two reports and two points whose readings meet although their words do not.

    Found through an index; a reading that many claims share tells too little to be worth a look.
    """
    index: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for name in story.order:
        for key in _keys(story.claims[name].reading):
            index[key].append(story.claims[name])
    pairs = {
        (story.order[a.id], a.id, b.id)
        for found in index.values()
        if len(found) <= COMMON
        for a, b in combinations(found, 2)
        if a.report != b.report and story.home(a.id) != story.home(b.id)
    }
    for _, one, other in sorted(pairs, key=lambda pair: (pair[0], story.order[pair[2]])):
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


def _case(pair: Counterpart, story: _Story) -> _Case | None:
    both = (story.claims[pair.claim], story.claims[pair.other])
    texts = story.shared.of(both)
    said = relations(both, story.context(both), texts, story.settings.rules_off)
    found = [one for one in said if one.outcome == "conflict" and _is_likely(one)]
    places = tuple(sorted(story.order[one.id] for one in both))
    cases = [_Case(pair=pair, relation=relation, places=places) for relation in found]
    return min(cases, key=lambda case: (case.rank, case.relation.card.name), default=None)


def _is_likely(relation: Relation) -> bool:
    """Whether a conflict is worth a look although the two may be about two points.

    Another certainty or another day is found between any two claims of a story. So what these rules
    only suggest needs words in common, or it is noise. Two figures of one unit need more than that.
    """
    if relation.suggestion and relation.card is quantity.CARD:
        return grounds.have_enough_in_common(relation.a, relation.b)
    loose = relation.suggestion and relation.kind in LOOSE
    return not loose or wording.is_close(relation.a, relation.b)


def _suggestions(cases: Sequence[_Case], story: _Story) -> tuple[Discrepancy, ...]:
    """One suggestion for two points and a rule; the best ones of each claim are kept."""
    groups: dict[tuple[str, ...], list[_Case]] = defaultdict(list)
    for case in cases:
        sides = sorted(story.home(one.id) for one in (case.relation.a, case.relation.b))
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
            kept.append(_suggestion(group, story))
    return tuple(kept)


def _suggestion(cases: Sequence[_Case], story: _Story) -> Discrepancy:
    """The cases as one discrepancy, under the point or else the claim that the best one is of."""
    first = cases[0]
    both = {
        claim.id: claim for case in cases for claim in (case.relation.a, case.relation.b)
    }.values()
    found = discrepancies.flag(
        story.home(first.pair.claim),
        [case.relation for case in cases],
        story.context((first.relation.a, first.relation.b)),
        story.shared.of(both),
    )
    return replace(found, suggestion=True, in_doubt=True)
