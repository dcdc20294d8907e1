"""Recolouring the highlights: sorts, letters and the legend."""

from typing import Any, get_args

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.columns_tint import STATES, legend_of, letters_of, source_numbers, tints_of
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.layout import Colour
from claims.marks import ClaimRow
from claims.words import KINDS, VERDICTS
from reader.models import Role
from tests import factories
from tests.claims.compared import compared_story

CLAIMS = [
    ClaimRow(id=at, version=at, start=0, end=5, point=point)
    for at, point in enumerate([1, 1, 2, 2, None], start=1)
]
SOURCES = {1: "Kyiv", 2: "Seoul", 3: "Kyiv", 4: "Oslo", 5: "Seoul"}


def point(key: int, verdict: str) -> PointFacts:
    return PointFacts(
        id=key, number=key, label="", verdict=verdict, also=(), tone="", reports=2, origins=2,
        open_flags=0,
    )  # fmt: skip


def flag(claims: set[int], **fields: Any) -> FlagRow:
    usual = {
        "id": 1, "point": 1, "kind": "quantity", "severity": "high", "status": "open", "rule": "",
        "judge": "", "explanation": "", "evidence": {}, "within_article": False, "values_key": "",
        "row_version": 1, "suggestion": False, "settlement": {},
    }  # fmt: skip
    return FlagRow(claims=frozenset(claims), **{**usual, **fields})


POINTS = [point(1, "conflict"), point(2, "agree")]
FLAGS = [
    flag({1, 2}),
    flag({2, 3}, kind="date", status="dismissed"),
    flag({4}, kind="place", suggestion=True),
]


def told(colour: Colour) -> dict[int, tuple[str, str]]:
    found = tints_of(colour, CLAIMS, POINTS, FLAGS, SOURCES)
    return {claim: (tint.name, tint.letter) for claim, tint in found.items()}


def test_flags_need_no_other_colour() -> None:
    assert told("flags") == {}
    assert legend_of("flags", {}) == ()


def test_a_claim_has_the_verdict_of_its_point_and_one_without_a_point_has_none() -> None:
    conflict, agree = ("conflict", "C"), ("agree", "A")
    assert told("verdict") == {1: conflict, 2: conflict, 3: agree, 4: agree}


def test_kinds_are_those_of_flags_that_stand() -> None:
    quantity, none = ("quantity", "Q"), ("none", "")
    assert told("kind") == {1: quantity, 2: quantity, 3: none, 4: none}


def test_of_several_states_the_one_that_asks_for_attention_is_told() -> None:
    names = {claim: name for claim, (name, _letter) in told("state").items()}
    assert names == {1: "open", 2: "open", 3: "dismissed", 4: "suggested"}


def test_sources_are_numbered_as_they_published_and_start_again_after_eight() -> None:
    assert told("source") == {
        1: ("source-1", "A"), 2: ("source-2", "B"), 3: ("source-1", "A"), 4: ("source-3", "C"),
    }  # fmt: skip
    many = {at: f"paper {at}" for at in range(1, 31)}
    claims = [ClaimRow(id=at, version=at, start=0, end=1, point=1) for at in many]
    tints = tints_of("source", claims, POINTS, [], many)
    assert [(tints[at].name, tints[at].letter) for at in (9, 27, 28)] == [
        ("source-1", "I"), ("source-3", "AA"), ("source-4", "AB"),
    ]  # fmt: skip
    assert source_numbers(many.values())["paper 30"] == 30


@pytest.mark.parametrize("sorts", [VERDICTS, KINDS, STATES], ids=["verdicts", "kinds", "states"])
def test_every_sort_has_a_letter_of_its_own(sorts: Any) -> None:
    letters = [letter for name, letter in letters_of(sorts).items() if name != "none"]
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_the_legend_lists_what_there_is_in_a_fixed_order() -> None:
    rows = legend_of("verdict", tints_of("verdict", CLAIMS, POINTS[::-1], FLAGS, SOURCES))
    assert [(row.tint.word, row.claims) for row in rows] == [("Conflict", 2), ("Agree", 2)]


@pytest.mark.django_db
@pytest.mark.parametrize("colour", get_args(Colour))
def test_marks_are_tinted_only_where_a_colour_is_asked_for(client: Client, colour: Colour) -> None:
    compared = compared_story()
    client.force_login(factories.make_member(compared.story.desk, Role.READER))
    url = reverse("claims:compare", args=[compared.story.slug])
    page = client.get(url, {"colour": colour})
    assertContains(page, f'data-colour="{colour}"')
    if colour == "flags":
        assertNotContains(page, "data-tint")
    else:
        assertContains(page, '<li class="sort" data-tint="')
        assertContains(page, "data-letter=")
