"""An engine that a test can foresee: `troops: 3000` is a claim about troops, with the figure 3000.

Claims about one thing share a point; different figures in a point are a discrepancy. Only its shape
is that of the real engine, so that tests of the store say exactly what was found.
"""

import re
from collections import defaultdict
from decimal import Decimal

from claims.engine.readings import (
    Claim,
    Comparison,
    Discrepancy,
    Point,
    Quantity,
    Reading,
    Report,
)

FIGURE = re.compile(r"(?P<thing>\w+): (?P<value>\d+)")


def compare(reports: list[Report]) -> Comparison:
    """The claims, points and discrepancies of reports that hold lines as above."""
    claims = [claim for report in sorted(reports, key=_key) for claim in _claims(report)]
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_thing[str(claim.reading.quantities[0].unit)].append(claim)
    groups = {thing: found for thing, found in by_thing.items() if len(found) > 1}
    points = [_point(thing, found) for thing, found in groups.items()]
    flags = [_flag(thing, found) for thing, found in groups.items() if len(_values(found)) > 1]
    return Comparison(reports=reports, claims=claims, points=points, discrepancies=flags)


def _key(report: Report) -> str:
    return report.id


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


def _values(claims: list[Claim]) -> list[str]:
    return sorted({str(claim.reading.quantities[0].low) for claim in claims})


def _point(thing: str, claims: list[Claim]) -> Point:
    return Point(
        id=thing,
        label=f"Number of {thing}",
        claims=tuple(claim.id for claim in claims),
        verdict="conflict" if len(_values(claims)) > 1 else "agree",
        also=(),
        origins=len(claims),
    )


def _flag(thing: str, claims: list[Claim]) -> Discrepancy:
    return Discrepancy(
        id=f"{thing} differs",
        point=thing,
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
                    "claims": [
                        claim.id
                        for claim in claims
                        if str(claim.reading.quantities[0].low) == value
                    ],
                }
                for value in _values(claims)
            ],
        },
    )
