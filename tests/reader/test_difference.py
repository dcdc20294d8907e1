"""Differences: whole words, tidy pieces, and both texts covered without gaps."""

import random
from itertools import pairwise

import pytest

from reader.difference import difference

WORDS = [
    "the",
    "12,000",
    "men",
    "at",
    "14:05",
    "didn’t",
    "—",
    "e\u0301t\u00e9",
    "👨\u200d👩\u200d👧",
    "\n\n",
    ". ",
]


def pieces(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (edit.kind, old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end])
        for edit in difference(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("  ", "  ", [("equal", "  ", "  ")]),
        ("", "New.", [("insert", "", "New.")]),
        ("Old.", "", [("delete", "Old.", "")]),
        (
            "The mayor said 12 people died.",
            "The mayor said 9 people died.",
            [
                ("equal", "The mayor said ", "The mayor said "),
                ("replace", "12", "9"),
                ("equal", " people died.", " people died."),
            ],
        ),
        (
            "They sent 1,200 men.",
            "They sent 1,250 men.",
            [
                ("equal", "They sent ", "They sent "),
                ("replace", "1,200", "1,250"),
                ("equal", " men.", " men."),
            ],
        ),
        (
            "One. Two. Three.",
            "One. Three.",
            [("equal", "One. ", "One. "), ("delete", "Two. ", ""), ("equal", "Three.", "Three.")],
        ),
        (
            "First line.\n\nLast line.",
            "First line.\n\nNew line.\n\nLast line.",
            [
                ("equal", "First line.\n\n", "First line.\n\n"),
                ("insert", "", "New line.\n\n"),
                ("equal", "Last line.", "Last line."),
            ],
        ),
    ],
)
def test_a_difference_is_in_words_at_the_edges_of_sentences_and_lines(
    old: str, new: str, expected: list[tuple[str, str, str]]
) -> None:
    assert pieces(old, new) == expected


def test_a_word_that_agrees_by_chance_is_part_of_the_change() -> None:
    assert pieces("He saw the dog.", "She met the cat.") == [
        ("replace", "He saw the dog", "She met the cat"),
        ("equal", ".", "."),
    ]


def test_paragraphs_that_both_changed_stay_two() -> None:
    found = pieces("He came.\n\nShe went.", "All left.\n\nNobody stayed.")
    assert ("replace", "He came", "All left") in found
    assert ("replace", "She went", "Nobody stayed") in found


@pytest.mark.parametrize("seed", range(20))
def test_the_edits_cover_both_texts_and_what_is_equal_is_equal(seed: int) -> None:
    chance = random.Random(seed)
    old = "".join(f"{chance.choice(WORDS)} " for _ in range(60))
    new = "".join(f"{chance.choice(WORDS)} " for _ in range(60))
    found = pieces(old, new)
    assert "".join(piece[1] for piece in found) == old
    assert "".join(piece[2] for piece in found) == new
    assert all((before == after) == (kind == "equal") for kind, before, after in found)
    assert all((one[0] == "equal") != (other[0] == "equal") for one, other in pairwise(found))


def test_long_texts_that_repeat_themselves_are_compared_in_words() -> None:
    part = " ".join(f"Sentence {number} says something of its own." for number in range(600))
    old = "\n\n".join([part] * 7)
    new = old.replace("Sentence 77 says", "Sentence 77 denied")
    assert len(old) > 150_000
    assert [piece for piece in pieces(old, new) if piece[0] != "equal"] == [
        ("replace", "says", "denied")
    ] * 7


def test_long_texts_with_nothing_to_hold_on_to_are_one_replacement() -> None:
    assert [edit.kind for edit in difference("a " * 60_000, "b " * 60_000)] == ["replace", "equal"]
