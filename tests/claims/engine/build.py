"""Readings and claims made by hand, for tests of rules that must not depend on the readers."""

import zlib
from datetime import date
from decimal import Decimal
from typing import Any

from claims.engine.readings import (
    AsOf,
    Claim,
    DateRange,
    Frame,
    Link,
    Quantity,
    Reading,
    Report,
    Response,
)
from claims.engine.speakers import Context, context_of

DAY = date(2024, 10, 23)


def figure(low: int | None, high: int | None, **fields: Any) -> Quantity:
    """A count of soldiers unless told otherwise."""
    bounds = {
        "low": None if low is None else Decimal(low),
        "high": None if high is None else Decimal(high),
    }
    return Quantity(**{"start": 0, "end": 1, "unit": "soldier", **bounds, **fields})


def exactly(value: int, **fields: Any) -> Quantity:
    """A figure given without a modifier."""
    return figure(value, value, **fields)


def about(value: int, **fields: Any) -> Quantity:
    """A figure with the five per cent band of "about"."""
    margin = value // 20
    return figure(value - margin, value + margin, modifier="about", **fields)


def at_least(value: int, **fields: Any) -> Quantity:
    """A floor."""
    return figure(value, None, modifier="at_least", **fields)


def up_to(value: int, **fields: Any) -> Quantity:
    """A soft ceiling."""
    return figure(None, value, modifier="up_to", high_soft=True, **fields)


def answer(actor: str, act: Any) -> Response:
    """What a responder did."""
    return Response(start=0, end=1, actor=actor, act=act)


def frame(subject: str, verb: str, *objects: str, negated: bool = False) -> Frame:
    """Who does what; several subjects are parted by a plus sign."""
    subjects = tuple(subject.split("+"))
    return Frame(subjects=subjects, verb=verb, objects=objects, negated=negated)


def on(day: date) -> AsOf:
    """One day as the stretch for which a value holds."""
    return AsOf(first=day, last=day)


def dated(first: date, last: date) -> DateRange:
    """A date expression resolved to a stretch of days."""
    return DateRange(start=0, end=1, first=first, last=last)


def claim(report: str = "a", *, speaker: str = "", words: str = "x", **reading: Any) -> Claim:
    """A claim of a report; `speaker` names an institution that the report gives as its source.

    `words` are those of its text, for the few rules that look at them.
    """
    if speaker:
        link = Link(start=0, end=1, name=speaker, kind="institution", cue="said")
        reading["attribution"] = (link,)
        reading.setdefault("certainty", "attributed")
    if isinstance(reading.get("quantities"), Quantity):
        reading["quantities"] = (reading["quantities"],)
    return Claim(
        id=f"{report}-{zlib.crc32(repr((words, reading) if words != 'x' else reading).encode())}",
        report=report,
        start=0,
        end=1,
        exact=words,
        sentence=zlib.crc32(repr(reading).encode()),
        reading=Reading(**{"as_of": on(DAY), **reading}),
    )


def context(*claims: Claim) -> Context:
    """The context of these claims: reports a, b, c ... by sources of the same name."""
    reports = {
        item.report: Report(
            id=item.report, source=f"Desk {item.report}", title="", published=DAY, text="x"
        )
        for item in claims
    }
    return context_of(claims, reports)
