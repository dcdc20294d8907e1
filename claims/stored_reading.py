"""Readings as the database keeps them: JSON that is the truth, and columns that mirror it.

Decimals are strings with all their digits, dates inclusive ISO days. The shape is that of the
public JSON (`manage.py compare --format json`), plus the frame.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, cast

from django.db.backends.postgresql.psycopg_any import DateRange as DaySpan
from django.db.backends.postgresql.psycopg_any import NumericRange

from claims.engine.readings import (
    AsOf,
    DateRange,
    Frame,
    Link,
    Per,
    Quantity,
    Reading,
    Response,
)

SCHEMA = 1
# What the frozen records hold that JSON knows only as lists, strings and objects.
Json = dict[str, Any]
ReadingKind = Literal["quantity", "response", "date", "statement"]


def to_json(reading: Reading) -> Json:
    """The reading as JSON, with its schema number."""
    return {
        "schema": SCHEMA,
        "quantities": [_quantity(figure) for figure in reading.quantities],
        "as_of": _days(reading.as_of),
        "dates": [
            {
                **cast(Json, _days(found)),
                "vague": found.vague,
                "start": found.start,
                "end": found.end,
            }
            for found in reading.dates
        ],
        "attribution": [dict(vars(link)) for link in reading.attribution],
        "response": dict(vars(reading.response)) if reading.response else None,
        "certainty": reading.certainty,
        "place": reading.place,
        "frame": _frame(reading.frame),
    }


def _quantity(figure: Quantity) -> Json:
    return {
        **vars(figure),
        "low": _digits(figure.low),
        "high": _digits(figure.high),
        "per": _divisor(figure.per),
        "over": _divisor(figure.over),
        "derived": [_digits(factor) for factor in figure.derived],
    }


def _divisor(per: Per | None) -> Json | None:
    return {"value": _digits(per.value), "unit": per.unit} if per else None


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _days(stretch: AsOf | DateRange | None) -> Json | None:
    if stretch is None:
        return None
    return {
        "from": stretch.first.isoformat() if stretch.first else None,
        "to": stretch.last.isoformat() if stretch.last else None,
    }


def _frame(frame: Frame | None) -> Json | None:
    if frame is None:
        return None
    return {**vars(frame), "subjects": list(frame.subjects), "objects": list(frame.objects)}


def from_json(stored: Mapping[str, Any]) -> Reading:
    """The reading that `to_json` stored, or `Claim.effective`.

    Raises `ValueError` for another schema, which a migration must turn into this one first.
    """
    if stored.get("schema") != SCHEMA:
        raise ValueError(f"A reading of schema {stored.get('schema')!r} cannot be read.")
    as_of, answer, frame = stored["as_of"], stored["response"], stored["frame"]
    return Reading(
        quantities=tuple(_read_quantity(figure) for figure in stored["quantities"]),
        as_of=AsOf(first=_day(as_of["from"]), last=_day(as_of["to"])) if as_of else None,
        dates=tuple(
            DateRange(
                start=found["start"],
                end=found["end"],
                first=_day(found["from"]),
                last=_day(found["to"]),
                vague=found["vague"],
            )
            for found in stored["dates"]
        ),
        attribution=tuple(Link(**link) for link in stored["attribution"]),
        response=Response(**answer) if answer else None,
        certainty=stored["certainty"],
        place=stored["place"],
        frame=_read_frame(frame) if frame else None,
    )


def _read_quantity(stored: Mapping[str, Any]) -> Quantity:
    return Quantity(
        **{
            **stored,
            "low": _number(stored["low"]),
            "high": _number(stored["high"]),
            "per": _read_divisor(stored["per"]),
            # Readings stored by an older engine have none.
            "over": _read_divisor(stored.get("over")),
            "derived": tuple(Decimal(factor) for factor in stored["derived"]),
        }
    )


def _read_divisor(per: Mapping[str, Any] | None) -> Per | None:
    return Per(value=Decimal(per["value"]), unit=per["unit"]) if per else None


def _read_frame(stored: Mapping[str, Any]) -> Frame:
    return Frame(
        **{**stored, "subjects": tuple(stored["subjects"]), "objects": tuple(stored["objects"])}
    )


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def kind_and_slot(reading: Reading) -> tuple[ReadingKind, int]:
    """What the claim is mainly about, and where in the text its principal value starts.

    Together with the version and the span this is how a re-run finds a claim again.
    """
    if reading.quantities:
        return "quantity", reading.quantities[0].start
    if reading.response:
        return "response", reading.response.start
    if reading.dates:
        return "date", reading.dates[0].start
    return "statement", 0


def mirror_columns(effective: Mapping[str, Any]) -> Json:
    """The search columns of a claim, made from its effective reading and nothing else.

    Bounds are put in order, counts kept at or above 0, and an inclusive last day becomes the
    half-open end that Postgres prefers.
    """
    figures: Sequence[Mapping[str, Any]] = effective.get("quantities") or []
    principal = figures[0] if figures else {}
    return {
        "unit": principal.get("unit") or "",
        "whose": principal.get("whose") or "",
        "amount": _amount(principal) if principal else None,
        "as_of": _day_span(effective.get("as_of")),
        "certainty": effective.get("certainty") or "",
        "response_act": (effective.get("response") or {}).get("act", ""),
    }


def _amount(figure: Mapping[str, Any]) -> NumericRange | None:
    """The figure's interval. None where it has no bound at all."""
    low, high = _number(figure.get("low")), _number(figure.get("high"))
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    if figure.get("unit") != "percent" and (high is None or high >= 0):
        low = Decimal(0) if low is None else max(low, Decimal(0))
    shut_out = figure.get("low_open") and low != high
    bounds = ("(" if low is None or shut_out else "[") + (")" if high is None else "]")
    return NumericRange(low, high, bounds)


def _day_span(stretch: Mapping[str, Any] | None) -> DaySpan | None:
    """The days as a half-open range. None where neither end is known."""
    if not stretch or not (stretch.get("from") or stretch.get("to")):
        return None
    first, last = _day(stretch.get("from")), _day(stretch.get("to"))
    if first and last and first > last:
        first, last = last, first
    past = last + timedelta(days=1) if last and last < date.max else None
    return DaySpan(first, past, "[)" if first else "()")
