"""The file of weights: readable, written and read back, refused with a word on what is wrong."""

from dataclasses import replace
from datetime import date

import pytest

from claims.engine import weights

TEXT = weights.FILE.read_text(encoding="utf-8")


def test_the_file_that_comes_with_the_engine_is_written_as_the_command_writes_it():
    assert weights.default().as_toml() == TEXT


def test_weights_are_read_back_as_they_were_written():
    kept = replace(weights.default(), fitted=date(2024, 9, 23), stories=("harbour", "strike"))
    assert weights.parse(kept.as_toml()) == kept


def test_comments_stay_when_the_file_is_written_anew():
    written = replace(weights.default(), prior_pairs=7).as_toml()
    assert [line for line in TEXT.splitlines() if line.startswith("#")] == [
        line for line in written.splitlines() if line.startswith("#")
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("prior_pairs = ", "prior_pears = ", "prior_pears is not known"),
        ("[model]", "[model", "no TOML"),
        ("[model]\nhigh = ", "[model]\nhigh = 99", "low must not be above high"),
        ("same_answer = ", 'same_answer = "two" # ', "same_answer must be a number"),
        ("same_answer = ", "same_answer = nan # ", "same_answer must be a number"),
        ("vectors = [", "vectors = [1, ", "vectors must be a mean and a spread"),
        ("vectors = [", "vectors = [0, 0] # ", "the spread of vectors must be above 0"),
        ("[model.weights]", "[model.waits]", "waits is not known"),
        ("[no_model.weights]\nwords = 1.0", "", "the table weights is missing"),
        ("prior_pairs = ", "prior_pairs = -1 # ", "prior_pairs must not be below 0"),
        ("prior_pairs = ", 'fitted = "soon"\nprior_pairs = ', "fitted must be a day"),
        ("prior_pairs = ", "stories = 4\nprior_pairs = ", "stories must be a list"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_the_reason(old, new, told):
    assert old in TEXT
    with pytest.raises(weights.BadWeights, match=told):
        weights.parse(TEXT.replace(old, new, 1))
