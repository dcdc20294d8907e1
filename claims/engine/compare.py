"""The whole way from texts to a comparison; what `manage.py compare` and the comparison job call.

text -> sentences and clauses -> claims with readings -> points -> verdicts and discrepancies. Pure:
the same reports in any order give the same result.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from claims.engine import (
    actors,
    consulting,
    copies,
    discrepancies,
    doubt,
    gathering,
    labels,
    origins,
    single,
    speakers,
)
from claims.engine.corrections import Corrections, correct, with_room
from claims.engine.gazetteer import Gazetteer, plain, using
from claims.engine.readings import Claim, Comparison, Discrepancy, Document, Point, Report
from claims.engine.settings import DEFAULT, Settings
from claims.engine.speakers import context_of
from claims.engine.vectors import Encoder
from claims.engine.verdicts import ORDER, judge

Mode = Literal["quiet", "thorough"]


NONE = Corrections()


@dataclass(frozen=True, kw_only=True)
class Read:
    """Reports as they were read: their documents by id, and the engine's own claims.

    `cast` tells who the people and outlets are that the reports name. The names of actors are those
    of `names` from reading to relating, for what is remembered rests on them.
    """

    reports: tuple[Report, ...]
    documents: Mapping[str, Document]
    claims: tuple[Claim, ...]
    cast: speakers.Cast
    names: Gazetteer = field(default_factory=plain)


def compare(
    reports: Sequence[Report],
    *,
    mode: Mode = "quiet",
    encoder: Encoder | None = None,
    settings: Settings = DEFAULT,
) -> Comparison:
    """Compare reports of one story.

    Quiet mode gives flags only; thorough mode adds suggestions. Without an encoder the engine
    matches by words alone. `settings` are what a newsroom has set.
    """
    return relate(read(reports, settings=settings), mode=mode, encoder=encoder, settings=settings)


def read(
    reports: Sequence[Report],
    *,
    settings: Settings = DEFAULT,
    known: Mapping[str, single.Single] = single.NONE,
) -> Read:
    """Read each report: its claims, with the bodies that other reports name of their speakers.

    `known` holds by id what was read of some reports before, under the same settings.
    """
    names = actors.extended(settings.aliases)
    with using(names):
        return _read(reports, names, known)


def _read(reports: Sequence[Report], names: Gazetteer, known: Mapping[str, single.Single]) -> Read:
    ordered = sorted(reports, key=lambda report: report.id)
    alone = {report.id: known.get(report.id) or single.read(report) for report in ordered}
    parsed = {name: one.document for name, one in alone.items()}
    found = [claim for one in alone.values() for claim in one.claims]
    cast = speakers.cast(parsed.values(), found)
    return Read(
        reports=tuple(ordered),
        documents=parsed,
        claims=tuple(speakers.affiliate(found, cast)),
        cast=cast,
        names=names,
    )


def relate(
    found: Read,
    *,
    corrections: Corrections = NONE,
    mode: Mode = "quiet",
    encoder: Encoder | None = None,
    settings: Settings = DEFAULT,
) -> Comparison:
    """Set the claims of a story against each other, with what people have corrected of them.

    The claims of the result are as they were compared. A point that a person made is there even
    where one report alone speaks in it. `mode` and the rest are those of `compare`; actors go by
    the names under which the reports were read.
    """
    with using(found.names):
        return _relate(found, corrections, mode, encoder, settings)


def _relate(
    found: Read,
    corrections: Corrections,
    mode: Mode,
    encoder: Encoder | None,
    settings: Settings,
) -> Comparison:
    parsed = with_room(found.documents, corrections.added)
    reports = {name: document.report for name, document in parsed.items()}
    shared = origins.find(list(reports.values()))
    claims = _corrected(found, parsed, corrections)
    claims = copies.as_first_told(claims, reports, shared, corrections.touched)
    by_id = {claim.id: claim for claim in claims}
    attending = [claim for claim in claims if corrections.attends(claim)]
    groupings = gathering.group(attending, parsed, encoder, corrections, settings)
    groups = [tuple(by_id[name] for name in group) for group in groupings[-1].groups]
    judged = _judge(groups, reports, shared, settings, corrections)
    flags = [flag for _, found in judged for flag in found if _shown(flag, mode)]
    counterparts = groupings[-1].counterparts
    if mode == "thorough":
        homes = {name: point.id for point, _ in judged for name in point.claims}
        asked = {claim.id: claim for claim in attending}
        doubts = doubt.consider(
            counterparts, asked, homes, reports, settings, shared, apart=corrections.apart
        )
        flags, counterparts = [*flags, *doubts.suggestions], doubts.counterparts
    if settings.judge:
        flags = consulting.resting(flags, groupings[0].groups, settings.judge.name)
        if mode == "thorough":
            added = {claim.id for claim in corrections.added}
            groups_by_id = {point.id: [by_id[name] for name in point.claims] for point, _ in judged}
            speaking = {name: _speaking(group, added) for name, group in groups_by_id.items()}
            flags += consulting.differences(speaking, parsed, settings.judge, settings)
    return Comparison(
        reports=found.reports,
        claims=tuple(claims),
        points=_labelled([point for point, _ in judged], attending, parsed),
        discrepancies=tuple(flags),
        counterparts=counterparts,
    )


def _corrected(
    found: Read, parsed: Mapping[str, Document], corrections: Corrections
) -> list[Claim]:
    """The claims as people left them; the speakers that they name are affiliated like others."""
    claims, touched = correct(found.claims, parsed, corrections)
    theirs = [claim for claim in claims if claim.id in touched]
    renewed = {claim.id: claim for claim in speakers.affiliate(theirs, found.cast)}
    return [renewed.get(claim.id, claim) for claim in claims]


def _shown(flag: Discrepancy, mode: Mode) -> bool:
    return mode == "thorough" or not flag.suggestion


def _judge(
    groups: Sequence[Sequence[Claim]],
    reports: Mapping[str, Report],
    shared: origins.Origins,
    settings: Settings,
    corrections: Corrections,
) -> list[tuple[Point, list[Discrepancy]]]:
    """Each group as a point with its flags, worst and widest points first."""
    placed, added = corrections.placed, {claim.id for claim in corrections.added}
    judged = []
    for group in groups:
        by_person = any(claim.id in placed for claim in group)
        if len(group) < 2 and not by_person:
            continue
        speaking = _speaking(group, added)
        context = context_of(speaking, reports, settings.holding_days)
        texts = shared.of(group)
        judgement = judge(speaking, context, texts, settings.rules_off)
        alone = len({claim.report for claim in group}) < 2
        if alone and judgement.verdict != "conflict" and not by_person:
            continue  # one report that goes on about one thing compares with nothing
        ids = tuple(claim.id for claim in sorted(group, key=lambda claim: claim.id))
        name = hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:16]
        point = Point(
            id=name,
            label="",
            claims=ids,
            verdict=judgement.verdict,
            also=judgement.also,
            origins=len(set(texts.values())),
            reasons=judgement.reasons,
        )
        judged.append((point, discrepancies.find(name, judgement.relations, context, texts)))
    return sorted(judged, key=lambda item: _rank(*item))


def _speaking(group: Sequence[Claim], added: Collection[str]) -> list[Claim]:
    """The claims of a point that are judged: what a person marked stands for what was read there.

    Two readings of one stretch of text are no disagreement of the report with itself.
    """
    marked = [claim for claim in group if claim.id in added]
    return [
        claim
        for claim in group
        if claim.id in added
        or not any(claim.report == own.report and claim.meets(own) for own in marked)
    ]


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
