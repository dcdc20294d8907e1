"""Importing a report in a browser: preview, confirmation, and the report appears, matched."""

from pathlib import Path

from playwright.sync_api import Page, expect

from config import demo_story
from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations

STORY = f"/stories/{demo_story.SLUG}/"
REPORT = Path(__file__).resolve().parents[2] / "fixtures/try/tokyo-desk.txt"
COMPARED = 60_000  # milliseconds that the worker may take


def fill_in(page: Page) -> None:
    """What the text itself does not say."""
    page.get_by_label("Source").fill("Tokyo desk")
    page.get_by_label("Byline").fill("Tokyo desk, security")
    page.get_by_label("Published on").fill("2024-10-31")
    page.get_by_label("At", exact=True).fill("12:00")
    page.get_by_label("Time zone").fill("Asia/Tokyo")


def test_a_sixth_report_appears_and_is_matched(visits: Visits) -> None:
    page = visits.open(STORY, person="admin")
    expect(page.locator("[data-article]")).to_have_count(5)
    # the demo story was compared by the worker, perhaps only just now: the page shows it by itself
    expect(page.locator("[data-point]").first).to_be_visible(timeout=COMPARED)
    expect(page.locator("#freshness .spinner")).to_have_count(0, timeout=COMPARED)

    page.get_by_role("link", name="Import a report").click()
    expect(page.locator("[data-import-form]")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Or a file").set_input_files(REPORT)
    fill_in(page)
    page.get_by_role("button", name="Show the preview").click()

    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("About 15,000 North Korean soldiers are now in Russia")
    expect(page.get_by_label("Title")).to_have_value(
        "Tokyo watches as North Korean soldiers train in Russia"
    )
    assert violations(page) == []
    page.get_by_role("button", name="Import this report").click()

    expect(page.locator(f'[data-story="{demo_story.SLUG}"]')).to_be_visible()
    sixth = page.locator("[data-article]").filter(has_text="Tokyo desk")
    expect(sixth).to_have_count(1)
    expect(sixth.locator("mark[data-points]").first).to_be_attached(timeout=COMPARED)


def test_a_preview_that_is_discarded_stores_nothing(visits: Visits) -> None:
    page = visits.open("/import/?story=empty", person="admin")
    page.get_by_role("textbox", name="Pasted text").fill(
        "One paragraph about nothing.\n\nAnother one."
    )
    fill_in(page)
    page.get_by_label("Title", exact=True).fill("Nothing happened")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.locator("[data-preview]")).to_contain_text("Another one.")
    page.get_by_role("button", name="Discard").click()
    page.goto(visits.people.site.url("/stories/empty/"))
    expect(page.get_by_role("heading", name="No reports yet")).to_be_visible()


def test_a_form_without_a_text_says_so_and_keeps_what_was_typed(visits: Visits) -> None:
    page = visits.open("/import/?story=empty", person="admin", size=(320, 800))
    page.get_by_label("Title", exact=True).fill("Kept")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Kept")
    assert violations(page) == []
    visits.complaints.clear()  # the browser notes the 422 itself


def test_without_a_right_to_import_there_is_no_link(visits: Visits) -> None:
    page = visits.open(STORY, person="editor")
    expect(page.get_by_role("link", name="Import")).to_have_count(0)
