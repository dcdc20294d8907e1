"""What two unmatched figures must have in common, and when one may be the other rounded."""

from decimal import Decimal

import pytest

from claims.engine import extraction
from claims.engine.readings import Claim, Quantity
from claims.engine.rules import grounds
from tests.claims.engine.build import exactly
from tests.claims.engine.statements import parse


def counted(text: str) -> Claim:
    """The first claim of a text that gives a figure."""
    return next(claim for claim in extraction.claims(parse(text)) if claim.reading.quantities)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Organisers say that 9,000 people took part.", "A crowd of 4,000 gathered."),
        ("The gallery paid 3 million euros a year.", "The rent is 5 million euros a year."),
        ("A two-day strike shut the mill.", "The three-day walkout is over."),
        ("The bakery closed 14 shops in the valley.", "In the valley 20 shops are gone."),
        ("How many marchers came? The police say 850.", "In the square stood 2,000 marchers."),
        ("On Monday 3,000 travellers waited.", "On Monday 7,000 passengers were stuck."),
    ],
)
def test_figures_that_may_be_one_have_more_in_common_than_a_unit(first: str, second: str) -> None:
    a, b = counted(first), counted(second)
    assert grounds.have_enough_in_common(a, b)
    assert grounds.have_enough_in_common(b, a)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The caller rang three times.", "It asked for nine million."),
        ("The team of 12 flew home.", "Forty people have seen a doctor."),
        ("The visitors waited for 14 hours.", "The permit holds for 90 days."),
        ("The road is 10 kilometres long.", "The 340-kilometre coast is closed."),
        ("The club owes 58 million euros.", "The arena is worth 350 million euros."),
        ("On Friday an heir paid two million dollars.", "She wants ten million dollars by Friday."),
    ],
)
def test_a_bare_unit_or_a_day_is_not_enough(first: str, second: str) -> None:
    a, b = counted(first), counted(second)
    assert not grounds.have_enough_in_common(a, b)
    assert not grounds.have_enough_in_common(b, a)


def share(value: str) -> Quantity:
    """A percentage as it was written."""
    return Quantity(start=0, end=1, low=Decimal(value), high=Decimal(value), unit="percent")


@pytest.mark.parametrize(
    ("plain", "fine", "expected"),
    [
        (20_000, 19_800, True),
        (9_000, 8_900, True),
        (20_000, 18_900, False),
        (19_600, 19_800, False),
        (200, 204, False),
        (12, 10, False),
    ],
)
def test_a_large_round_count_may_be_another_rounded(plain: int, fine: int, expected: bool) -> None:
    assert grounds.is_rounding(exactly(plain), exactly(fine)) is expected
    assert grounds.is_rounding(exactly(fine), exactly(plain)) is expected


@pytest.mark.parametrize(
    ("plain", "fine", "expected"),
    [("91", "91.3", True), ("2.5", "2.46", True), ("2", "2.4", False), ("68", "69", False)],
)
def test_a_share_may_be_another_rounded(plain: str, fine: str, expected: bool) -> None:
    assert grounds.is_rounding(share(plain), share(fine)) is expected
    assert grounds.is_rounding(share(fine), share(plain)) is expected
