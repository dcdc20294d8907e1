"""Reading a story's history, undoing from it, closing and renaming: by keyboard, and by axe."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations

WINDOWS = [("light", 1280), ("dark", 320)]


def tab_to(page: Page, wanted: Locator) -> None:
    """Move the focus with Tab until it is on the control."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not reach the control.")


def main(page: Page) -> Locator:
    return page.locator("main")


def test_an_editor_reads_narrows_and_undoes_with_the_keyboard_alone(visits: Visits) -> None:
    page = visits.open("/stories/told/")
    tab_to(page, page.locator('.story-links a[href$="/history/"]'))
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("dismissed the quantity flag on")
    expect(main(page)).to_contain_text("accepted 3 claims")
    tab_to(page, page.get_by_label("About"))
    page.keyboard.type("Flags")
    tab_to(page, page.get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    expect(main(page)).not_to_contain_text("accepted 3 claims")
    expect(page.locator("[data-act]")).to_have_count(1)
    tab_to(page, page.locator('[data-action="undo"]'))
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("undid the dismissal: the quantity flag on")
    assert page.url.endswith("kind=claims.discrepancy")
    expect(page.locator('[data-action="undo"]')).to_have_count(0)
    tab_to(page, page.locator(".act-details summary").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="All that happened to it").first)
    page.keyboard.press("Enter")
    expect(page.locator("[data-history-of]")).to_contain_text("the quantity flag on")


def test_an_editor_closes_and_reopens_a_story_with_the_keyboard_alone(visits: Visits) -> None:
    page = visits.open("/stories/closing/")
    tab_to(page, page.get_by_role("link", name="Close the story"))
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("nothing in it is compared, regrouped or changed")
    tab_to(page, page.get_by_label("Reason"))
    page.keyboard.type("Printed on Saturday")
    page.keyboard.press("Enter")
    expect(page.locator("[data-story-closed]")).to_be_visible()
    expect(page.locator("[data-action]")).to_have_count(0)
    tab_to(page, page.get_by_role("link", name="History", exact=True))
    page.keyboard.press("Enter")
    expect(main(page)).to_contain_text("Reason: Printed on Saturday")
    page.go_back()
    tab_to(page, page.get_by_role("link", name="Reopen the story"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Reopen the story"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-story-closed]")).to_have_count(0)
    expect(page.locator("[data-story]")).to_be_visible()


def test_two_editors_name_a_story_and_the_second_sees_both_titles(visits: Visits) -> None:
    first, second = (
        visits.open("/stories/untold/rename/", person=name) for name in ("editor", "admin")
    )
    first.get_by_label("Title").fill("The first title")
    first.get_by_role("button", name="Rename").click()
    expect(first.get_by_role("heading", name="The first title")).to_be_visible()
    second.get_by_label("Title").fill("The second title")
    second.get_by_role("button", name="Rename").click()
    expect(second.get_by_role("alert")).to_contain_text("The first title")
    expect(second.get_by_label("Title")).to_have_value("The second title")
    assert violations(second) == []
    visits.complaints.clear()  # the browser notes the 409 itself
    second.get_by_role("button", name="Rename").click()
    expect(second.get_by_role("heading", name="The second title")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), WINDOWS)
@pytest.mark.parametrize(
    "path",
    [
        "/stories/told/history/",
        "/stories/told/history/?kind=reader.importitem",
        "/stories/untold/history/",
        "/stories/told/status/",
        "/stories/shut/status/",
        "/stories/shut/",
        "/stories/told/rename/",
    ],
)
def test_axe_finds_nothing(path: str, scheme: Any, width: int, visits: Visits) -> None:
    page = visits.open(path, size=(width, 800), color_scheme=scheme)
    for summary in page.locator(".act-more > summary, .act-details > summary").all():
        if summary.is_visible():
            summary.click()
    expect(main(page)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
