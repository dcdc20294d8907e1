"""Claims of a story into groups: by the scores, by what people set, by what a judge was asked.

Claims go by names made from their order in the story meanwhile, so that ties are settled alike
wherever the reports come from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from claims.engine import answers, consulting, matching, points
from claims.engine.corrections import Corrections
from claims.engine.readings import Claim, Document, Report, Role
from claims.engine.settings import Settings
from claims.engine.vectors import Encoder

ROLE_ORDER: Mapping[Role, str] = {"total": "0", "part": "1", "addition": "2", "ratio": "3"}


def group(
    claims: Sequence[Claim],
    parsed: Mapping[str, Document],
    encoder: Encoder | None,
    corrections: Corrections,
    settings: Settings,
) -> list[points.Grouping]:
    """The claims grouped under names made from their order in the story, then under their ids.

    By the scores alone; where another judge is asked, then also by the scores with its opinions.
    Ties go to the smaller name. Ids hold the caller's ids of the reports, so they would break the
    same tie one way for files and another way for stored articles.
    """
    ordered = sorted(claims, key=lambda claim: place(claim, parsed[claim.report].report))
    names = {f"{number:07d}": claim.id for number, claim in enumerate(ordered)}
    renamed = [replace(claim, id=name) for name, claim in zip(names, ordered, strict=True)]
    placed = corrections.placed
    scores = [matching.score(renamed, parsed, encoder, settings.weights)]
    if settings.judge:
        scores.append(consulting.lay_over(renamed, parsed, scores[0], settings.judge))
    found = [
        points.group(
            renamed,
            one,
            {name: placed[own] for name, own in names.items() if own in placed},
            {
                name: corrections.homes[own]
                for name, own in names.items()
                if own in corrections.homes and own not in placed
            },
            _renamed(corrections.apart, names),
        )
        for one in scores
    ]
    by_id = {claim.id: claim for claim in claims}
    return [_settled(one, names, by_id, parsed, corrections) for one in found]


def _settled(
    found: points.Grouping,
    names: Mapping[str, str],
    claims: Mapping[str, Claim],
    parsed: Mapping[str, Document],
    corrections: Corrections,
) -> points.Grouping:
    """Groups and pairs under the claims' own ids, each responder's bare answers moved home."""
    groups = sorted(tuple(sorted(names[name] for name in group)) for group in found.groups)
    apart = {name for pair in corrections.apart for name in pair}
    return points.Grouping(
        groups=answers.gather(groups, claims, parsed, fixed=corrections.placed, settled=apart),
        counterparts=tuple(
            replace(pair, claim=names[pair.claim], other=names[pair.other])
            for pair in found.counterparts
        ),
    )


def _renamed(apart: Iterable[frozenset[str]], names: Mapping[str, str]) -> set[frozenset[str]]:
    """The pairs that a person kept apart, by the other names; absent claims left out."""
    other = {own: name for name, own in names.items()}
    return {frozenset(other[own] for own in pair) for pair in apart if pair <= other.keys()}


def place(claim: Claim, report: Report) -> tuple[str, ...]:
    """Where a claim stands in its story: by day, text and place; of one span the total first.

    Ties are settled by it: ids hold the caller's ids of the reports.
    """
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
