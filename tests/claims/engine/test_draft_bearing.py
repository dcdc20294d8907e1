"""Which lines of a draft the reports bear out: only those from which nothing differs."""

from datetime import date

import pytest

from claims.engine import drafts
from claims.engine.readings import Report
from tests.claims.engine.test_drafts import ground

WRITTEN = date(2025, 3, 14)


def draft_of(text: str) -> Report:
    return Report(id="draft", source="", title="", published=WRITTEN, text=text)


def borne_out(text: str, *reports: str) -> list[str]:
    """The words of the draft that a report bears out."""
    lines = drafts.hold(draft_of(text), ground(*reports))
    return [line.claim.exact for line in lines if line.told and not line.findings]


TREATY = "Russia and North Korea signed a defence treaty in June 2024."
BRIDGE = "The bridge fell at 5:40 p.m. on Monday."
TROOPS = "About 15,000 North Korean soldiers are in Russia, a Japanese official said on Monday."
ARRESTS = "Police arrested 43 people at the march on Monday."
OFFER = "The ministry denied on Monday that the dam had been damaged."
BALLOT = "The union wants to strike in April, its leader Anna Berg said."


@pytest.mark.parametrize(
    ("line", "report"),
    [
        pytest.param(TREATY, TREATY, id="a-month-and-a-year"),
        pytest.param(BRIDGE, BRIDGE, id="an-hour"),
        pytest.param(TROOPS, TROOPS, id="a-figure-with-its-source"),
        pytest.param(ARRESTS, ARRESTS, id="a-count"),
        pytest.param(OFFER, OFFER, id="an-answer"),
        pytest.param("Police arrested 43 people at the march.", ARRESTS, id="less-than-all"),
        pytest.param("Police arrested forty-three people.", ARRESTS, id="a-number-in-words"),
        pytest.param("The bridge fell at 5:40pm on Monday.", BRIDGE, id="an-hour-put-otherwise"),
    ],
)
def test_a_line_from_which_nothing_differs_is_borne_out(line: str, report: str) -> None:
    assert borne_out(line, report) == [line]


@pytest.mark.parametrize(
    ("line", "report"),
    [
        pytest.param(
            "Russia and North Korea signed a defence treaty in July 2024.", TREATY, id="month"
        ),
        pytest.param(
            "Russia and North Korea signed a defence treaty in June 2023.", TREATY, id="year"
        ),
        pytest.param(
            "Russia and North Korea signed a defence treaty in June.",
            "Russia and North Korea signed a defence treaty in June 2023.",
            id="the-june-before-the-draft-is-another",
        ),
        pytest.param("Russia and China signed a defence treaty in June 2024.", TREATY, id="who"),
        pytest.param("The bridge fell at 6:30 p.m. on Monday.", BRIDGE, id="clock"),
        pytest.param("The bridge fell at 5:40 a.m. on Monday.", BRIDGE, id="half-of-the-day"),
        pytest.param("The bridge fell at 5:40 p.m. on Tuesday.", BRIDGE, id="weekday"),
        pytest.param("The bridge fell on Monday morning.", BRIDGE, id="time-of-day"),
        pytest.param(
            "The bridge fell on 13 March.", "The bridge fell on 12 March.", id="day-of-the-month"
        ),
        pytest.param(
            "The bridge fell on Monday.",
            "The bridge fell.",
            id="a-day-that-the-report-does-not-have",
        ),
        pytest.param(
            "About 15,000 North Korean soldiers are in Russia, Ukraine said on Monday.",
            TROOPS,
            id="a-named-speaker-for-an-unnamed-one",
        ),
        pytest.param(
            "About 15,000 North Korean soldiers are in Russia, a US official said on Monday.",
            TROOPS,
            id="another-unnamed-speaker",
        ),
        pytest.param(
            "About 15,000 North Korean soldiers are in Russia.", TROOPS, id="no-speaker-at-all"
        ),
        pytest.param(
            "The union wants to strike in April, its leader Carl Holm said.", BALLOT, id="speaker"
        ),
        pytest.param("Police arrested 34 people at the march on Monday.", ARRESTS, id="figure"),
        pytest.param(
            "At least 43 people were arrested by police at the march.", ARRESTS, id="a-bound"
        ),
        pytest.param("Police arrested 43 people and 5 children.", ARRESTS, id="another-figure"),
        pytest.param("Police charged 43 people at the march.", ARRESTS, id="what-is-done"),
        pytest.param(
            "Police charged 43 people.",
            "Police charged nine people and released 43 people.",
            id="what-is-done-to-others",
        ),
        pytest.param("Police did not arrest 43 people at the march.", ARRESTS, id="a-not"),
        pytest.param("The ministry confirmed that the dam was damaged.", OFFER, id="the-act"),
        pytest.param(
            "The dam will be repaired.", "The dam may be repaired.", id="surer-than-the-report"
        ),
        pytest.param(
            "The shares closed 9.8% lower at 24.60 euros.",
            "The shares closed 5.3% lower at 24.60 euros.",
            id="the-second-figure-of-the-sentence",
        ),
    ],
)
def test_a_line_from_which_something_differs_is_not(line: str, report: str) -> None:
    assert borne_out(line, report) == []


def test_of_two_values_in_conflict_neither_is_borne_out() -> None:
    one, other = "The plant employs 430 people.", "The plant employs 570 people."
    assert borne_out(f"{one} {other}", one) == [one]
    assert borne_out(f"{one} {other}", one, other) == []


def test_words_of_which_something_is_found_are_not_borne_out_as_well() -> None:
    reports = ("Police arrested 43 people.", "Police arrested 43 people, 12 of them children.")
    lines = drafts.hold(
        draft_of("Police arrested 43 people and seized 977 litres."), ground(*reports)
    )
    marked = [line.claim for line in lines if line.findings]
    fine = [line.claim for line in lines if line.told and not line.findings]
    assert marked
    assert not any(
        one.start < other.end and other.start < one.end for one in fine for other in marked
    )


def test_the_sentences_of_a_draft_are_those_that_are_read() -> None:
    text = "Why? The bridge fell. Nobody was hurt."
    found = drafts.sentences(draft_of(text))
    assert [one.of(text) for one in found] == ["Why?", "The bridge fell.", "Nobody was hurt."]


def test_a_body_under_its_short_name_is_the_storys_where_no_other_is_meant() -> None:
    line = "The hospital said on Monday that 24 people were injured."
    report = "The Lomsk hospital said on Monday that 24 people were injured."
    other = "The Harwick hospital said on Monday that nobody was brought in."
    assert borne_out(line, report) == ["24 people were injured."]
    assert borne_out(line, report, other) == []
