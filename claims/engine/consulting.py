"""Asking another judge where rules and scores are unsure, and what its answers change.

Its yes puts two claims together that the scores leave in doubt, its no keeps them apart. Of pairs
inside a point on which every rule is silent it may find a difference: always a suggestion, and the
rules come first. Whatever would not be there without it says so and names it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from claims.engine import discrepancies, explain, normal_form, origins
from claims.engine.judges import ClaimPair, Finding, Judge, in_context
from claims.engine.matching import Pair, Scores
from claims.engine.points import may_share
from claims.engine.readings import Claim, Discrepancy, Document, Kind
from claims.engine.rules.base import same_content
from claims.engine.rules.model import CARD
from claims.engine.settings import Settings
from claims.engine.speakers import Context, context_of
from claims.engine.verdicts import relations

TOP_PARTNERS = 5  # of a claim that are asked about
BELOW = 1.0  # spreads below the low cut from which a partner is worth asking about
BEYOND = 2.0  # spreads beyond both cuts that an answer puts a pair
PER_REPORTS = 2  # silent pairs of two reports in one point that are asked about
PER_POINT = 12  # silent pairs of one point
RESTS = "rests_on_model"  # the key of the evidence that names the judge who matched the claims


def lay_over(
    claims: Sequence[Claim], documents: Mapping[str, Document], scores: Scores, judge: Judge
) -> Scores:
    """The scores with the judge's opinions in place of those of pairs in doubt."""
    pairs = worth_asking(claims, scores)
    by_id = {claim.id: claim for claim in claims}
    asked = [_pair(by_id[one], by_id[other], documents) for one, other in pairs]
    over, under = max(scores.high, scores.close) + BEYOND, scores.low - BEYOND
    laid = {
        pair: max(scores.pairs[pair], over) if found.same else min(scores.pairs[pair], under)
        for pair, found in zip(pairs, judge.same_point(asked), strict=True)
        if found is not None
    }
    return replace(scores, pairs={**scores.pairs, **laid})


def worth_asking(claims: Sequence[Claim], scores: Scores) -> list[Pair]:
    """The top partners of each claim in other reports, the likeliest pairs first.

    A claim is not asked about with more than its best few, nor with what is far from any match. So
    where there is time for some of them only, these bring the most.
    """
    by_id = {claim.id: claim for claim in claims}
    near = sorted(
        (-value, pair)
        for pair, value in scores.pairs.items()
        if value >= scores.low - BELOW
        and by_id[pair[0]].report != by_id[pair[1]].report
        and may_share(by_id[pair[0]], by_id[pair[1]])
    )
    asked: Counter[str] = Counter()
    kept = []
    for _, pair in near:
        if min(asked[pair[0]], asked[pair[1]]) < TOP_PARTNERS:
            asked.update(pair)
            kept.append(pair)
    return kept


def resting(
    flags: Iterable[Discrepancy], without: Iterable[Sequence[str]], judge: str
) -> list[Discrepancy]:
    """The flags, marked where their claims stand in one point by the judge's word alone.

    `without` are the groups of claims as they would be had nobody been asked.
    """
    home = {name: at for at, group in enumerate(without) for name in group}
    return [
        _resting(flag, judge) if len({home[name] for name in flag.claims}) > 1 else flag
        for flag in flags
    ]


def _resting(flag: Discrepancy, judge: str) -> Discrepancy:
    if flag.in_doubt:  # nobody has put these into one point
        return flag
    said = f"{flag.explanation} That these claims are about one point is the word of {judge}."
    return replace(flag, evidence={**flag.evidence, RESTS: judge}, explanation=said)


