"""What is read in a stretch that a person has selected, and that no stretch is too much."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine import documents, extraction, selection
from claims.engine.readings import Block, Reading, Report
from claims.engine.selection import read_selection
from tests.claims.engine import parsed

PIECES = ["\n", "\n\n", " ", ". ", "“", "”", "said ", "12 people ", "Ann ", "on Monday ", "denied"]
TEXT = """Rain over Ostmark

The flood began on Sunday.

Officials in Lund said on Tuesday that at least 210 houses were damaged and 12 people were injured.

The mayor declined to comment on the dyke."""


def report(text: str = TEXT, *blocks: Block) -> Report:
    return Report(
        id="r", source="A", title="", published=parsed.PUBLISHED, text=text, blocks=blocks
    )


def select(quote: str, text: str = TEXT) -> Reading:
    """What is read where the text says this."""
    start = text.index(quote)
    return read_selection(report(text), start, start + len(quote))


def test_a_whole_claim_is_read_as_the_engine_reads_it() -> None:
    for claim in extraction.claims(documents.parse(report())):
        assert read_selection(report(), claim.start, claim.end) == claim.reading


def test_of_a_part_of_a_claim_the_speaker_and_the_day_stand_outside() -> None:
    found = select("at least 210 houses")
    (figure,) = found.quantities
    assert (figure.of(TEXT), figure.low, figure.unit) == ("at least 210 houses", 210, "house")
    assert [link.of(TEXT) for link in found.attribution] == ["Officials in Lund"]
    assert found.as_of is not None
    assert found.as_of.first == date(2024, 10, 22)


def test_a_figure_outside_the_selection_is_not_read() -> None:
    assert select("were damaged").quantities == ()
    assert [one.low for one in select("12 people were injured").quantities] == [12]


def test_an_answer_is_read() -> None:
    found = select("The mayor declined to comment on the dyke")
    assert found.response is not None
    assert (found.response.actor, found.response.act) == ("mayor", "declined")


def test_a_heading_is_read_as_a_sentence() -> None:
    text = "Storm kills 12 in Lund\n\nThe flood began on Sunday."
    blocks = (Block(start=0, end=22, kind="heading"), Block(start=24, end=50, kind="paragraph"))
    found = read_selection(report(text, *blocks), 0, 22)
    assert [(one.low, one.start) for one in found.quantities] == [(12, 12)]


def test_words_without_a_claim_still_give_their_figures() -> None:
    found = select("On Monday, 40", "On Monday, 40 people were hurt, the mayor said.")
    assert [one.of("On Monday, 40 people") for one in found.quantities] == ["40 people"]


@pytest.mark.parametrize("span", [(0, 0), (-5, -1), (9_999, 10_050), (30, 20), (-3, 10_000)])
def test_any_span_will_do(span: tuple[int, int]) -> None:
    assert isinstance(read_selection(report(), *span), Reading)


@given(
    st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"])).map("".join),
    st.integers(-5, 60),
    st.integers(-5, 60),
)
def test_any_text_can_be_selected(text: str, start: int, end: int) -> None:
    found = read_selection(report(text), start, end)
    spans = [*found.quantities, *found.dates, *found.attribution]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_offsets_are_the_reports_wherever_the_selection_lies() -> None:
    before = "Nothing new was heard from the coast. " * 300
    text = f"{before}\n\n{TEXT}\n\n{before}"
    (figure,) = select("at least 210 houses", text).quantities
    assert figure.of(text) == "at least 210 houses"
    assert [link.of(text) for link in select("at least 210 houses", text).attribution] == [
        "Officials in Lund"
    ]


@pytest.mark.parametrize("blocked", [True, False])
def test_little_more_than_the_selection_is_read(
    blocked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "He said that 12 houses burned. " * 8000
    blocks = (Block(start=0, end=len(text), kind="paragraph"),) if blocked else ()
    read: list[int] = []
    parse = documents.parse

    def counting(one: Report):
        read.append(len(one.text))
        return parse(one)

    monkeypatch.setattr(documents, "parse", counting)
    for start, end in ((0, len(text)), (120_000, 120_050), (len(text) - 9, len(text))):
        read_selection(report(text, *blocks), start, end)
    assert max(read) <= selection.LONGEST + 2 * selection.AROUND
