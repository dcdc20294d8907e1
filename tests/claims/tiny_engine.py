"""An engine that a test can foresee: `troops: 3000` is a claim about troops, with the figure 3000.

Claims about one thing share a point; different figures in a point are a discrepancy. Only its shape
is that of the real engine, so that tests of the store say exactly what was found.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from claims.engine import corrections as correcting
from claims.engine.compare import Read
from claims.engine.corrections import Corrections
from claims.engine.readings import (
    Claim,
    Comparison,
    Discrepancy,
    Document,
    Point,
    Quantity,
    Reading,
    Report,
    Sentence,
    Verdict,
)
from claims.engine.speakers import Cast

FIGURE = re.compile(r"(?P<thing>\w+): (?P<value>\d+)")


def read(reports: Sequence[Report]) -> Read:
    """The claims of reports that hold lines as above."""
    ordered = sorted(reports, key=_key)
    return Read(
        reports=tuple(ordered),
        documents={one.id: _document(one) for one in ordered},
        claims=tuple(claim for report in ordered for claim in _claims(report)),
        cast=Cast(),
    )


def _document(report: Report) -> Document:
    whole = Sentence(start=0, end=len(report.text), index=0, block=0)
    return Document(report=report, sentences=(whole,), clauses=())


def relate(found: Read, corrections: Corrections) -> Comparison:
    """The points and discrepancies of the claims, as people left them."""
    claims, _ = correcting.correct(found.claims, found.documents, corrections)
    groups = _groups([one for one in claims if corrections.attends(one)], corrections)
    return Comparison(
        reports=found.reports,
        claims=claims,
        points=[point_of(members) for members in groups],
        discrepancies=[_flag(members) for members in groups if len(_values(members)) > 1],
    )


def _groups(claims: Iterable[Claim], corrections: Corrections) -> list[list[Claim]]:
    """The claims by thing, those of a place together, with the old and the like ones of theirs."""
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    places: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in corrections.placed:
            places[corrections.placed[claim.id]].append(claim)
        else:
            by_thing[_thing(claim)].append(claim)
    free = []
    for thing, members in by_thing.items():
        homes = [corrections.homes[one.id] for one in members if one.id in corrections.homes]
        like = [key for key, placed in places.items() if thing in map(_thing, placed)]
        home = next((key for key in [*homes, *like] if key in places), None)
        if home is None:
            free.append(members)
        else:
            places[home].extend(members)
    return [*(group for group in free if len(group) > 1), *places.values()]


def _key(report: Report) -> str:
    return report.id


def _thing(claim: Claim) -> str:
    return str(claim.reading.quantities[0].unit) if claim.reading.quantities else claim.exact


def _point_id(claims: Iterable[Claim]) -> str:
    return " ".join(sorted(claim.id for claim in claims))


def _claims(report: Report) -> list[Claim]:
    return [
        Claim(
            id=f"{report.id}-{match.start()}",
            report=report.id,
            start=match.start(),
            end=match.end(),
            exact=match.group(),
            sentence=0,
            reading=Reading(quantities=(_quantity(match),)),
        )
        for match in FIGURE.finditer(report.text)
    ]


def _quantity(match: re.Match[str]) -> Quantity:
    value = Decimal(match["value"])
    start, end = match.span("value")
    return Quantity(start=start, end=end, low=value, high=value, unit=match["thing"])


def _values(claims: Iterable[Claim]) -> list[str]:
    figures = [claim.reading.quantities[0] for claim in claims if claim.reading.quantities]
    return sorted({str(figure.low) for figure in figures})


def point_of(claims: Sequence[Claim], label: str = "") -> Point:
    """The point that these claims make."""
    alone = len({claim.report for claim in claims}) == 1
    agreeing: Verdict = "single_source" if alone else "agree"
    return Point(
        id=_point_id(claims),
        label=label or f"Number of {' and '.join(sorted(set(map(_thing, claims))))}",
        claims=tuple(claim.id for claim in claims),
        verdict="conflict" if len(_values(claims)) > 1 else agreeing,
        also=(),
        origins=len({claim.report for claim in claims}),
    )


def _flag(claims: Sequence[Claim]) -> Discrepancy:
    return Discrepancy(
        id=f"{_point_id(claims)} differ",
        point=_point_id(claims),
        kind="quantity",
        within_article=False,
        claims=tuple(claim.id for claim in claims),
        severity="high",
        confidence="0.8",
        judge="rules",
        rule="quantity-intervals",
        explanation=f"The figures differ: {', '.join(_values(claims))}.",
        evidence={
            "schema": 1,
            "groups": [
                {
                    "value": value,
                    "claims": [claim.id for claim in claims if _values([claim]) == [value]],
                }
                for value in _values(claims)
            ],
        },
    )
