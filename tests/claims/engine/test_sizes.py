"""Figures in two units of one measure are set side by side in the smaller one."""

from decimal import Decimal

import pytest

from claims.engine import figure_kinds, sizes
from claims.engine.readings import Per
from tests.claims.engine.build import exactly


def test_the_larger_unit_stands_for_what_is_rounded_to_it() -> None:
    days, hours = sizes.in_one_unit(exactly(2, unit="day"), exactly(48, unit="hour"))
    assert (days.unit, days.low, days.high) == ("hour", 36, 60)
    assert hours == exactly(48, unit="hour")


def test_miles_are_kilometres_give_or_take_a_twentieth() -> None:
    km, miles = sizes.in_one_unit(exactly(40, unit="kilometre"), exactly(25, unit="mile"))
    assert miles.unit == "kilometre"
    assert miles.low is not None
    assert miles.high is not None
    assert miles.low < 40 < miles.high < 43
    assert km.low == 40


@pytest.mark.parametrize("units", [("month", "week"), ("day", "metre"), ("euro", "dollar")])
def test_other_units_stay_as_they_are(units: tuple[str, str]) -> None:
    pair = exactly(3, unit=units[0]), exactly(9, unit=units[1])
    assert sizes.in_one_unit(*pair) == pair


def test_nine_in_ten_are_ninety_percent() -> None:
    nine = exactly(9, unit="train", role="ratio", per=Per(value=Decimal(10), unit="train"))
    share, percent = figure_kinds.on_one_base(nine, exactly(30, unit="percent"))
    assert (share.low, share.unit, share.measured, share.per) == (90, "percent", "train", None)
    assert percent.low == 30


def test_swapped_digits_are_of_one_size() -> None:
    assert figure_kinds.is_swap(exactly(68), exactly(86))
    assert not figure_kinds.is_swap(exactly(68), exactly(860))
    assert not figure_kinds.is_swap(exactly(66), exactly(66))
    assert not figure_kinds.is_swap(exactly(6), exactly(6))
