"""Where what a clause tells happened."""

import pytest

from claims.engine import places
from tests.claims.engine.statements import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fire broke out at a plant near Leeds.", "leeds"),
        ("The group was seen in Italy's Umbria region.", "umbria"),
        ("Snow fell in eastern Canada.", "canada"),
        ("Prices rose in the U.S. last month.", "united states"),
        ("The talks were held in Kiev.", "kyiv"),
        ("They train in the Far East.", "far east"),
        ("The minister travelled to Oslo.", "oslo"),
        ("In May, prices rose.", None),
        ("Workers in Boeing factories walked out.", None),
        ("Oslo denied it.", None),
        ("He works at Reuters.", None),
        ("It fell in price.", None),
    ],
)
def test_place_of_a_clause(text: str, expected: str | None) -> None:
    assert places.read(parse(text)) == [expected]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("leeds", "york", True),
        ("italy", "france", True),
        ("oslo", "france", True),
        ("oslo", "norway", False),
        ("leeds", "france", False),
        ("leeds", "leeds harbour", False),
        ("leeds", None, False),
        ("europe", "asia", False),
    ],
)
def test_places_are_apart_only_where_that_is_known(
    a: str | None, b: str | None, expected: bool
) -> None:
    assert places.apart(a, b) is expected
    assert places.apart(b, a) is expected
