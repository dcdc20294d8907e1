"""Other people's cases for numbers, money and dates: a measurement with a floor, not a target.

Much of them is in the style of assistants and chat, and much of what they count as a number is, in
news, part of a name. So the share found is printed, and only a fall is a failure.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from claims.engine.readings import Quantity
from tests.claims.engine.parsed import days, figures
from tests.testdata import data_path

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """The cases of a suite; some files begin with a byte order mark."""
    loaded: list[Case] = json.loads(data_path(name).read_text(encoding="utf-8-sig"))
    return loaded


def number(text: str) -> Decimal | None:
    """A value as a suite writes it."""
    cleaned = text.rstrip("%").replace(",", "")
    return Decimal(cleaned) if cleaned.replace(".", "", 1).lstrip("-").isdigit() else None


def holds(quantity: Quantity, value: Decimal) -> bool:
    """Whether the figure is this value, a band round it or a bound of it."""
    bounds = [bound for bound in (quantity.low, quantity.high) if bound is not None]
    middle = sum(bounds, Decimal(0)) / len(bounds)
    factors = quantity.derived or ()
    return value in (*bounds, middle, *factors) or abs(middle - value) <= abs(value) / 20


def values(case: Case) -> Iterator[Decimal]:
    """The values that a case expects."""
    for result in case["Results"]:
        found = number(str((result.get("Resolution") or {}).get("value", "")))
        if found is not None:
            yield found


def quantulum(case: Case) -> Iterator[Decimal]:
    """The values that a quantulum3 case expects."""
    for result in case["res"]:
        yield Decimal(str(result["value"]))


Reader = Callable[[Case], Iterator[Decimal]]
SUITES: dict[str, tuple[str, str, Reader, float]] = {
    "number": ("recognizers/Number/NumberModel.json", "Input", values, 0.42),
    "percent": ("recognizers/Number/PercentModel.json", "Input", values, 0.93),
    "currency": ("recognizers/NumberWithUnit/CurrencyModel.json", "Input", values, 0.82),
    "dimension": ("recognizers/NumberWithUnit/DimensionModel.json", "Input", values, 0.92),
    "quantulum3": ("quantulum3/quantities.json", "req", quantulum, 0.68),
}


@pytest.mark.parametrize("name", SUITES)
def test_share_of_values_found(name: str) -> None:
    path, text, expected, floor = SUITES[name]
    found = wanted = 0
    for case in load(path):
        read = figures(case[text])
        for value in expected(case):
            wanted += 1
            found += any(holds(one, value) for one in read)
    print(f"{name}: {found} of {wanted} values found")  # noqa: T201 - a measurement
    assert found / wanted >= floor


def test_share_of_ranges_found() -> None:
    found = wanted = 0
    for case in load("recognizers/Number/NumberRangeModel.json"):
        read = figures(case["Input"])
        for result in case["Results"]:
            low, high = (
                number(end.strip("[]() ")) for end in result["Resolution"]["value"].split(",")
            )
            wanted += 1
            found += any((one.low, one.high) == (low, high) for one in read)
    print(f"number range: {found} of {wanted} intervals found")  # noqa: T201 - a measurement
    assert found / wanted >= 0.45


def expected_days(result: Case) -> Iterator[tuple[date | None, date | None]]:
    """The readings that a date case allows, as ranges with both ends inclusive."""
    value = result.get("Value") or {}
    choices = [value.get("FutureResolution") or {}, value.get("PastResolution") or {}]
    choices += (result.get("Resolution") or {}).get("values", [])
    for choice in choices:
        single = choice.get("date") or (choice.get("type") == "date" and choice.get("value"))
        first = single or choice.get("startDate") or choice.get("start")
        last = single or choice.get("endDate") or choice.get("end")
        if choice.get("type", "date") in ("date", "daterange") and (first or last):
            yield parse_day(first), parse_day(last)


def parse_day(text: str | None) -> date | None:
    """A day as a suite writes it."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


DATE_SUITES = {"DateParser": 0.23, "DatePeriodParser": 0.24, "DateTimeModel": 0.32}


@pytest.mark.parametrize("name", DATE_SUITES)
def test_share_of_dates_found(name: str) -> None:
    found = wanted = 0
    for case in load(f"recognizers/DateTime/{name}.json"):
        moment = (case.get("Context") or {}).get("ReferenceDateTime")
        today = datetime.fromisoformat(moment).date() if moment else None
        read = days(case["Input"], published=today)
        for result in case["Results"]:
            allowed = set(expected_days(result))
            # Their periods leave out the last day, ours hold it.
            if not allowed:
                continue
            wanted += 1
            found += any(fits(one.first, one.last, allowed) for one in read)
    print(f"{name}: {found} of {wanted} dates found")  # noqa: T201 - a measurement
    assert found / wanted >= DATE_SUITES[name]


def fits(
    first: date | None, last: date | None, allowed: set[tuple[date | None, date | None]]
) -> bool:
    """Whether the range is one of those allowed, whose ends may be exclusive."""
    for start, end in allowed:
        gap = (end - last).days if end and last else int(end is not last)
        if start == first and gap in (0, 1):
            return True
    return False
