"""How the claims of one point relate: every pair through every rule, then one verdict.

A mixed point takes the first that applies of `ORDER`; the others stand in `also`.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from claims.engine.copies import is_copy
from claims.engine.readings import Claim, Verdict
from claims.engine.rules import RULES, Relation
from claims.engine.rules.base import same_content
from claims.engine.speakers import Context

ORDER: Sequence[Verdict] = ("conflict", "updated", "different_question", "refined", "agree")


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A point's verdict with the relations that it rests on, in a stable order."""

    verdict: Verdict
    also: tuple[Verdict, ...]
    relations: tuple[Relation, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Which conditions of a conflict failed, each once, by the alphabet."""
        return tuple(sorted({one.failed for one in self.relations if one.failed}))


def judge(
    claims: Sequence[Claim],
    context: Context,
    origins: Mapping[str, str],
    off: Set[str] = frozenset(),
) -> Judgement:
    """Judge a point from its claims.

    `origins` names the text each report comes from: a point whose reports all share one has a
    single source, unless that source disagrees with itself. Rules named in `off` tell nothing, but
    what differs by them is not said to agree.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    every = relations(ordered, context, origins)
    said = tuple(relation for relation in every if relation.card.name not in off)
    found = _outcomes(ordered, every, off)
    single = len({origins[claim.report] for claim in ordered}) == 1
    if single and "conflict" not in found:
        return Judgement(verdict="single_source", also=(), relations=said)
    present = [verdict for verdict in ORDER if verdict in found]
    return Judgement(verdict=present[0], also=tuple(present[1:]), relations=said)


def relations(
    claims: Iterable[Claim],
    context: Context,
    origins: Mapping[str, str],
    off: Set[str] = frozenset(),
) -> tuple[Relation, ...]:
    """What each rule says of each pair of claims, by the ids of the pairs.

    Those named in `off` say nothing. Nor does any of one wording out of one text: `origins` names
    the text that each report has what it says here from.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    return tuple(
        relation
        for a, b in combinations(ordered, 2)
        if not is_copy(a, b, origins)
        for rule in RULES
        if (relation := rule(a, b, context)) is not None and relation.card.name not in off
    )


def _outcomes(
    claims: Sequence[Claim], relations: Sequence[Relation], off: Set[str]
) -> set[Verdict]:
    """What applies to the point."""
    found = {_outcome(relation, off) for relation in relations}
    judged = {(relation.a.id, relation.b.id) for relation in relations}
    for a, b in combinations(claims, 2):
        if (a.id, b.id) not in judged:
            found.add("agree" if _same_content(a, b) else "refined")
    return found or {"agree"}


def _outcome(relation: Relation, off: Set[str]) -> Verdict:
    """What a relation means for the point: suggested ones, and those of rules off, only refine."""
    silent = relation.card.name in off and relation.outcome != "agree"
    return "refined" if relation.suggestion or silent else relation.outcome


def _same_content(a: Claim, b: Claim) -> bool:
    """Whether two claims that no rule tells apart say the same, as far as their readings show."""
    if bool(a.reading.quantities) != bool(b.reading.quantities):
        return False
    return a.exact.casefold() == b.exact.casefold() or same_content(a, b)
