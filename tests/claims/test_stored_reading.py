"""Readings to JSON and back, and the search columns that mirror them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
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
from claims.models import Claim
from claims.services.readings_checked import check_fields
from claims.stored_reading import from_json, kind_and_slot, mirror_columns, to_json
from tests import factories

FULL = Reading(
    quantities=(
        Quantity(
            start=3,
            end=9,
            low=Decimal("1.50"),
            high=None,
            low_open=True,
            unit="soldier",
            whose="north korea",
            modifier="more_than",
            per=Per(value=Decimal(25), unit="voter"),
            derived=(Decimal(2), Decimal(6000)),
        ),
    ),
    as_of=AsOf(first=None, last=date(2024, 12, 31)),
    dates=(DateRange(start=1, end=2, first=date(2024, 1, 1), last=None, vague=True),),
    attribution=(Link(start=0, end=3, name="Ana Ruiz", kind="person", cue="said"),),
    response=Response(start=5, end=8, actor="moscow", act="neither"),
    certainty="hedged",
    place="kursk",
    frame=Frame(subjects=("soldier",), verb="arriv", objects=("port",), negated=True),
)


@pytest.mark.parametrize("reading", [FULL, Reading()])
def test_a_reading_comes_back_as_it_was_stored(reading: Reading) -> None:
    assert from_json(to_json(reading)) == reading


@pytest.mark.django_db
def test_a_reading_comes_back_from_the_database() -> None:
    claim = factories.make_claim(reading=FULL)
    assert from_json(Claim.objects.get(pk=claim.pk).effective) == FULL


def test_numbers_keep_all_their_digits() -> None:
    assert to_json(FULL)["quantities"][0]["low"] == "1.50"


def test_an_override_wins_field_by_field() -> None:
    claim = Claim(reading=to_json(FULL), overrides={"certainty": "asserted"})
    read = from_json(claim.effective)
    assert (read.certainty, read.place) == ("asserted", "kursk")


def test_a_reading_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 0"):
        from_json({**to_json(FULL), "schema": 0})


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (FULL, ("quantity", 3)),
        (Reading(response=FULL.response, dates=FULL.dates), ("response", 5)),
        (Reading(dates=FULL.dates), ("date", 1)),
        (Reading(place="kursk"), ("statement", 0)),
    ],
)
def test_the_kind_of_a_reading_is_what_it_is_mainly_about(
    reading: Reading, expected: tuple[str, int]
) -> None:
    assert kind_and_slot(reading) == expected


def amount(low: str | None, high: str | None, **fields: Any) -> NumericRange | None:
    figure = {"low": low, "high": high, "unit": "soldier", **fields}
    found: NumericRange | None = mirror_columns({"quantities": [figure]})["amount"]
    return found


@pytest.mark.parametrize(
    ("low", "high", "fields", "expected"),
    [
        ("3000", None, {}, NumericRange(Decimal(3000), None, "[)")),
        ("3000", None, {"low_open": True}, NumericRange(Decimal(3000), None, "()")),
        ("9", "7", {}, NumericRange(Decimal(7), Decimal(9), "[]")),
        ("7", "7", {"low_open": True}, NumericRange(Decimal(7), Decimal(7), "[]")),
        (None, "90", {}, NumericRange(Decimal(0), Decimal(90), "[]")),
        ("-3", "4", {}, NumericRange(Decimal(0), Decimal(4), "[]")),
        ("-3", "4", {"unit": "percent"}, NumericRange(Decimal(-3), Decimal(4), "[]")),
        ("-5", "-4", {"unit": "usd"}, NumericRange(Decimal(-5), Decimal(-4), "[]")),
        (None, None, {}, None),
    ],
)
def test_a_figure_is_mirrored_as_a_range(
    low: str | None, high: str | None, fields: dict[str, Any], expected: NumericRange | None
) -> None:
    assert amount(low, high, **fields) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-10-23", "2024-10-23", DaySpan(date(2024, 10, 23), date(2024, 10, 24), "[)")),
        ("2024-10-25", "2024-10-23", DaySpan(date(2024, 10, 23), date(2024, 10, 26), "[)")),
        ("2024-10-23", None, DaySpan(date(2024, 10, 23), None, "[)")),
        (None, "2024-12-31", DaySpan(None, date(2025, 1, 1), "()")),
        ("2024-10-23", "9999-12-31", DaySpan(date(2024, 10, 23), None, "[)")),
        (None, None, None),
    ],
)
def test_days_are_mirrored_half_open(
    first: str | None, last: str | None, expected: DaySpan | None
) -> None:
    assert mirror_columns({"as_of": {"from": first, "to": last}})["as_of"] == expected


@pytest.mark.django_db
def test_all_mirrored_values_can_be_stored() -> None:
    claim = factories.make_claim(reading=FULL)
    claim.refresh_from_db()
    assert (claim.unit, claim.whose, claim.certainty, claim.response_act) == (
        "soldier",
        "north korea",
        "hedged",
        "neither",
    )
    assert claim.amount == NumericRange(Decimal("1.5"), None, "()")
    assert claim.as_of == DaySpan(None, date(2025, 1, 1), "()")


def test_an_empty_reading_mirrors_as_nothing() -> None:
    assert mirror_columns({}) == {
        "unit": "",
        "whose": "",
        "amount": None,
        "as_of": None,
        "certainty": "",
        "response_act": "",
    }


def test_every_part_of_a_reading_may_be_set_by_a_person() -> None:
    figure = Quantity(start=0, end=4, low=Decimal(5), high=Decimal(5))
    stored = to_json(Reading(quantities=(figure,)))
    fields = {name: value for name, value in stored.items() if name != "schema"}
    assert check_fields(fields, start=0, end=9, length=20) == fields
