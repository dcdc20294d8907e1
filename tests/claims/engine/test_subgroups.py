"""What is said of a part of a whole, and names that say too little of what is measured."""

from dataclasses import replace

import pytest

from claims.engine import actors, extraction
from claims.engine.readings import Claim
from claims.engine.rules import certainty, grounds, quantity, subgroups
from tests.claims.engine.build import context
from tests.claims.engine.statements import parse


def first(text: str, report: str) -> Claim:
    """The first claim of a report of one text."""
    return replace(extraction.claims(parse(text))[0], report=report)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Among trainee pilots, support was 81 percent.", "Support was 73 percent."),
        (
            "Among trainee pilots, support was 81 percent.",
            "Among captains, support was 60 percent.",
        ),
        ("Support was 81 percent among trainee pilots.", "Support was 73 percent."),
        ("In Harwick alone, support was 81 percent.", "Support was 73 percent."),
    ],
)
def test_a_share_of_a_part_answers_another_question(one: str, other: str) -> None:
    a, b = first(one, "a"), first(other, "b")
    for p, q in ((a, b), (b, a)):
        relation = quantity.relate(p, q, context(a, b))
        assert relation is not None
        assert relation.outcome == "different_question"


def test_shares_of_one_part_still_conflict() -> None:
    a = first("Among trainee pilots, turnout was 81 percent.", "a")
    b = first("Among trainee pilots, turnout was 60 percent.", "b")
    relation = quantity.relate(a, b, context(a, b))
    assert relation is not None
    assert relation.outcome == "conflict"


def test_what_holds_at_the_largest_of_many_sets_no_certainty_against_all() -> None:
    a = first("At the largest of its kilns, the works may stop the ovens.", "a")
    b = first("The works has stopped the ovens.", "b")
    assert subgroups.differ(a, b)
    assert certainty.relate(a, b, context(a, b)) is None


@pytest.mark.parametrize(
    "text", ["Among them were 12 children.", "The 12 are among the injured.", "He stood alone."]
)
def test_a_pronoun_or_a_count_is_no_part(text: str) -> None:
    claim = first(text, "a")
    assert not subgroups.differ(claim, first("The hall was full of people.", "b"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The shipper has a 1.2% estimate.", "The estimate is above 5%."),
        ("Prices at the market have declined 16%.", "Prices in bakeries are up 4.7%."),
        ("The forecast for barley was 3%.", "The forecast for ferries was 13%."),
    ],
)
def test_a_generic_name_needs_something_that_it_is_of(one: str, other: str) -> None:
    assert not grounds.are_of_one_thing(first(one, "a"), first(other, "b"))


def test_a_generic_name_with_one_owner_is_one_thing() -> None:
    a, b = first("The price of milk rose 5%.", "a"), first("The price of milk rose 9%.", "b")
    assert grounds.are_of_one_thing(a, b)


def test_the_whole_of_a_part_is_no_claim_of_its_own() -> None:
    values = [
        claim.reading.quantities[0].low
        for claim in extraction.claims(parse("Five of the seven bridges will open on Monday."))
    ]
    assert values == [5]


def test_a_boost_by_so_much_is_a_change() -> None:
    assert (
        first("The tax would boost the vacancy rate by 1 percent.", "a")
        .reading.quantities[0]
        .change
    )


def test_an_office_for_something_is_no_body_of_that_name() -> None:
    text = "The Ministry of Labour closed."
    assert "labour party" not in [name for _, name in actors.find(text, 0, len(text))]


def test_the_sign_of_a_risky_name_is_never_shown() -> None:
    assert actors.display("labour party") == "Labour"
    assert actors.display("us congress") == "Congress"


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘"])
def test_no_clause_begins_inside_a_word(apostrophe: str) -> None:
    text = f"The mayor said that{apostrophe}s where the harbour will go."
    starts = [text[clause.start :] for clause in parse(text).clauses]
    assert not any(rest.startswith((apostrophe, "s where")) for rest in starts)
