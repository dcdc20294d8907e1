"""A draft's line without a figure: an answer, or what happened, beside what the reports say.

Only what the reports' own rules are sure of counts as another statement, and only nearly the same
words count as the same one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import normal_form
from claims.engine.affinity import same_responder
from claims.engine.draft_figures import as_told_with
from claims.engine.draft_findings import Finding, ids
from claims.engine.draft_ground import View
from claims.engine.readings import Claim
from claims.engine.rules import RULES, Relation, response, wording
from claims.engine.rules.base import same_content, same_predicate

# "It did not arrive until noon" says that it arrived.
_NOT_UNTIL = re.compile(
    r"\b(?:not|never|no|nothing|nobody)\b.*\b(?:until|before)\b|n['\u2019]t\b.*\buntil\b", re.I
)
_LEAST = 3  # stems in common: fewer are alike by chance


@dataclass(frozen=True, kw_only=True)
class Statements:
    """The reports' statements on the line's matter: the same, and those that exclude it."""

    same: tuple[Claim, ...]
    other: tuple[tuple[Claim, Relation], ...]


def compare(line: Claim, view: View) -> Statements:
    """Which statements of the reports say what the line says, and which say otherwise."""
    same, other = [], []
    near = {claim.id for claim in view.partners[line.id].near}
    for claim in view.partners[line.id].all:
        if relation := _conflict(line, claim, view):
            if claim.id in near:
                other.append((claim, relation))
        elif _says_so(line, claim):
            same.append(claim)
    return Statements(same=tuple(same), other=tuple(other))


def _says_so(line: Claim, claim: Claim) -> bool:
    """Whether a claim says what the line says."""
    first, second = line.reading.response, claim.reading.response
    if first and second:
        return same_responder(first, second) and first.act == second.act
    if first or second or line.reading.quantities or claim.reading.quantities:
        return False
    return same_content(line, claim) or (
        _same_sense(line, claim)
        and (same_predicate(line, claim) or len(wording.shared(line, claim)) > _LEAST)
        and wording.is_close(line, claim, least=_LEAST)
    )


def _same_sense(line: Claim, claim: Claim) -> bool:
    p, q = line.reading.frame, claim.reading.frame
    return (p.negated if p else False) == (q.negated if q else False)


def _conflict(line: Claim, claim: Claim, view: View) -> Relation | None:
    """What a rule surely finds between the line and a claim; certainty is judged apart."""
    if line.reading.quantities and claim.reading.quantities:
        return None
    told, context = as_told_with(line, claim, view), view.context_with(line, claim)
    for rule in RULES:
        relation = rule(told, claim, context)
        if relation is None or relation.outcome != "conflict":
            continue
        if relation.suggestion and not _of_one_matter(line, claim, view):
            continue
        if relation.kind == "certainty" and not _opposed(line, claim):
            continue
        return relation
    return None


def _of_one_matter(line: Claim, claim: Claim, view: View) -> bool:
    """Whether two answers of one body surely answer one question, whatever they say to it."""
    first, second = line.reading.response, claim.reading.response
    if not first or not second or first.actor != second.actor:
        return False
    point = view.partners[line.id].point
    one_point = point is not None and view.ground.points.get(claim.id) == point
    return one_point or bool(wording.matter(line) & wording.matter(claim))


def _opposed(line: Claim, claim: Claim) -> bool:
    """Whether one is said not to be so in the other; a lesser certainty is no other statement."""
    if any(_NOT_UNTIL.search(one.exact) for one in (line, claim)):
        return False
    stances = {normal_form.stance(one.reading) for one in (line, claim)}
    return normal_form.CERTAINTY_WORDS["denied"] in stances and len(stances) > 1


def judge(line: Claim, found: Statements, view: View) -> list[Finding]:
    """What is to be said of the line's statement as such."""
    if line.reading.response:
        return _answer(line, found, view)
    if not found.other:
        return []
    return [_finding(line, found)] if not found.same else _one_side(line, found, view)


def _answer(line: Claim, found: Statements, view: View) -> list[Finding]:
    """An answer that its giver has since replaced, or that no report has."""
    if not found.other:
        return []
    context = view.context
    last = max((context.moment(claim) or _NEVER for claim in found.same), default=_NEVER)
    later = [
        (claim, relation)
        for claim, relation in found.other
        if found.same and (context.moment(claim) or _NEVER) > last and not _is_silent(claim)
    ]
    if later and not _told_elsewhere([claim for claim, _ in later], line, view):
        old = normal_form.value(line.reading)
        new = sorted({normal_form.value(claim.reading) for claim, _ in later})
        return [
            Finding(
                kind="older",
                rule="draft-older",
                told=ids(found.same),
                against=ids([claim for claim, _ in later]),
                arithmetic=f"{old}, later {', '.join(new)}",
            )
        ]
    sure = [pair for pair in found.other if _contradicts(line, pair[0])]
    if found.same:
        conflict = Statements(same=found.same, other=tuple(sure))
        return _one_side(line, conflict, view) if sure and not later else []
    return [_finding(line, found)] if sure else []


def _contradicts(line: Claim, claim: Claim) -> bool:
    """Whether one denies what the other confirms; who leaves it open or is silent takes no side."""
    acts = {one.reading.response.act for one in (line, claim) if one.reading.response}
    return "confirmed" in acts and bool(acts & {"denied", "dismissed"})


def _is_silent(claim: Claim) -> bool:
    return claim.reading.response is not None and claim.reading.response.act == "silent"


_NEVER = ()  # before every moment


def _finding(line: Claim, found: Statements) -> Finding:
    return Finding(
        kind="differs",
        rule="draft-differs",
        against=ids([claim for claim, _ in found.other]),
        arithmetic="; ".join(dict.fromkeys(one.arithmetic for _, one in found.other)),
    )


def _one_side(line: Claim, found: Statements, view: View) -> list[Finding]:
    """Some reports say so and some exclude it; no other line of the draft says the other."""
    others = [claim for claim, _ in found.other]
    settled = view.ground.settled
    open_ones = [
        claim
        for claim in others
        if not all(frozenset((claim.id, one.id)) in settled for one in found.same)
        and view.origins_of([claim, *found.same]) > 1
        and any(_exclude(claim, one, view) for one in found.same)
    ]
    if not open_ones or _told_elsewhere(open_ones, line, view):
        return []
    told = [relation.arithmetic for claim, relation in found.other if claim in open_ones]
    return [
        Finding(
            kind="one_sided",
            rule="draft-one-side",
            told=ids(found.same),
            against=ids(open_ones),
            arithmetic="; ".join(dict.fromkeys(told)),
        )
    ]


def _exclude(one: Claim, other: Claim, view: View) -> bool:
    """Whether two reports are in conflict themselves, by a rule that is sure of it."""
    return any(
        relation is not None and relation.outcome == "conflict" and not relation.suggestion
        for relation in (rule(one, other, view.context) for rule in RULES)
    )


def _told_elsewhere(claims: Sequence[Claim], line: Claim, view: View) -> bool:
    """Whether another line of the draft gives one of these statements."""
    return any(
        _says_so(other, claim) or _same_group(other, claim)
        for other in view.lines
        if other.id != line.id
        for claim in claims
    )


def _same_group(other: Claim, claim: Claim) -> bool:
    """Whether two answers of one responder are of one sort: denied and dismissed are."""
    first, second = other.reading.response, claim.reading.response
    if not first or not second or not same_responder(first, second):
        return False
    return response.is_one_answer(first.act, second.act)
