"""When a figure that differs is only a newer one, and when an old one has lived on."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.engine import documents, extraction
from claims.engine.readings import Claim, Report
from claims.engine.rules import quantity, withdrawn
from claims.engine.speakers import Context, context_of

MORNING = datetime(2025, 3, 20, 8, tzinfo=UTC)


def told(*texts: str, hours: int = 6) -> tuple[list[Claim], Context]:
    """The first claim of each report, told so many hours apart."""
    reports = {}
    for number, text in enumerate(texts):
        at = MORNING + timedelta(hours=hours * number)
        key = f"r{number}"
        reports[key] = Report(
            id=key,
            source=f"Desk {key}",
            title="",
            published=at.date(),
            published_at=at,
            text=text,
        )
    found = [extraction.claims(documents.parse(report))[0] for report in reports.values()]
    return found, context_of(found, reports)


def outcome(*texts: str, hours: int = 6) -> str:
    """How the figures of two reports relate, a suggestion marked as such."""
    (a, b), context = told(*texts, hours=hours)
    found = quantity.relate(a, b, context)
    assert found is not None
    return f"{found.outcome}{' suggested' if found.suggestion else ''}"


def test_the_missing_may_become_fewer() -> None:
    assert outcome("Eleven people are missing.", "Four people are missing.") == "updated"


def test_a_toll_that_falls_is_a_conflict() -> None:
    assert outcome("Eleven people died.", "Four people died.") == "conflict"


def test_a_burnt_area_grows() -> None:
    first, second = "The fire burned 900 hectares.", "The fire burned 2,600 hectares."
    assert outcome(first, second) == "updated"
    assert outcome(second, first).startswith("conflict")


def test_what_a_report_gives_as_the_old_figure_is_no_conflict() -> None:
    assert (
        outcome("Six people were arrested.", "The police counted 9 arrests, not six.") == "updated"
    )


LATE = 24 * 12


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Turnout was 68 percent.", "Turnout was 86 percent."),
        ("The fine was 2.4 million euros.", "The fine was 4.2 million euros."),
        ("The fine was 1.5 million euros.", "The fine was 15 million euros."),
        ("The sentence was 12 years.", "The sentence was 21 years."),
    ],
)
def test_swapped_digits_of_a_result_are_flagged_however_late(first: str, second: str) -> None:
    assert outcome(first, second, hours=LATE) == "conflict"
    assert outcome(second, first, hours=LATE) == "conflict"


def test_a_result_is_not_lower_later() -> None:
    assert outcome("Turnout was 71 percent.", "Turnout was 68 percent.", hours=LATE) == "conflict"
    assert outcome(
        "The fine was 9 million euros.", "The fine was 6 million euros.", hours=LATE
    ) == ("conflict")


def test_a_higher_result_is_a_suggestion() -> None:
    assert outcome("Turnout was 68 percent.", "Turnout was 71 percent.", hours=LATE) == (
        "conflict suggested"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Turnout in 2019 was 68 percent.", "Turnout in 2023 was 86 percent."),
        ("Unemployment is 6.8 percent.", "Unemployment is 8.6 percent."),
        ("The port employs 1,200 people.", "The port employs 2,100 people."),
        ("Debts are 58 million euros.", "Debts are 61 million euros."),
    ],
)
def test_what_moves_may_have_another_value_later(first: str, second: str) -> None:
    assert outcome(first, second, hours=LATE) != "conflict"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The tests found 3.2 micrograms per litre of lead in the water.",
            "In the water 32 micrograms per litre of lead were found.",
        ),
        ("Debt is 58 million euros.", "Debts of 85 million euros burden the club."),
        ("Revenue was 1.84 billion euros.", "Revenue came to 1.48 billion euros."),
    ],
)
def test_swapped_or_shifted_digits_of_one_week_are_flagged(first: str, second: str) -> None:
    assert outcome(first, second, hours=48) == "conflict"
    assert outcome(second, first, hours=48) == "conflict"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The wind blew at 12 metres a second.", "The lift climbs 21 metres a second."),
        ("Shares fell by 12 percent.", "Shares fell by 21 percent."),
        ("The quake injured 12 people.", "After the quake 120 people fled."),
    ],
)
def test_digits_alone_are_no_slip(first: str, second: str) -> None:
    assert outcome(first, second, hours=48) != "conflict"


def test_a_total_that_falls_is_flagged_with_its_own_arithmetic() -> None:
    (a, b), context = told("Altogether 8,300 people had to move.", "In all 6,100 people went.")
    found = quantity.relate(a, b, context)
    assert found is not None
    assert (found.outcome, found.suggestion) == ("conflict", False)
    assert found.arithmetic == "8,300, later 6,100: such a total does not fall"


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("The quake killed 61 people.", "The quake killed 48 people.", 24 * 3),
        ("The quake killed 61 people.", "The quake killed 48 people.", LATE),
        ("Some 9,000 hectares have burnt.", "Of the forest 3,100 hectares are black.", 24 * 4),
        ("The storm destroyed 130 houses.", "The storm destroyed 90 houses.", 24 * 4),
    ],
)
def test_what_is_never_undone_does_not_fall(first: str, second: str, hours: int) -> None:
    assert outcome(first, second, hours=hours) == "conflict"


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("The floods displaced 60,000 people.", "The floods displaced 20,000 people.", LATE),
        ("Some 900 homes are without power.", "Some 200 homes are without power.", 24),
        ("Altogether 8,300 people had to move.", "In all 9,100 people went.", 24),
        ("The quake killed 61 people.", "The toll was revised to 48 dead.", 24),
    ],
)
def test_a_fall_that_is_explained_is_no_flag(first: str, second: str, hours: int) -> None:
    assert outcome(first, second, hours=hours) != "conflict"


def test_two_sizes_of_one_plan_are_flagged() -> None:
    plans = ("The bank will cut 700 jobs.", "Some 900 posts will disappear.")
    assert outcome(*plans, hours=24 * 3) == "conflict"
    assert outcome(*plans, hours=LATE) == "updated"


def test_a_figure_of_one_place_only_is_a_suggestion() -> None:
    first = "The storm destroyed 40 houses in the harbour quarter alone."
    assert outcome("The storm destroyed 90 houses.", first, hours=0) == "conflict suggested"


def test_a_corrected_figure_that_lives_on_is_flagged() -> None:
    texts = ("Police arrested 47 people, not 53 as they had said.", "There were 53 arrests.")
    (a, b), context = told(*texts)
    found = withdrawn.relate(a, b, context)
    assert found is not None
    assert found.outcome == "conflict"
    assert not found.suggestion
    assert found.arithmetic == "53 was corrected to 47"


def test_a_figure_told_before_it_was_corrected_is_not_flagged() -> None:
    texts = ("There were 53 arrests.", "Police arrested 47 people, not 53 as they had said.")
    (a, b), context = told(*texts)
    assert withdrawn.relate(a, b, context) is None


def test_a_higher_figure_since_is_not_withdrawn() -> None:
    texts = ("Police arrested 53 people, up from 47.", "There were 47 arrests.")
    (a, b), context = told(*texts)
    assert withdrawn.relate(a, b, context) is None


def test_a_slip_between_what_is_and_what_is_to_be_is_flagged() -> None:
    texts = ("The buyer will take on debts of 85 million euros.", "The debts are 58 million euros.")
    (a, b), context = told(*texts)
    found = quantity.relate(a, b, context)
    assert found is not None
    assert (found.outcome, found.suggestion) == ("conflict", False)
    (a, b), context = told(texts[0], "The debts are 61 million euros.")
    assert quantity.relate(a, b, context) is None


def test_undated_reports_are_never_newer() -> None:
    text = "Six people are missing."
    report = Report(id="r", source="A", title="", published=None, text=text)
    claim = extraction.claims(documents.parse(report))[0]
    assert withdrawn.relate(claim, claim, context_of([claim], {"r": report})) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The price of a loaf was 3 euros.", "The price was 52 euros on Monday."),
        ("Prices of tin fell by 31 percent.", "Copper prices fell by 38 percent."),
        ("Prices at the kiosk have dropped 16 percent.", "Core prices are up 4 percent."),
        ("It was a decline of 3 percent.", "That compares with a decline of 13 percent."),
    ],
)
def test_a_name_that_everything_has_makes_no_flag(first: str, second: str) -> None:
    assert outcome(first, second) != "conflict"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The price of the ticket is 40 euros.", "The ticket has a price of 55 euros."),
        ("The wheat price is 240 dollars.", "The wheat price is 310 dollars."),
    ],
)
def test_a_name_that_everything_has_needs_the_thing_beside_it(first: str, second: str) -> None:
    assert outcome(first, second, hours=0) == "conflict"
