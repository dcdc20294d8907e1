"""Paragraph beside paragraph, moved ones as moved, and no letter of either text lost."""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import versions_rows
from reader.difference import Edit, difference
from reader.rendering_changes import render_pieces
from reader.text import paragraphs
from reader.versions_rows import Body, Piece, PieceKind, Row, rows_of

DAM = "The dam broke on Monday, and 12 people died."
HELP = "Rescue teams came from three towns nearby on Tuesday."
WORD = "Officials did not comment on the cause. The mayor spoke at noon."
ROAD = "The road to Lund is open again."
WORDS: Mapping[PieceKind, str] = {"gone": "removed:", "new": "added:"}


def body(*texts: str) -> Body:
    text = "\n\n".join(texts)
    return Body(text=text, blocks=paragraphs(text))


def rows(old: Body, new: Body) -> list[Row]:
    return rows_of(old, new, difference(old.text, new.text))


def told(old: Body, new: Body) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(row.kind, row.old, row.new) for row in rows(old, new)]


def test_equal_texts_have_only_same_rows() -> None:
    assert told(body(DAM, HELP), body(DAM, HELP)) == [("same", (0,), (0,)), ("same", (1,), (1,))]
    assert told(body(), body()) == []


def test_changed_words_stand_in_their_paragraph() -> None:
    (row,) = rows(body(DAM), body(DAM.replace("12", "nine")))
    assert row.kind == "changed"
    assert row.pieces == (
        Piece("same", "The dam broke on Monday, and "),
        Piece("gone", "12"),
        Piece("new", "nine"),
        Piece("same", " people died."),
    )
    assert (row.words("gone"), row.words("new"), row.words("same")) == (1, 1, 8)


def test_added_and_removed_paragraphs_stand_alone() -> None:
    assert told(body(DAM, ROAD), body(DAM, HELP)) == [
        ("same", (0,), (0,)),
        ("removed", (1,), ()),
        ("added", (), (1,)),
    ]


def test_a_paragraph_added_at_the_end_takes_no_full_stop_from_the_one_before() -> None:
    assert told(body(DAM), body(DAM, ROAD)) == [("same", (0,), (0,)), ("added", (), (1,))]


@pytest.mark.parametrize("change", [("three", "three"), ("three", "four")])
def test_a_moved_paragraph_is_told_as_moved_at_both_places(change: tuple[str, str]) -> None:
    found = rows(body(HELP, DAM, WORD, ROAD), body(DAM, WORD, ROAD, HELP.replace(*change)))
    assert [(row.kind, row.old, row.new) for row in found] == [
        ("moved_away", (0,), (3,)),
        ("same", (1,), (0,)),
        ("same", (2,), (1,)),
        ("same", (3,), (2,)),
        ("moved", (0,), (3,)),
    ]
    assert found[-1].words("new") == (change[0] != change[1])


def test_of_two_paragraphs_that_changed_places_one_stayed() -> None:
    kinds = [row.kind for row in rows(body(DAM, HELP, ROAD), body(HELP, DAM, ROAD))]
    assert sorted(kinds) == ["moved", "moved_away", "same", "same"]


def test_a_paragraph_that_was_split_or_joined_is_one_row() -> None:
    one, two = WORD.split(". ")
    split = told(body(DAM, WORD, ROAD), body(DAM, f"{one}.", two, ROAD))
    assert split[1] == ("changed", (1,), (1, 2))
    joined = told(body(DAM, f"{one}.", two, ROAD), body(DAM, WORD, ROAD))
    assert joined[1] == ("changed", (1, 2), (1,))


class Shown(HTMLParser):
    """The text of a rendered row, all of it and what is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.blocks: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        if tag == "p":
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


TEXTS = st.lists(
    st.sampled_from([DAM, HELP, WORD, ROAD, "<b>&amp;</b>", "One.", "Two <script>x</script>."]),
    max_size=7,
)


@settings(max_examples=60)
@given(TEXTS, TEXTS, st.randoms())
def test_each_side_shows_its_text_letter_by_letter(olds: Any, news: Any, random: Any) -> None:
    news = [" ".join(random.sample(text.split(), len(text.split()))) for text in news[:2]] + news
    old, new = body(*olds), body(*news)
    seen_old: dict[int, str] = {}
    seen_new: dict[int, str] = {}
    for row in rows(old, new):
        if row.kind != "moved_away":
            was = Shown(render_pieces(row.pieces, "old", WORDS, "paragraph"))
            now = Shown(render_pieces(row.pieces, "new", WORDS, "paragraph"))
            assert was.tags | now.tags <= {"p", "ins", "del"}
            seen_old |= dict(zip(row.old, was.blocks, strict=True))
            seen_new |= dict(zip(row.new, now.blocks, strict=True))
    assert [seen_old[number] for number in sorted(seen_old)] == olds
    assert [seen_new[number] for number in sorted(seen_new)] == news


def test_what_is_gone_and_new_carries_the_word_that_is_read_out() -> None:
    (row,) = rows(body("He said <i>so</i>."), body("He said <b>so</b>."))
    html = render_pieces(row.pieces, "both", {"gone": 'out "', "new": "in <"}, "quote")
    assert '<del data-word="out &quot;">' in html
    assert '<ins data-word="in &lt;">' in html
    assert "<i>" not in html
    assert html.startswith('<p data-kind="quote" dir="auto">')


def test_a_break_that_is_gone_is_drawn_where_both_texts_are_read_as_one() -> None:
    (row,) = rows(body(DAM, "It is so."), body(f"{DAM} It is so."))
    html = render_pieces(row.pieces, "both", WORDS, "paragraph")
    assert '<del data-word="removed:">¶</del>' in html
    assert html.count("<p ") == 1


class Counted(Sequence[Edit]):
    """Edits that count how many of them are handed out."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self.taken = 0

    def __len__(self) -> int:
        return len(self._edits)

    def __getitem__(self, at: Any) -> Any:
        found = self._edits[at]
        self.taken += len(found) if isinstance(at, slice) else 1
        return found


def test_the_work_of_a_row_does_not_grow_with_the_text() -> None:
    old = body(*(f"{number} was here." for number in range(500)))
    new = body(*(f"{number} is here." for number in range(500)))
    edits = Counted(difference(old.text, new.text))
    rows_of(old, new, edits)
    assert edits.taken < 100 * len(edits)


def test_paragraphs_of_very_many_words_are_not_held_against_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = (body(" ".join(f"{letter}{n}" for n in range(17_000))) for letter in "ab")

    class Never:
        """Stands for the comparison of words."""

        @staticmethod
        def normalized_similarity(*_given: object, **_more: object) -> float:
            raise AssertionError("this takes as long as both texts multiplied")

    monkeypatch.setattr(versions_rows, "Indel", Never)
    assert told(old, new) == [("removed", (0,), ()), ("added", (), (0,))]
