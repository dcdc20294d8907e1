"""Whatever reading and planning can say of an item has words for people."""

from typing import get_args

import pytest

from reader.import_item_words import (
    failure_words,
    found_words,
    needs_words,
    size_words,
    warning_words,
)
from reader.ingest.metadata import FoundIn
from reader.ingest.refusals import Reason
from reader.services.planning import NEEDS_A_PERSON


@pytest.mark.parametrize("place", sorted(get_args(FoundIn)))
def test_each_place_of_a_fact_has_words(place):
    assert found_words(place)


@pytest.mark.parametrize("code", sorted(NEEDS_A_PERSON))
def test_each_code_that_needs_a_person_says_what_to_do(code):
    assert needs_words([{"code": code}])
    assert "Please check this" not in warning_words(code)


@pytest.mark.parametrize("reason", sorted(get_args(Reason)))
def test_each_reason_of_a_failure_is_a_sentence(reason):
    words = failure_words(reason, "")
    assert words.endswith(".")
    assert "%(" not in words


@pytest.mark.parametrize("reason", ["worker_lost", "erased", "renews_gone"])
def test_what_happened_to_an_item_is_said_in_words_that_can_be_translated(reason):
    assert failure_words(reason, "as it was noted") != "As it was noted."


def test_a_failure_keeps_the_number_that_only_its_note_has():
    assert failure_words("bad_row", "row 7 cannot be read") == "Row 7 cannot be read."
    assert failure_words("", "") == "This could not be read. Try again, or type the text by hand."


@pytest.mark.parametrize(
    ("reason", "details", "words"),
    [
        ("bad_row", {"row": "7", "why": "quote"}, "Row 7 cannot be read: a quotation mark is not"),
        ("too_many_pages", {"limit": "500"}, "It has more than 500 pages."),
        ("other_type", {"said": "pdf", "found": "zip"}, "Its name says a PDF file (.pdf), but it"),
    ],
)
def test_a_failure_says_its_details_in_words_that_can_be_translated(reason, details, words):
    assert failure_words(reason, "as it was noted", details).startswith(words)


def test_sizes_are_said_as_people_say_them():
    assert [size_words(size) for size in (0, 900, 1536, 2 * 1024**2)] == [
        "0 bytes",
        "900 bytes",
        "1.5 KB",
        "2 MB",
    ]
