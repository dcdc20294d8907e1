"""A draft in a browser: its lines step by step, and its column beside the reports."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits


def marked(page: Page) -> str:
    """The words of the draft that are lit."""
    return " ".join(page.locator('[data-draft-text] mark[data-state="on"]').all_inner_texts())


def test_a_draft_is_walked_line_by_line_and_stands_beside_the_reports(visits: Visits) -> None:
    page = visits.open("/stories/drafted/draft/", size=(1280, 800))
    expect(page.locator("[data-finding]")).to_have_count(2)
    page.keyboard.press("j")
    expect(page.locator("[data-finding][aria-current]")).to_have_attribute("data-kind", "firmer")
    assert marked(page) == "1,000 soldiers are in the port"
    page.keyboard.press("j")
    expect(page.locator("[data-finding][aria-current]")).to_have_attribute("data-kind", "one_sided")
    page.keyboard.press("k")
    page.locator('[data-finding][aria-current] a[href*="draft=1"]').click()
    foot = page.locator(".draft-column footer")
    expect(foot).to_contain_text("Firmer")
    page.keyboard.press("j")
    expect(foot).to_contain_text("says nothing on this point")
