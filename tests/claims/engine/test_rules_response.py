"""Answers: which acts of one responder agree, which differ."""

from datetime import date
from typing import Any

import pytest

from claims.engine.rules import response
from tests.claims.engine.build import answer, claim, context, on


def outcome(first: str, second: str, **fields: Any) -> tuple[str, str]:
    a = claim("a", response=answer("norway", first))
    b = claim("b", response=answer(str(fields.pop("actor", "norway")), second), **fields)
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    return relation.outcome, relation.severity


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("denied", "denied", "agree"),
        ("denied", "dismissed", "refined"),
        ("neither", "did_not_deny", "refined"),
        ("declined", "neither", "refined"),
        ("denied", "confirmed", "conflict"),
        ("dismissed", "confirmed", "conflict"),
        ("silent", "denied", "conflict"),
        ("silent", "declined", "conflict"),
        ("did_not_deny", "denied", "conflict"),
    ],
)
def test_acts_of_one_responder(first: str, second: str, expected: str) -> None:
    assert outcome(first, second)[0] == expected
    assert outcome(second, first)[0] == expected


def test_confirmed_against_denied_is_the_most_severe() -> None:
    assert outcome("confirmed", "denied")[1] == "high"
    assert outcome("silent", "denied")[1] == "medium"
    assert outcome("did_not_deny", "denied")[1] == "medium"
    assert outcome("declined", "denied")[1] == "low"
    assert outcome("neither", "confirmed")[1] == "low"


@pytest.mark.parametrize(
    ("act", "suggestion"), [("neither", False), ("did_not_deny", False), ("declined", True)]
)
def test_who_denies_does_not_leave_it_open_but_may_decline_something_else(
    act: str, suggestion: bool
) -> None:
    a, b = (
        claim(name, response=answer("norway", one))
        for name, one in zip("ab", (act, "denied"), strict=True)
    )
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.suggestion is suggestion


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ("Norway confirmed the leak at the terminal", False),
        ("Norway confirmed it", False),
        ("Norway confirmed the visit of the minister", True),
    ],
)
def test_answers_that_name_matters_without_a_common_word_are_a_suggestion(
    words: str, suggestion: bool
) -> None:
    a = claim("a", words="Norway denied a leak", response=answer("norway", "denied"))
    b = claim("b", words=words, response=answer("norway", "confirmed"))
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.suggestion is suggestion


def test_other_responders_answer_other_questions() -> None:
    assert outcome("denied", "confirmed", actor="sweden")[0] == "different_question"


def test_after_the_holding_time_another_answer_is_an_update() -> None:
    assert outcome("silent", "denied", as_of=on(date(2024, 11, 20)))[0] == "updated"


def test_a_responder_who_turns_within_the_holding_time_is_flagged() -> None:
    a = claim("a", speaker="Norway", response=answer("norway", "denied"))
    b = claim(
        "b", speaker="Norway", response=answer("norway", "confirmed"), as_of=on(date(2024, 10, 24))
    )
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    assert (relation.outcome, relation.severity) == ("conflict", "high")


def test_one_report_may_tell_of_an_answer_and_of_silence_on_something_else() -> None:
    a = claim("a", response=answer("norway", "confirmed"))
    b = claim("a", response=answer("norway", "silent"))
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.outcome == "different_question"


def test_responders_whose_names_hold_one_another_are_only_a_suggestion() -> None:
    a = claim("a", response=answer("police", "denied"))
    b = claim("b", response=answer("police headquarters", "silent"))
    c = claim("b", response=answer("harbour police", "silent"))
    found = response.relate(a, b, context(a, b))
    assert found is not None
    assert (found.outcome, found.suggestion) == ("conflict", True)
    others = response.relate(b, c, context(b, c))
    assert others is not None
    assert others.outcome == "different_question"


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [("Norway did not deny the leak", False), ("Norway did not deny it", True)],
)
def test_a_bare_answer_that_leaves_it_open_may_be_of_another_matter(
    words: str, suggestion: bool
) -> None:
    a = claim("a", words="Norway denied a leak", response=answer("norway", "denied"))
    b = claim("b", words=words, response=answer("norway", "did_not_deny"))
    relation = response.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.suggestion is suggestion
