"""How each report stands to the one that the others are held against."""

from decimal import Decimal
from typing import Any

import pytest

from claims.cells import Cell
from claims.columns_base import difference, hold
from claims.comparison import build_comparison
from claims.engine.readings import Quantity
from claims.layout import Layout
from claims.models import Claim
from reader.models import Article, Role
from tests import factories
from tests.claims.compared import claims_of, compared_story


def figure(number: str, **fields: Any) -> Quantity:
    value = Decimal(number)
    return Quantity(start=0, end=1, low=value, high=value, **{"unit": "soldier", **fields})


def cell(value: str, number: str = "", claim: int = 1) -> Cell:
    return Cell(
        claim=claim,
        value=value,
        quote="" if number else "said so",
        verdict_word="",
        tone="",
        facts=(),
        more="",
        figure=figure(number) if number else None,
    )


@pytest.mark.parametrize(
    ("base", "other", "said"),
    [
        ("3000", "12000", "+9,000, 4 times as much"),
        ("12000", "3000", "−9,000, the base has 4 times as much"),
        ("10000", "12000", "+2,000"),
        ("3", "10", "+7, ≈ 3.3 times as much"),
        ("3000", "3000", ""),
        ("0", "5", "+5"),
    ],
)
def test_two_exact_figures_are_told_by_their_difference(base: str, other: str, said: str) -> None:
    assert difference(figure(base), figure(other)) == said


@pytest.mark.parametrize(
    "other",
    [
        None,
        figure("5", modifier="about"),
        figure("5", vague=True),
        figure("5", unit="officer"),
        figure("5", state="dead"),
        figure("5", role="part"),
        figure("5", change=True),
    ],
)
def test_what_is_not_exact_or_another_thing_has_no_difference(other: Quantity | None) -> None:
    assert difference(figure("3"), other) == ""
    assert difference(other, figure("3")) == ""


def test_shares_differ_by_percentage_points() -> None:
    five, nine = figure("5", unit="percent"), figure("9", unit="percent")
    assert difference(five, nine) == "+4 percentage points"


def test_each_relation_has_its_words_and_none_says_who_is_right() -> None:
    cells = {1: cell("3,000", "3000"), 2: cell("3,000", "3000"), 3: cell("12,000", "12000")}
    held = hold(1, [1, 2, 3, 4, 5], cells, [], unchecked={5})
    assert {report: one.relation for report, one in held.items()} == {
        1: "base",
        2: "same",
        3: "other",
        4: "only_base",
        5: "unchecked",
    }
    assert held[3].difference == "+9,000, 4 times as much"
    assert held[2].word == "Same value as the base"


def test_a_silent_base_leaves_the_others_to_speak() -> None:
    held = hold(4, [1, 4, 6], {1: cell("3,000", "3000")}, [], unchecked=())
    assert {report: one.relation for report, one in held.items()} == {4: "base", 1: "base_silent"}


def test_answers_are_compared_by_their_words() -> None:
    cells = {1: cell("denied"), 2: cell("denied"), 3: cell("confirmed")}
    held = hold(1, [1, 2, 3], cells, [], unchecked=())
    assert [held[2].word, held[3].relation] == ["As the base: denied", "other"]


@pytest.mark.django_db
def test_a_flag_that_stands_between_the_two_is_named() -> None:
    compared = compared_story(articles=3)
    base, other, silent = (report.pk for report in compared.articles)
    Claim.objects.filter(pk=claims_of(compared.points[0])[2].pk).update(status="rejected")
    person = factories.make_member(compared.story.desk, Role.READER)
    page = build_comparison(compared.story, person, layout=Layout(base=base))
    held = {column.article: column.held for column in page.columns if column.held}
    assert held[other].word == "Differs from the base: Quantity"
    assert held[silent].relation == "only_base"
    Article.objects.filter(pk=base).update(status="draft")
    later = build_comparison(compared.story, person, layout=Layout(base=base))
    assert [column.held for column in later.columns] == [None, None]
