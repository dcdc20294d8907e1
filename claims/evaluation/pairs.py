"""What the rules find when matching is perfect: labelled pairs, with the readings of the engine.

Every pair of claims that share a question or a marked difference goes through every rule, as if the
engine had put them in one point. What is lost here is lost by readings and rules; what is found
here and not flagged in the comparison is lost by matching.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

from claims.engine.readings import Claim, Kind
from claims.engine.rules import RULES, Relation
from claims.engine.speakers import Context, context_of
from claims.evaluation.flags import SERIOUS
from claims.evaluation.labels import Difference
from claims.evaluation.stages import Evaluated
from claims.evaluation.tallies import Tally, matched

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Given:
    """The conflicts that the rules see between labelled claims, by the pair of their labels."""

    evaluated: Evaluated
    conflicts: Mapping[Pair, tuple[Relation, ...]]

    @classmethod
    def of(cls, evaluated: Evaluated) -> "Given":
        """Put every pair that people set beside each other through the rules."""
        seen = {pair: _conflicts(evaluated, *pair) for pair in sorted(_pairs(evaluated))}
        return cls(evaluated=evaluated, conflicts={pair: seen[pair] for pair in seen if seen[pair]})

    def found(self, difference: Difference, *, quiet: bool = False) -> list[Relation]:
        """The conflicts between the claims of a marked difference, of any kind."""
        return [
            relation
            for pair, relations in self.conflicts.items()
            if set(pair) <= {*difference.claims}
            for relation in relations
            if not (quiet and relation.suggestion)
        ]

    def astray(self) -> list[Relation]:
        """The conflicts between claims that no marked difference sets against each other."""
        marked = [{*one.claims} for one in self.evaluated.story.labels.differences]
        return [
            relation
            for pair, relations in self.conflicts.items()
            if not any({*pair} <= claims for claims in marked)
            for relation in relations
        ]


def _pairs(evaluated: Evaluated) -> Iterator[Pair]:
    """Pairs of labels that share a question, a difference or a trap, each in one order."""
    labels = evaluated.story.labels
    for question in labels.questions:
        yield from combinations(_asked(evaluated, question), 2)
    marked = [one.claims for one in labels.differences] + [one.claims for one in labels.compatible]
    for claims in marked:
        yield from combinations(sorted({*claims}), 2)


def _asked(evaluated: Evaluated, question: str) -> list[str]:
    claims = evaluated.story.labels.claims
    return sorted(name for name in claims if claims[name].question == question)


def _conflicts(evaluated: Evaluated, one: str, other: str) -> tuple[Relation, ...]:
    a, b = evaluated.aligned[one], evaluated.aligned[other]
    if a is None or b is None or a.id == b.id:
        return ()
    a, b = sorted((a, b), key=lambda claim: claim.id)
    context = _context(evaluated, one, other, (a, b))
    relations = (rule(a, b, context) for rule in RULES)
    return tuple(found for found in relations if found and found.outcome == "conflict")


def _context(evaluated: Evaluated, one: str, other: str, pair: Collection[Claim]) -> Context:
    """The pair among all claims of its questions: what a speaker says later ends what was said."""
    labels = evaluated.story.labels.claims
    questions = {labels[one].question, labels[other].question} - {None}
    around = {
        claim.id: claim
        for name, claim in evaluated.aligned.items()
        if claim is not None and labels[name].question in questions
    } | {claim.id: claim for claim in pair}
    reports = {report.id: report for report in evaluated.story.reports.values()}
    return context_of(around.values(), reports)


def tallies(given: Given) -> dict[str, Tally]:
    """The tallies of both modes: differences found, kinds, and traps that the rules leave alone.

    A pair is right if both of its claims belong to one marked difference.
    """
    differences = given.evaluated.story.labels.differences
    serious = [one for one in differences if one.severity == SERIOUS]
    found = {}
    for mode, quiet in (("quiet", True), ("thorough", False)):
        found[f"pair given, {mode}"] = _tally(given, differences, quiet=quiet)
        found[f"pair given, {mode}, serious"] = _tally(given, serious, quiet=quiet)
    hit = [one for one in differences if given.found(one)]
    typed = sum(any(r.kind == one.kind for r in given.found(one)) for one in hit)
    found["pair given, kind"] = matched(typed, len(hit), len(hit))
    for kind in get_args(Kind):
        wanted = [one for one in differences if one.kind == kind]
        covered = sum(bool(given.found(one)) for one in wanted)
        found[f"pair given, {kind}"] = matched(covered, covered, len(wanted))
    found["traps left alone, quiet"] = _left_alone(given, quiet=True)
    found["traps left alone, thorough"] = _left_alone(given, quiet=False)
    return found


def _tally(given: Given, wanted: Collection[Difference], *, quiet: bool) -> Tally:
    marked = [{*one.claims} for one in given.evaluated.story.labels.differences]
    flagged = [
        {*pair}
        for pair, relations in given.conflicts.items()
        if any(not (quiet and relation.suggestion) for relation in relations)
    ]
    return Tally(
        right=sum(any(pair <= claims for claims in marked) for pair in flagged),
        found=len(flagged),
        covered=sum(bool(given.found(one, quiet=quiet)) for one in wanted),
        wanted=len(wanted),
    )


def _left_alone(given: Given, *, quiet: bool) -> Tally:
    """How many pairs that people marked as compatible no rule sets against each other."""
    pairs = {
        pair
        for one in given.evaluated.story.labels.compatible
        for pair in combinations(sorted({*one.claims}), 2)
    }
    flagged = sum(
        any(not (quiet and relation.suggestion) for relation in given.conflicts.get(pair, ()))
        for pair in pairs
    )
    return matched(len(pairs) - flagged, len(pairs), len(pairs))
