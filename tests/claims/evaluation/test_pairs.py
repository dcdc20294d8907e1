"""What the rules find between claims that people put side by side, however they are matched."""

from dataclasses import replace

import pytest

from claims.engine import compare
from claims.evaluation.corpus import LabelledStory, load_story
from claims.evaluation.labels import Compatible
from claims.evaluation.pairs import Given, tallies
from claims.evaluation.scoring import evaluate
from claims.evaluation.stages import Evaluated
from claims.evaluation.tables import errors
from claims.evaluation.tallies import Tally, matched
from tests.claims.evaluation.conftest import WriteStory


@pytest.fixture
def story(write_story: WriteStory) -> LabelledStory:
    return load_story(write_story())


def given(story: LabelledStory, *, matched_up: bool = True) -> Given:
    """The rules on the story's pairs; with `matched_up` off the engine has put nothing together."""
    comparison = compare.compare(list(story.reports.values()), mode="thorough")
    if not matched_up:
        comparison = replace(comparison, points=(), discrepancies=())
    return Given.of(Evaluated.of(story, comparison))


def test_a_difference_is_found_though_nothing_was_matched(story: LabelledStory) -> None:
    found = tallies(given(story, matched_up=False))
    assert found["pair given, quiet, serious"] == Tally(right=1, found=1, covered=1, wanted=1)
    assert found["pair given, quantity"] == matched(right=1, found=1, wanted=1)


def test_a_conflict_between_compatible_claims_goes_astray(story: LabelledStory) -> None:
    trap = Compatible(claims=("a1", "b1"), why="days apart")
    labels = replace(story.labels, differences=(), compatible=(trap,))
    found = given(replace(story, labels=labels))
    assert tallies(found)["traps left alone, quiet"] == matched(right=0, found=1, wanted=1)
    assert tallies(found)["pair given, quiet"].precision == 0
    assert [one.card.name for one in found.astray()] == ["quantity-intervals"]


def test_claims_that_no_rule_tells_apart_are_left_alone(story: LabelledStory) -> None:
    trap = Compatible(claims=("a1", "b2"), why="an answer and a toll")
    found = tallies(given(replace(story, labels=replace(story.labels, compatible=(trap,)))))
    assert found["traps left alone, thorough"] == matched(right=1, found=1, wanted=1)


def test_a_difference_of_claims_that_were_not_read_is_missed(story: LabelledStory) -> None:
    comparison = compare.compare([], mode="thorough")
    found = tallies(Given.of(Evaluated.of(story, comparison)))
    assert found["pair given, thorough"].recall == 0


def test_the_errors_name_the_rule_that_would_have_found_it(write_story: WriteStory) -> None:
    result = evaluate(load_story(write_story()), None)
    missed = replace(result, flags=(), missed=result.story.labels.differences)
    assert "(pair given: quantity-intervals)" in errors([missed])
