"""Figures, dates and readings in words."""

from datetime import date
from decimal import Decimal

import pytest

from claims.engine import normal_form
from claims.engine.readings import AsOf, Per, Quantity, Reading
from tests.claims.engine.build import about, answer, at_least, dated, exactly, figure, up_to


@pytest.mark.parametrize(
    ("quantity", "short", "worded"),
    [
        (at_least(3000), "≥ 3,000", "at least 3,000 soldiers"),
        (about(12000), "≈ 12,000", "about 12,000 soldiers"),
        (up_to(12000), "≤ 12,000", "up to 12,000 soldiers"),
        (exactly(1), "1", "1 soldier"),
        (exactly(12, unit="person", state="dead"), "12", "12 people dead"),
        (figure(100, 120, modifier="between"), "100 to 120", "100 to 120 soldiers"),
        (exactly(50_000_000_000, unit="usd"), "$50 billion", "$50 billion"),
        (exactly(5, unit="percent"), "5 %", "5 percent"),
        (exactly(1500, role="addition"), "+ 1,500", "1,500 soldiers more"),
        (
            exactly(1, unit="steward", per=Per(value=Decimal(25), unit="voter")),
            "1 per 25 voters",
            "1 steward per 25 voters",
        ),
    ],
)
def test_a_figure_in_signs_and_in_words(quantity: Quantity, short: str, worded: str) -> None:
    assert normal_form.short(quantity) == short
    assert normal_form.worded(quantity) == worded


def test_the_interval_is_what_rules_compare() -> None:
    assert normal_form.interval(about(12000)) == "11,400 to 12,600"
    assert normal_form.interval(at_least(3000)) == "3,000 or more"
    assert normal_form.interval(exactly(7)) == "7"


def test_a_derived_total_shows_its_factors() -> None:
    product = exactly(12000, derived=(Decimal(2), Decimal(6000)))
    assert normal_form.derivation(product) == "2 × 6,000 = 12,000"
    assert normal_form.derivation(exactly(12000)) == ""


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (AsOf(first=date(2024, 10, 23), last=date(2024, 10, 23)), "23 Oct"),
        (AsOf(first=date(2024, 10, 23), last=date(2024, 10, 25)), "23 to 25 Oct"),
        (AsOf(first=None, last=date(2024, 12, 31)), "by 31 Dec"),
        (AsOf(first=date(2024, 8, 1), last=None), "since 1 Aug"),
        (AsOf(first=date(2024, 9, 28), last=date(2024, 10, 2)), "28 Sep to 2 Oct"),
        (AsOf(first=date(2009, 1, 1), last=date(2009, 12, 31)), "2009"),
        (AsOf(first=date(2024, 2, 1), last=date(2024, 2, 29)), "February 2024"),
        (AsOf(first=date(2024, 12, 1), last=date.max), "1 Dec to 31 Dec"),
        (AsOf(first=None, last=None), ""),
        (None, ""),
    ],
)
def test_days_in_words(stretch: AsOf | None, words: str) -> None:
    assert normal_form.days(stretch) == words


def test_a_claims_value_is_its_figure_then_its_answer_then_its_certainty() -> None:
    month = dated(date(2024, 6, 1), date(2024, 6, 30))
    response = answer("norway", "neither")
    assert normal_form.value(Reading(quantities=(exactly(5),), response=response)) == "5"
    assert normal_form.value(Reading(response=response)) == "neither confirmed nor denied"
    assert normal_form.value(Reading(certainty="unknown")) == "not known"
    assert normal_form.value(Reading(dates=(month,))) == "June 2024"
