"""Spans carried to a newer text: exact, moved, changed or orphan, and never on other text."""

import pytest

from claims.engine.anchoring import Placement, carry
from tests.claims.engine import carried

EDITS = 300  # the whole, ten thousand, is in tests/soak

OLD = (
    "RIVERTON (Agency) - The mayor said on Monday that 12 people died in the flood.\n\n"
    "Forty homes were lost, the fire service said, and the bridge to Low Quay is closed "
    "until further notice.\n\n"
    "A spokesman for the council declined to comment. The council meets again on Friday."
)


def placed(new: str, words: str, old: str = OLD) -> tuple[str, str | None]:
    """State of the only span with these words, and the words at its new place."""
    start = old.index(words)
    (found,) = carry(old, new, [(start, start + len(words))])
    if found.start is None:
        return found.state, None
    return found.state, new[found.start : found.end]


def test_an_unchanged_text_keeps_every_place() -> None:
    assert carry(OLD, OLD, [(3, 9)]) == (Placement("exact", 3, 9),)


def test_text_put_in_before_a_span_moves_its_offsets_only() -> None:
    new = f"An earlier report was wrong about the day.\n\n{OLD}"
    assert placed(new, "Forty homes were lost") == ("exact", "Forty homes were lost")


def test_a_paragraph_that_stands_elsewhere_takes_its_spans_along() -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([third, first, second])
    assert placed(new, "A spokesman for the council declined to comment.")[0] == "moved"
    found = carry(OLD, new, [(OLD.index("12"), OLD.index("12") + 2)])[0]
    assert new[found.start : found.end] == "12"


def test_a_changed_number_is_named_where_it_stood() -> None:
    new = OLD.replace("12 people", "9 people")
    assert placed(new, "12") == ("changed", "9")
    assert placed(new, "The mayor said on Monday that 12 people died in the flood.") == (
        "changed",
        "The mayor said on Monday that 9 people died in the flood.",
    )


def test_two_changed_numbers_beside_each_other_are_not_mixed_up() -> None:
    old = "The count was 12, 40 and 7 in the three towns by the river."
    new = "The count was 13, 44 and 9 in the three towns by the river."
    assert placed(new, "40", old) == ("changed", "44")


def test_deleted_text_is_an_orphan() -> None:
    new = OLD.replace(" A spokesman for the council declined to comment.", "").replace(
        "A spokesman for the council declined to comment. ", ""
    )
    assert placed(new, "A spokesman for the council declined to comment.") == ("orphan", None)


def test_the_same_number_in_other_surroundings_is_not_taken() -> None:
    new = OLD.replace(
        "The mayor said on Monday that 12 people died in the flood.",
        "Rain is expected to go on. Some 12 roads in the county are under water.",
    )
    assert placed(new, "12")[0] in ("changed", "orphan")


def test_other_forms_of_quotes_and_blanks_change_no_claim() -> None:
    old = 'He said: "We lost 1,200 men" - and left the room.'
    new = "He said: “We lost\u00a01,200 men” – and left the room."
    assert placed(new, '"We lost 1,200 men"', old) == ("exact", "“We lost\u00a01,200 men”")


def test_a_repeated_sentence_keeps_its_order() -> None:
    old = "Nobody was hurt. The quay burned. Nobody was hurt. The ship sank in the night."
    second = old.rindex("Nobody")
    new = f"It was a long day. {old}"
    (found,) = carry(old, new, [(second, second + 16)])
    assert found == Placement("exact", new.rindex("Nobody"), new.rindex("Nobody") + 16)


@pytest.mark.parametrize("new", ["", " ", "Something else altogether."])
def test_nothing_is_placed_in_a_text_that_has_none_of_it(new: str) -> None:
    assert placed(new, "Forty homes were lost") == ("orphan", None)


def test_random_edits_leave_no_span_on_other_text() -> None:
    counts = carried.measure(EDITS, seed=1)
    found = carried.shares(counts)
    assert sum(counts.values()) > 20 * EDITS
    assert found["honest"] >= 0.99
    assert found["wrong"] <= 0.001
    assert found["false"] <= 0.01
    assert found["placed"] >= 0.97
