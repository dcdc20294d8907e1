"""The whole way from texts to a comparison; what `manage.py compare` and the comparison job call.

text -> sentences and clauses -> claims with readings -> points -> verdicts and discrepancies. Pure:
the same reports in any order give the same result.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from claims.engine import (
    answers,
    discrepancies,
    documents,
    extraction,
    labels,
    matching,
    origins,
    points,
)
from claims.engine.readings import Claim, Comparison, Discrepancy, Document, Point, Report, Role
from claims.engine.speakers import HOLDING_DAYS, affiliate, context_of
from claims.engine.vectors import Encoder
from claims.engine.verdicts import ORDER, judge

Mode = Literal["quiet", "thorough"]
ROLE_ORDER: Mapping[Role, str] = {"total": "0", "part": "1", "addition": "2", "ratio": "3"}


def compare(
    reports: Sequence[Report],
    *,
    mode: Mode = "quiet",
    encoder: Encoder | None = None,
    holding_days: int = HOLDING_DAYS,
) -> Comparison:
    """Compare reports of one story.

    Quiet mode gives flags only; thorough mode adds suggestions. Without an encoder the engine
    matches by words alone. `holding_days` is how long a stock figure stands until its speaker gives
    another.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    parsed = {report.id: documents.parse(report) for report in ordered}
    read = [claim for report in ordered for claim in extraction.claims(parsed[report.id])]
    claims = affiliate(read, parsed.values())
    grouping = _grouped(claims, parsed, encoder)
    by_id = {claim.id: claim for claim in claims}
    gathered = answers.gather(grouping.groups, by_id, parsed)
    groups = [tuple(by_id[name] for name in group) for group in gathered if len(group) > 1]
    judged = _judge(groups, parsed, holding_days)
    flags = [flag for _, found in judged for flag in found if _shown(flag, mode)]
    return Comparison(
        reports=tuple(ordered),
        claims=tuple(claims),
        points=_labelled([point for point, _ in judged], claims, parsed),
        discrepancies=tuple(flags),
        counterparts=grouping.counterparts,
    )


def _grouped(
    claims: Sequence[Claim], parsed: Mapping[str, Document], encoder: Encoder | None
) -> points.Grouping:
    """The claims grouped under names made from their order in the story, then under their ids.

    Ties go to the smaller name. Ids hold the caller's ids of the reports, so they would break the
    same tie one way for files and another way for stored articles.
    """
    ordered = sorted(claims, key=lambda claim: _place(claim, parsed[claim.report].report))
    names = {f"{number:07d}": claim.id for number, claim in enumerate(ordered)}
    renamed = [replace(claim, id=name) for name, claim in zip(names, ordered, strict=True)]
    found = points.group(renamed, matching.score(renamed, parsed, encoder))
    return points.Grouping(
        groups=tuple(
            sorted(tuple(sorted(names[name] for name in group)) for group in found.groups)
        ),
        counterparts=tuple(
            replace(pair, claim=names[pair.claim], other=names[pair.other])
            for pair in found.counterparts
        ),
    )


def _place(claim: Claim, report: Report) -> tuple[str, ...]:
    """Where a claim stands in its story: by day, text and place; of one span the total first."""
    figure = next(iter(claim.reading.quantities), None)
    value = (ROLE_ORDER[figure.role], f"{figure.start:09d}") if figure else ("", "")
    answer = claim.reading.response
    act = f"{answer.actor} {answer.act}" if answer else ""
    return (
        str(report.published),
        report.source,
        report.text,
        f"{claim.start:09d}",
        f"{claim.end:09d}",
        *value,
        act,
        claim.id,
    )


def _shown(flag: Discrepancy, mode: Mode) -> bool:
    return mode == "thorough" or not flag.suggestion


def _judge(
    groups: Sequence[Sequence[Claim]], parsed: Mapping[str, Document], holding_days: int
) -> list[tuple[Point, list[Discrepancy]]]:
    """Each group as a point with its flags, worst and widest points first."""
    reports = {name: document.report for name, document in parsed.items()}
    texts = origins.count([document.report for document in parsed.values()])
    judged = []
    for group in groups:
        context = context_of(group, reports, holding_days)
        judgement = judge(group, context, texts)
        if len({claim.report for claim in group}) < 2 and judgement.verdict != "conflict":
            continue  # one report that goes on about one thing compares with nothing
        ids = tuple(claim.id for claim in sorted(group, key=lambda claim: claim.id))
        name = hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:16]
        point = Point(
            id=name,
            label="",
            claims=ids,
            verdict=judgement.verdict,
            also=judgement.also,
            origins=len({texts[claim.report] for claim in group}),
        )
        judged.append((point, discrepancies.find(name, judgement.relations, context)))
    return sorted(judged, key=lambda item: _rank(*item))


def _rank(point: Point, flags: Sequence[Discrepancy]) -> tuple[int, int, int, str]:
    """Conflicts first, then by how many origins speak; the id settles ties."""
    order = [*ORDER, "single_source"]
    severe = sum(not flag.suggestion for flag in flags)
    return (order.index(point.verdict), -point.origins, -severe, point.id)


def _labelled(
    found: Sequence[Point], claims: Sequence[Claim], parsed: Mapping[str, Document]
) -> tuple[Point, ...]:
    """The points with their labels, no two alike."""
    by_id = {claim.id: claim for claim in claims}
    members = [[by_id[name] for name in point.claims] for point in found]
    names = labels.label_all(members, claims, parsed)
    return tuple(replace(point, label=name) for point, name in zip(found, names, strict=True))
