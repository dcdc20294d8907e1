"""The list of stories, what is noted as seen, and the tour, in a browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visits


def test_a_story_that_was_looked_at_is_seen_and_the_list_goes_by_keys(visits: Visits) -> None:
    page = visits.open("/?q=six+reports", person="factchecker")
    story = page.locator('[data-story-row="six"]')
    expect(story).to_contain_text("New to you")
    page.keyboard.press("j")
    expect(story.locator("[data-open]")).to_be_focused()
    with page.expect_response(re.compile("/seen/")) as told:
        page.keyboard.press("Enter")
    assert told.value.status == 204
    with page.expect_response(re.compile("/seen/")) as again:
        page.reload()  # whatever the browser kept of the page
    assert again.value.status == 204
    page.goto(page.url.split("/stories/")[0] + "/?q=six+reports")
    expect(story).to_contain_text("Nothing new since")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(story).to_contain_text("New to you")
    expect(story.locator("[data-open]")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Marked as unseen.")
    assert visits.complaints == []


def test_the_tour_by_keyboard_on_a_narrow_window(visits: Visits) -> None:
    page = visits.open("/", person="reader", size=(390, 800))
    page.locator("[data-tour-offer] [data-tour-start]").click()
    card = page.locator("[data-tour-step]:visible")
    for title in ("Points of comparison", "Reports, side by side"):
        expect(card.get_by_role("heading", name=title)).to_be_focused()
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.keyboard.press("Tab")
        card.get_by_role("button", name="Next").press("Enter")
    card.get_by_role("button", name="Back").click()
    expect(card).to_contain_text("Step 2 of 6")
    with page.expect_response(re.compile("/tour/done/")):
        page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert "tour" not in page.url
    page.goto(page.url.split("/stories/")[0])
    expect(page.locator("[data-stories]")).to_be_visible()
    expect(page.locator("[data-tour-offer]")).to_have_count(0)
    assert visits.complaints == []
