"""The layout of the side-by-side page, in the address and out of it."""

import pytest
from django.http import QueryDict

from claims.layout import USUAL, Layout


def read(query: str) -> Layout:
    return Layout.read(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "columns=7,3,12",
        "columns=7,3&base=3&versions=3:1&widths=7:320",
        "colour=verdict&focus=fold&kind=quantity&verdict=conflict&draft=1&mode=thorough",
    ],
)
def test_an_address_says_what_was_read_from_it(query: str) -> None:
    assert read(query).query.removeprefix("&") == query


@pytest.mark.parametrize(
    "query",
    [
        "columns=7",
        "columns=x,y",
        "base=first",
        "versions=7",
        "versions=:",
        "colour=pink",
        "focus=all",
        "draft=yes",
        "columns=99999999999999999999,88888888888888888888",
    ],
)
def test_what_makes_no_sense_is_left_out(query: str) -> None:
    assert read(query) == USUAL


def test_at_most_eight_columns_are_chosen_and_none_twice() -> None:
    assert read("columns=1,2,2,3,4,5,6,7,8,9,10").columns == (1, 2, 3, 4, 5, 6, 7, 8)


def test_a_width_is_kept_within_what_can_be_read() -> None:
    assert read("widths=1:10,2:5000").widths == {1: 200, 2: 900}


def test_the_base_stands_first_and_unknown_reports_are_passed_over() -> None:
    assert read("columns=5,2,77&base=2").shown([1, 2, 5]) == [2, 5]
    assert read("columns=76,77").shown([1, 2, 5]) == [1, 2, 5]
    assert read("base=5").shown([1, 2, 5]) == [5, 1, 2]


def test_an_address_keeps_the_layout_with_another_point() -> None:
    layout = read("base=5&mode=thorough")
    assert layout.address("/stories/port/", 8) == "/stories/port/?point=8&base=5&mode=thorough"
    assert layout.changed(base=None, mode="quiet").address("/stories/port/") == "/stories/port/"
