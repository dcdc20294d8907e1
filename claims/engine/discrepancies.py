"""From a point's conflicts to flags: one flag per point and kind, with all its spans.

Claims of equal value stand in one group, so that a flag reads "about 12,000 (two reports) / about
10,000 (two reports)" and not as a list of pairs. Evidence holds ids and normal forms, no article
text.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from claims.engine import actors, explain, normal_form
from claims.engine.readings import Claim, Discrepancy, Severity
from claims.engine.rules import Relation, RuleCard
from claims.engine.speakers import Context

EVIDENCE_SCHEMA = 1
JUDGE = "rules"
NO_ORIGINS: Mapping[str, str] = MappingProxyType({})
SEVERITIES: Sequence[Severity] = ("high", "medium", "low")
_CONFIDENCE: Mapping[Severity, str] = {"high": "0.8", "medium": "0.6", "low": "0.4"}


def find(
    point: str,
    relations: Iterable[Relation],
    context: Context,
    origins: Mapping[str, str] = NO_ORIGINS,
) -> list[Discrepancy]:
    """A point's flags: suggestions apart, a report's quarrel with itself apart too.

    `origins` names the text that each report has what it says here from; by default its own.
    """
    cases: dict[tuple[str, bool, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.outcome == "conflict":
            key = (relation.card.name, relation.suggestion, _within(relation, context))
            cases[key].append(relation)
    return [
        flag(point, rest, context, origins)
        for key in sorted(cases)
        if (rest := _unsaid(cases[key], cases.get((key[0], False, key[2]), ())))
    ]


def _unsaid(relations: Sequence[Relation], flagged: Sequence[Relation]) -> Sequence[Relation]:
    """The relations, and of suggestions those with a value that the rule's own flag does not show.

    A second card of the same values would tell a person nothing.
    """
    shown = {value for relation in flagged for value in _compared(relation)}
    return [one for one in relations if not one.suggestion or not shown.issuperset(_compared(one))]


def _within(relation: Relation, context: Context) -> str:
    """The report that contradicts itself here: one report, one speaker; else empty."""
    same_report = relation.a.report == relation.b.report
    if same_report and context.speaker(relation.a) == context.speaker(relation.b):
        return relation.a.report
    return ""


def flag(
    point: str,
    relations: Sequence[Relation],
    context: Context,
    origins: Mapping[str, str] = NO_ORIGINS,
) -> Discrepancy:
    """What one rule found in a point, or between two, with its claims grouped by value.

    `origins` is that of `find`.
    """
    card = relations[0].card
    claims = {claim.id: claim for relation in relations for claim in (relation.a, relation.b)}
    reports = {claim.report for claim in claims.values()}
    evidence: dict[str, object] = {
        "schema": EVIDENCE_SCHEMA,
        "groups": _groups(relations, context, origins),
        "arithmetic": sorted({relation.arithmetic for relation in relations}),
        "origins": len({origins.get(report, report) for report in reports}),
    }
    severity = min((relation.severity for relation in relations), key=SEVERITIES.index)
    ids = tuple(sorted(claims))
    return Discrepancy(
        id=_digest(point, card.name, *ids),
        point=point,
        kind=card.kind,
        within_article=len(reports) == 1,
        claims=ids,
        severity=severity,
        confidence=_CONFIDENCE[severity],
        judge=JUDGE,
        rule=card.name,
        explanation=explain.explain(card.kind, evidence),
        evidence=evidence,
        suggestion=relations[0].suggestion,
    )


def _values(relations: Sequence[Relation]) -> dict[str, str]:
    """What was compared in each claim; the first by the alphabet where pairs differ on one."""
    found: dict[str, list[str]] = defaultdict(list)
    for relation in relations:
        both = (relation.a, relation.b)
        for claim, value in zip(both, _compared(relation), strict=True):
            found[claim.id].append(value)
    return {name: min(values) for name, values in found.items()}


def _compared(relation: Relation) -> tuple[str, str]:
    """What the rule compared in both claims of a relation."""
    card = relation.card
    return relation.values or (value_for(card, relation.a), value_for(card, relation.b))


def _groups(
    relations: Sequence[Relation], context: Context, origins: Mapping[str, str]
) -> list[dict[str, object]]:
    """The claims by value, earliest first, each group with who says it, where and when."""
    claims = {claim.id: claim for relation in relations for claim in (relation.a, relation.b)}
    by_value: dict[str, list[Claim]] = defaultdict(list)
    for name, value in _values(relations).items():
        by_value[value].append(claims[name])
    card = relations[0].card
    groups = [_group(card, value, by_value[value], context, origins) for value in by_value]
    return sorted(groups, key=lambda group: (str(group["as_of"]), str(group["value"])))


def _group(
    card: RuleCard,
    value: str,
    members: Sequence[Claim],
    context: Context,
    origins: Mapping[str, str],
) -> dict[str, object]:
    """One value; `origins` counts the independent texts among the reports that give it."""
    members = sorted(members, key=lambda claim: claim.id)
    as_of = [context.as_of(claim) for claim in members]
    firsts = [stretch.first for stretch in as_of if stretch.first]
    lasts = [stretch.last for stretch in as_of if stretch.last]
    return {
        "value": value,
        "claims": [claim.id for claim in members],
        "sources": sorted({context.reports[claim.report].source for claim in members}),
        "origins": len({origins.get(claim.report, claim.report) for claim in members}),
        "speakers": sorted({_speaker(card, claim, context) for claim in members}),
        "certainty": sorted({claim.reading.certainty for claim in members}),
        "as_of": [
            min(firsts).isoformat() if firsts else None,
            max(lasts).isoformat() if lasts else None,
        ],
        "derivation": sorted(
            {
                text
                for claim in members
                for quantity in claim.reading.quantities[:1]
                if (text := normal_form.derivation(quantity))
            }
        ),
    }


def _speaker(card: RuleCard, claim: Claim, context: Context) -> str:
    """Whose value it is: the responder's for an answer, else that of who says it."""
    if card.kind == "response" and claim.reading.response:
        return actors.display(claim.reading.response.actor)
    return context.speaker_name(claim)


def value_for(card: RuleCard, claim: Claim) -> str:
    """The normal form of what a rule compares in one claim."""
    reading = claim.reading
    if card.kind == "quantity":
        return normal_form.worded(reading.quantities[0])
    if card.kind == "response" and reading.response:
        return normal_form.ACT_WORDS[reading.response.act]
    if card.kind == "certainty":
        words = normal_form.stance(reading)
        figures = [normal_form.worded(quantity) for quantity in reading.quantities[:1]]
        return ", ".join([*figures, words])
    if card.kind == "date":
        return normal_form.value(reading)
    if card.kind == "attribution":
        return "with its source" if reading.attribution else "stated flatly"
    frame = reading.frame
    assert frame is not None  # the rules that are left compare frames only
    if card.kind == "actor":
        return " and ".join(actors.display(subject) for subject in frame.subjects)
    return " ".join((frame.verb, *frame.objects))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
