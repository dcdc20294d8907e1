"""Who stands behind a claim: one body under all its names, across the reports of a story."""

from datetime import date

import pytest

from claims.engine import documents, extraction, speakers
from claims.engine.compare import read
from claims.engine.readings import AsOf, Report
from claims.engine.short_names import full_names, key
from claims.engine.speakers import context_of
from tests.claims.engine.build import claim, context

TEXTS = {
    "a": "Norwegian Finance Minister Kari Holm said on Monday that 300 jobs would go.",
    "b": "The minister, Kari Holm, said that 400 jobs would go.",
    "c": "The mayor, Anna Berg, said that 500 jobs would go.",
    "d": "Berg said that 600 jobs would go.",
    "e": "According to the Desk A, 700 jobs would go.",
    "f": "Berg Lines is a ferry firm. Berg said that 800 jobs would go.",
    "g": "Erik Berg, a diver, said that the wreck was empty.",
    "star": "The star said that 900 jobs would go.",
    "name": "The Star said that 900 jobs would go.",
}


def speakers_of(*names: str) -> dict[str, str]:
    reports = {
        name: Report(
            id=name,
            source=f"Desk {name.upper()}",
            title="",
            published=date(2025, 3, 12),
            text=TEXTS[name],
        )
        for name in names
    }
    parsed = {name: documents.parse(report) for name, report in reports.items()}
    claims = speakers.affiliate(
        [claim for document in parsed.values() for claim in extraction.claims(document)],
        speakers.cast(parsed.values()),
    )
    known = context_of(claims, reports)
    return {one.report: known.speaker_name(one) for one in claims}


def test_a_person_whom_another_report_introduces_speaks_for_the_same_body() -> None:
    assert speakers_of("a", "b") == {"a": "Norway", "b": "Norway"}


def test_a_person_whom_no_report_introduces_speaks_alone() -> None:
    assert speakers_of("a", "c")["c"] == "Anna Berg"


def test_a_last_name_alone_is_the_person_whom_another_report_names_in_full() -> None:
    assert speakers_of("c", "d") == {"c": "Anna Berg", "d": "Anna Berg"}


@pytest.mark.parametrize("other", ["f", "g"])
def test_a_last_name_that_a_firm_or_another_person_shares_stays_as_it_is(other: str) -> None:
    assert speakers_of("c", "d", other)["d"] == "Berg"


def test_an_outlet_of_the_story_speaks_under_its_own_name() -> None:
    assert speakers_of("a", "e")["e"] == "Desk A"


@pytest.mark.parametrize(("text", "speaker"), [("star", "Star"), ("name", "Daily Star")])
def test_a_thing_written_small_is_no_outlet(text: str, speaker: str) -> None:
    outlets = {"daily star": "Daily Star", "star": "Daily Star"}
    parsed = documents.parse(
        Report(id="r", source="Desk", title="", published=date(2025, 3, 12), text=TEXTS[text])
    )
    (found,) = speakers.affiliate(extraction.claims(parsed), speakers.Cast(outlets=outlets))
    assert speakers.source_name(found, parsed.report) == speaker


def test_a_value_of_the_calendars_last_day_holds_to_its_end() -> None:
    last = claim("a", as_of=AsOf(first=date(2025, 3, 12), last=date.max))
    assert context(last).holds(last).last == date.max


@pytest.mark.parametrize(
    ("speaking", "named", "short", "full"),
    [
        (("fire brigade of Lomsk", "fire brigade"), (), "Fire brigade", "fire brigade of Lomsk"),
        (("the Oslo hospital", "hospital"), (), "the hospital", "Oslo hospital"),
        (("navy of Malta", "Malta navy"), (), "navy of Malta", "Malta navy"),
        (("statistics office of Peru",), (), "the statistics office", "statistics office of Peru"),
        # nothing but the name of a place, and nobody else who could be meant
        (("Oslo hospital", "Bergen hospital"), (), "the hospital", None),
        (("Oslo hospital",), ("harbour hospital",), "the hospital", None),
        (("transport ministry",), (), "the ministry", None),
        (("Transport Ministry",), (), "the ministry", None),
        (("school for the blind",), (), "the school", None),
    ],
)
def test_a_short_name_is_the_only_body_of_the_story_that_it_can_mean(
    speaking: tuple[str, ...], named: tuple[str, ...], short: str, full: str | None
) -> None:
    assert full_names(speaking, named).get(key(short)) == full


def test_two_names_of_one_brigade_are_one_speaker_across_reports() -> None:
    reports = [
        Report(id=name, source=name, title="", published=date(2025, 3, 12), text=text)
        for name, text in (
            ("a", "Twelve horses died in the fire, the fire brigade of Gent said."),
            ("b", "Nine horses died in the fire, the fire brigade said."),
        )
    ]
    assert {link.name for claim in read(reports).claims for link in claim.reading.attribution} == {
        "fire brigade of Gent"
    }
