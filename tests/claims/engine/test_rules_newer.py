"""When a figure that differs is only a newer one, and when an old one has lived on."""

from datetime import UTC, datetime, timedelta

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


def test_two_digits_swapped_stay_a_suggestion_however_late() -> None:
    week = 24 * 12
    assert outcome("Turnout was 68 percent.", "Turnout was 86 percent.", hours=week) == (
        "conflict suggested"
    )
    assert outcome("Turnout was 68 percent.", "Turnout was 71 percent.", hours=week) == "updated"


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


def test_a_slip_between_what_is_and_what_is_to_be_is_suggested() -> None:
    texts = ("The buyer will take on debts of 85 million euros.", "The debts are 58 million euros.")
    (a, b), context = told(*texts)
    found = quantity.relate(a, b, context)
    assert found is not None
    assert (found.outcome, found.suggestion) == ("conflict", True)
    (a, b), context = told(texts[0], "The debts are 61 million euros.")
    assert quantity.relate(a, b, context) is None


def test_undated_reports_are_never_newer() -> None:
    text = "Six people are missing."
    report = Report(id="r", source="A", title="", published=None, text=text)
    claim = extraction.claims(documents.parse(report))[0]
    assert withdrawn.relate(claim, claim, context_of([claim], {"r": report})) is None
