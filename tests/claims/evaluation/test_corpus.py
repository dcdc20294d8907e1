"""Labelled stories are read with their spans, and refused where a label cannot be right."""

from pathlib import Path

import pytest

from claims.evaluation.corpus import load_corpus, load_story
from claims.evaluation.labels import BadLabels
from tests.claims.evaluation.conftest import WriteStory

CORPUS = Path(__file__).parents[3] / "fixtures" / "corpus"


def test_a_quote_gets_its_place_in_the_body(write_story: WriteStory) -> None:
    story = load_story(write_story())
    label = story.labels.claims["b1"]
    assert label.of(story.reports["b"].text) == "12 people were killed"


def test_the_folder_tells_whether_a_story_is_only_scored(write_story: WriteStory) -> None:
    assert load_story(write_story()).scored
    assert not load_story(write_story(half="open")).scored


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("12 people were killed", "13 people were killed", "not in the report"),
        ('quote = "12 people were killed"', 'quote = "e"', "say which by nth"),
        ('quote = "12 people were killed"', 'quote = "Police"\nnth = 2', "not there 2 times"),
        ('id = "b2"', 'id = "b1"', "there twice"),
        ('id = "b2"', 'id = "z2"', "no report 'z'"),
        ('question = "deaths"\nquantity = { low = "12"', 'quantity = { low = "12"', "fewer than"),
        ('certainty = "asserted"', 'certainty = "sure"', "'sure' is none of"),
        ('act = "declined"', 'act = "left"', "'left' is none of"),
        ('low = "41"', 'low = "many"', "not a number"),
        ('low = "12", high = "12"', 'low = "12", high = "11"', "above its high"),
        ('["a1", "b1"]', '["a1", "b9"]', "different claims of the story"),
        ('["a1", "b1"]', '["a1", "b2"]', "another question"),
        ('kind = "quantity"', 'kind = "number"', "'number' is none of"),
    ],
)
def test_a_label_that_cannot_be_right_is_named(
    old: str, new: str, told: str, write_story: WriteStory
) -> None:
    with pytest.raises(BadLabels, match=told) as caught:
        load_story(write_story(old, new))
    assert str(caught.value).startswith("a-flood: ")


def test_a_folder_without_stories_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match="no labelled story"):
        load_corpus(tmp_path)


def test_every_story_of_the_corpus_is_labelled_soundly() -> None:
    stories = load_corpus(CORPUS)
    assert len({story.slug for story in stories}) == len(stories)
    assert all(story.labels.differences and story.labels.compatible for story in stories)
