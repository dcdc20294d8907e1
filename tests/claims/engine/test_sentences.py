"""Sentences, headings and furniture, and the places they stand at."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine import sentences
from claims.engine.readings import Block


def cut(text: str) -> list[str]:
    return [one.of(text) for one in sentences.split(text, ()) if one.kind == "sentence"]


def kinds(text: str) -> list[str]:
    return [one.kind for one in sentences.split(text, ())]


def test_heading_is_not_glued_to_the_next_sentence() -> None:
    text = "Harbour shut after fire\n\nThe harbour was shut on Monday. Nobody was hurt."
    assert kinds(text) == ["heading", "sentence", "sentence"]


def test_blocks_give_the_kinds_of_headings() -> None:
    text = "Was the harbour shut?\n\nIt was."
    blocks = (
        Block(start=0, end=21, kind="heading"),
        Block(start=23, end=len(text), kind="paragraph"),
    )
    assert [one.kind for one in sentences.split(text, blocks)] == ["heading", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Read more: the harbour in pictures",
        "Related: what we know about the fire",
        "Photo: the harbour at dawn",
        "By Jane Doe and John Smith",
        "(Reporting by Jane Doe; editing by John Smith)",
        "— Harbour Office (@harbour) October 4, 2024",
        "The harbour on Tuesday. Some Agency/Getty Images",
        "© 2024 The Harbour Post",
        "Sign up for our morning letter",
        "Ann Berg writes on gardens. Email her at ann.berg@example.org.",
        "To see the whole table, use the scroll bar.",
        "Please take our short survey on the new timetable.",
    ],
)
def test_furniture_is_marked(line: str) -> None:
    text = f"The harbour was shut.\n\n{line}\n\nNobody was hurt."
    assert kinds(text) == ["sentence", "furniture", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the harbour was open again.",
        "Related companies fell by 3 percent, the exchange said.",
        "Photos of the harbour were shown to the court, which adjourned.",
        "The clerk had to take the survey twice before it counted.",
        "He told the court that he could not reach her at home.",
    ],
)
def test_plain_sentences_are_no_furniture(line: str) -> None:
    assert kinds(f"The harbour was shut.\n\n{line}") == ["sentence", "sentence"]


@pytest.mark.parametrize(
    "text",
    [
        "The plan was criticised by the U.N.\nSecretary-General on Monday.",
        "The order was signed by Gov.\nJane Doe after the storm.",
        "The council voted late on Monday to close\nthe harbour for a week.",
        "The harbour, which had been shut since the fire,\nopened on Monday.",
    ],
)
def test_line_break_inside_a_sentence_is_joined_again(text: str) -> None:
    assert cut(text) == [text]


def test_wrapped_paragraph_is_one_text() -> None:
    text = (
        "The harbour was shut on Monday after a fire broke out in a warehouse near\n"
        "Gate Nine. Firefighters from three towns fought the flames until Tuesday\n"
        "Morning Bay residents were told to stay indoors."
    )
    assert len(cut(text)) == 2


def test_full_stop_and_new_line_stay_apart() -> None:
    assert len(cut("He left the U.S.\nThe next day he was back.")) == 2


def test_quotation_keeps_its_closing_mark() -> None:
    text = "“That is enough.” She left the room."
    assert cut(text) == ["“That is enough.”", "She left the room."]


@given(st.text(alphabet=st.sampled_from("Aa1 .,!?\n\"“”'’()[]-–é☃\U0001f600"), max_size=300))
def test_every_span_is_exact_and_nothing_is_lost(text: str) -> None:
    found = sentences.split(text, ())
    assert all(one.of(text) and one.of(text) == one.of(text).strip() for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(one.of(text) for one in found)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


@pytest.mark.parametrize("piece", ["1", '"', "[", "(", "A.", ". ", "1. ", "a) ", "“", "\n", " - "])
def test_hostile_text_comes_out_whole(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    found = sentences.split(text, ())
    assert sum(one.end - one.start for one in found) <= len(text)
    assert all(one.of(text).strip() for one in found)