def differences(
    points: Mapping[str, Sequence[Claim]],
    documents: Mapping[str, Document],
    judge: Judge,
    settings: Settings,
) -> list[Discrepancy]:
    """What the judge finds between claims of one point of which every rule says nothing.

    `points` are the claims of each point that are judged, by the point's id.
    """
    if CARD.name in settings.rules_off:
        return []
    reports = {name: document.report for name, document in documents.items()}
    shared = origins.find(list(reports.values()))
    silent: list[tuple[_Setting, Claim, Claim]] = []
    for point, members in points.items():
        context = context_of(members, reports, settings.holding_days)
        setting = _Setting(point=point, context=context)
        texts = shared.of(members)
        silent += [(setting, a, b) for a, b in _silent(members, context, texts, settings)]
    found = judge.relation([_pair(a, b, documents) for _, a, b in silent])
    cases: dict[tuple[str, Kind], list[_Case]] = defaultdict(list)
    by_point = {setting.point: setting for setting, _, _ in silent}
    for (setting, a, b), finding in zip(silent, found, strict=True):
        if finding is not None and finding.relation == "conflict" and finding.kind is not None:
            cases[setting.point, finding.kind].append(_Case(a=a, b=b, finding=finding))
    return [
        _difference(by_point[point], kind, cases[point, kind], judge.name)
        for point, kind in sorted(cases)
    ]


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """A point and what is known of its claims' speakers and days."""

    point: str
    context: Context


@dataclass(frozen=True, kw_only=True)
class _Case:
    """Two claims and what the judge found between them."""

    a: Claim
    b: Claim
    finding: Finding


def _silent(
    members: Sequence[Claim], context: Context, texts: Mapping[str, str], settings: Settings
) -> list[tuple[Claim, Claim]]:
    """Pairs of independent reports that no rule relates and that do not say the same."""
    ordered = sorted(members, key=lambda claim: _place(claim, context))
    asked: Counter[tuple[str, str]] = Counter()
    found = []
    for a, b in combinations(ordered, 2):
        both = (a.report, b.report)
        if texts[a.report] == texts[b.report] or asked[both] >= PER_REPORTS:
            continue
        if same_content(a, b) or relations((a, b), context, texts, settings.rules_off):
            continue
        asked[both] += 1
        found.append((a, b))
    return found[:PER_POINT]


def _place(claim: Claim, context: Context) -> tuple[str, ...]:
    """Where a claim stands in its story; the ids of reports are the caller's and say nothing."""
    report = context.reports[claim.report]
    return str(report.published), report.source, report.text, f"{claim.start:09d}", claim.id


def _pair(a: Claim, b: Claim, documents: Mapping[str, Document]) -> ClaimPair:
    return ClaimPair(a=in_context(a, documents[a.report]), b=in_context(b, documents[b.report]))


def _difference(setting: _Setting, kind: Kind, cases: Sequence[_Case], judge: str) -> Discrepancy:
    """The cases as one suggestion. It holds where the quotes stand, not their words."""
    members = {claim.id: claim for case in cases for claim in (case.a, case.b)}
    quotes = {
        (claim.id, span.start, span.end)
        for case in cases
        for claim, span in ((case.a, case.finding.quote_a), (case.b, case.finding.quote_b))
    }
    said = f"the model {judge} reads the quoted words as a conflict, and no rule speaks of them"
    evidence: dict[str, object] = {
        "schema": discrepancies.EVIDENCE_SCHEMA,
        "groups": [_group(members[name], setting.context) for name in sorted(members)],
        "arithmetic": [said],
        "quotes": [
            {"claim": name, "start": start, "end": end} for name, start, end in sorted(quotes)
        ],
    }
    ids = tuple(sorted(members))
    digest = hashlib.sha256("\x1f".join((setting.point, CARD.name, kind, *ids)).encode())
    return Discrepancy(
        id=digest.hexdigest()[:16],
        point=setting.point,
        kind=kind,
        within_article=False,
        claims=ids,
        severity="medium",
        confidence="0.5",
        judge=judge,
        rule=CARD.name,
        explanation=explain.explain(kind, evidence),
        evidence=evidence,
        suggestion=True,
    )


def _group(claim: Claim, context: Context) -> dict[str, object]:
    days = context.as_of(claim)
    return {
        "value": normal_form.value(claim.reading),
        "claims": [claim.id],
        "sources": [context.reports[claim.report].source],
        "speakers": [context.speaker_name(claim)],
        "certainty": [claim.reading.certainty],
        "as_of": [day.isoformat() if day else None for day in (days.first, days.last)],
        "derivation": [],
    }
