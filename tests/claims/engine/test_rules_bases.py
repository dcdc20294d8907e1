"""One number on two bases, slips of the pen, and what was measured under another name."""

from decimal import Decimal

import numpy as np
import pytest

from claims.engine.affinity import same_measure
from claims.engine.figure_kinds import is_other_scale, is_slip
from claims.engine.measure_names import likeness
from claims.engine.readings import Per, Quantity
from claims.engine.rules import bases
from tests.claims.engine.build import claim, context, exactly, frame

YEARLY = Per(value=Decimal(1), unit="year")
THREE_YEARS = Per(value=Decimal(3), unit="year")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("sale", "revenue", "same"),
        ("group revenue", "turnover", "same"),
        ("debt", "net debt", "near"),
        ("quarterly revenue", "sale", "near"),
        ("net profit", "operating profit", "different"),
        ("ransom", "reward", "different"),
        (None, "profit", "near"),
    ],
)
def test_names_of_what_was_measured(one: str | None, other: str | None, expected: str) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


def related(p: Quantity, q: Quantity) -> tuple[str, bool] | None:
    a, b = claim("a", quantities=p), claim("b", quantities=q)
    found = bases.relate(a, b, context(a, b))
    return None if found is None else (found.severity, found.suggestion)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        (exactly(90, unit="eur"), exactly(90, unit="usd"), ("medium", False)),
        (exactly(90, unit="aud"), exactly(90, unit="usd"), None),
        (exactly(90, unit="eur"), exactly(80, unit="usd"), None),
        (exactly(42, unit="seat"), exactly(42, unit="seat", role="addition"), ("medium", False)),
        (exactly(42, state="dead"), exactly(42, state="dead", role="addition"), ("low", True)),
        (exactly(4, unit="seat"), exactly(4, unit="seat", role="addition"), None),
        (
            exactly(90, unit="eur", over=THREE_YEARS),
            exactly(90, unit="eur", role="ratio", per=YEARLY),
            ("medium", False),
        ),
        (
            exactly(90, unit="eur"),
            exactly(90, unit="eur", role="ratio", per=YEARLY),
            ("low", True),
        ),
        (
            exactly(3, unit="percent", change=True),
            exactly(3, unit="percentage point", change=True),
            ("medium", False),
        ),
    ],
)
def test_one_number_on_two_bases(
    p: Quantity, q: Quantity, expected: tuple[str, bool] | None
) -> None:
    assert related(p, q) == related(q, p) == expected


def test_what_rises_by_a_share_is_not_what_rises_to_it() -> None:
    by = exactly(5, unit="percent", measured="price", change=True)
    to = exactly(5, unit="percent", measured="price")
    moved = frame("price", "rise")
    a, b = claim("a", quantities=by, frame=moved), claim("b", quantities=to, frame=moved)
    assert bases.relate(a, b, context(a, b)) is not None
    still = claim("b", quantities=to, frame=frame("price", "be"))
    assert bases.relate(a, still, context(a, still)) is None


def test_slips_have_the_same_digits() -> None:
    assert is_slip(exactly(1842), exactly(1482))
    assert not is_slip(exactly(68), exactly(86))
    assert is_other_scale(exactly(1_100), exactly(1_100_000))
    assert not is_other_scale(exactly(1_200), exactly(12_000))


def test_totals_of_one_thing_are_drawn_together_between_reports() -> None:
    revenue = claim("a", quantities=exactly(9, unit="eur", measured="revenue"))
    sales = claim("b", quantities=exactly(8, unit="eur", measured="sale"))
    profit = claim("c", quantities=exactly(8, unit="eur", measured="profit"))
    again = claim("a", quantities=exactly(7, unit="eur", measured="revenue"))
    pairs = np.array([[0, 1], [0, 2], [0, 3]], dtype=np.int64)
    assert same_measure([revenue, sales, profit, again], pairs).tolist() == [1.0, 0.0, 0.0]
