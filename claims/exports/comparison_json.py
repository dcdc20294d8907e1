"""A comparison as the stable JSON object of `manage.py compare --format json` (schema 1).

Offsets are code points, numbers are strings with all their digits, absent values are null.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from claims.engine.readings import (
    AsOf,
    Claim,
    Comparison,
    DateRange,
    Discrepancy,
    Point,
    Quantity,
    Report,
)

SCHEMA = 1
Json = dict[str, object]


def as_json(comparison: Comparison, files: Mapping[str, str]) -> Json:
    """The comparison as one object; `files` gives the file name of each report id."""
    partners: dict[str, list[Json]] = {}
    for pair in comparison.counterparts:
        partners.setdefault(pair.claim, []).append(
            {"claim": pair.other, "score": f"{pair.score:.3f}", "would": _would(pair.would)}
        )
    return {
        "schema": SCHEMA,
        "articles": [_article(report, files[report.id]) for report in comparison.reports],
        "claims": [_claim(claim) for claim in comparison.claims],
        "points": [_point(point) for point in comparison.points],
        "discrepancies": [_discrepancy(flag) for flag in comparison.discrepancies],
        "counterparts": [{"claim": claim, "with": found} for claim, found in partners.items()],
    }


def _article(report: Report, file: str) -> Json:
    return {
        "id": report.id,
        "file": file,
        "title": report.title,
        "published": _day(report.published),
        "text": report.text,
    }


def _claim(claim: Claim) -> Json:
    reading = claim.reading
    return {
        "id": claim.id,
        "article": claim.report,
        "start": claim.start,
        "end": claim.end,
        "exact": claim.exact,
        "quantities": [quantity_as_json(quantity) for quantity in reading.quantities],
        "as_of": _days(reading.as_of),
        "dates": [_date(found) for found in reading.dates],
        "attribution": [
            {
                "name": link.name,
                "kind": link.kind,
                "cue": link.cue,
                "start": link.start,
                "end": link.end,
            }
            for link in reading.attribution
        ],
        "response": reading.response
        and {
            "actor": reading.response.actor,
            "act": reading.response.act,
            "start": reading.response.start,
            "end": reading.response.end,
        },
        "certainty": reading.certainty,
        "place": reading.place,
    }


def quantity_as_json(quantity: Quantity) -> Json:
    """A figure with its bounds; None bounds are infinite."""
    per = quantity.per
    return {
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "low_open": quantity.low_open,
        "high_soft": quantity.high_soft,
        "unit": quantity.unit,
        "state": quantity.state,
        "measured": quantity.measured,
        "whose": quantity.whose,
        "modifier": quantity.modifier,
        "role": quantity.role,
        "per": per and {"value": _number(per.value), "unit": per.unit},
        "derived": [_number(factor) for factor in quantity.derived],
        "vague": quantity.vague,
        "start": quantity.start,
        "end": quantity.end,
    }


def _point(point: Point) -> Json:
    return {
        "id": point.id,
        "label": point.label,
        "claims": list(point.claims),
        "verdict": point.verdict,
        "also": list(point.also),
        "origins": point.origins,
        "reasons": list(point.reasons),
    }


def _discrepancy(flag: Discrepancy) -> Json:
    return {
        "id": flag.id,
        "point": flag.point,
        "kind": flag.kind,
        "within_article": flag.within_article,
        "claims": list(flag.claims),
        "severity": flag.severity,
        "confidence": flag.confidence,
        "judge": flag.judge,
        "rule": flag.rule,
        "explanation": flag.explanation,
        "evidence": dict(flag.evidence),
        "suggestion": flag.suggestion,
        "in_doubt": flag.in_doubt,
    }


def _would(flag: Discrepancy | None) -> Json | None:
    """What the rules would flag if a pair in doubt were one point."""
    if flag is None:
        return None
    return {
        "kind": flag.kind,
        "severity": flag.severity,
        "rule": flag.rule,
        "explanation": flag.explanation,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _days(stretch: AsOf | None) -> Json | None:
    if stretch is None:
        return None
    return {"from": _day(stretch.first), "to": _day(stretch.last)}


def _date(found: DateRange) -> Json:
    return {
        "from": _day(found.first),
        "to": _day(found.last),
        "vague": found.vague,
        "start": found.start,
        "end": found.end,
    }
