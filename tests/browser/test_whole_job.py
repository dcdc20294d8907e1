"""The whole job by keyboard alone: find the gravest flag, read, decide, take the report along."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_reading import tab_to

STORY = "whole-job"
# What has the focus, and whether a line round it (or round what stands for it) shows that.
FOCUS = """() => {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  const lines = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  return node === document.body ? "nothing" : lines ? "" : node.outerHTML.slice(0, 120);
}"""


def expect_focus_seen(page: Page) -> None:
    """Something has the focus, and a line round it says so."""
    assert page.evaluate(FOCUS) == ""


def go_to(page: Page, selector: str) -> None:
    """Tab to the element, which is not covered and whose focus is seen."""
    tab_to(page, selector)
    expect_focus_seen(page)


def sign_in(page: Page) -> None:
    expect(page.get_by_label("User name")).to_be_focused()
    expect_focus_seen(page)
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    expect_focus_seen(page)
    page.keyboard.type("demo-editor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Stories")).to_be_visible()


def test_the_whole_job_by_keyboard_alone(visits: Visits, tmp_path: Path) -> None:
    page = visits.open("/sign-in/", person=None, accept_downloads=True)
    sign_in(page)
    go_to(page, f'[data-story-row="{STORY}"] a')
    page.keyboard.press("Enter")
    expect(page.locator(f'[data-story="{STORY}"]')).to_be_visible()
    page.wait_for_load_state("load")

    # the first point has a slight flag; towards the gravest one, which is that of the last point
    go_to(page, "[data-point-list] [aria-current]")
    page.keyboard.press("[")
    rows = page.locator("[data-point-list] [data-point]")
    expect(rows.last).to_have_attribute("aria-current", "true")
    expect_focus_seen(page)
    flag = page.locator("[data-discrepancy][aria-current]")
    expect(flag).to_have_attribute("data-flag-status", "open")

    # read what it rests on
    go_to(page, "[data-discrepancy][aria-current] [data-rule] summary")
    page.keyboard.press("Enter")
    expect(flag.get_by_text("description-facts")).to_be_visible()
    expect(flag.locator(".quote").first).to_contain_text("They train at five grounds")
    expect_focus_seen(page)

    # decide, with a reason
    page.keyboard.press("d")
    expect(flag.locator("input[type=radio]").first).to_be_focused()
    expect_focus_seen(page)
    for _ in range(3):  # the fourth reason
        page.keyboard.press("ArrowDown")
    expect(flag.get_by_label("Not material")).to_be_checked()
    page.keyboard.press("Tab")
    expect_focus_seen(page)
    page.keyboard.type("Both count the same grounds")
    page.keyboard.press("Tab")
    expect_focus_seen(page)
    page.keyboard.press("Enter")
    expect(flag).to_have_attribute("data-flag-status", "dismissed")
    expect_focus_seen(page)

    # the report, with the decision in it
    page.keyboard.press("4")
    expect(page).to_have_url(re.compile(f"/stories/{STORY}/report/$"))
    report = page.locator('[data-report="internal"]')
    expect(report).to_contain_text("Both count the same grounds")
    page.wait_for_load_state("load")
    go_to(page, "[data-report-file]")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    expect_focus_seen(page)
    expect_to_stand_alone(page, file)


def expect_to_stand_alone(page: Page, file: Path) -> None:
    """The file opens from the disk, with its styles, and asks nobody for anything."""
    alone = page.context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: asked.append(message.text))
    for scheme in ("light", "dark"):
        alone.emulate_media(color_scheme=scheme)
        alone.goto(file.as_uri())
        expect(alone.get_by_role("heading", name="Soldiers, the whole job")).to_be_visible()
        expect(alone.locator('[data-report-status="dismissed"]')).to_be_visible()
        ground = alone.evaluate("getComputedStyle(document.body).backgroundColor")
        shares = [float(number) for number in re.findall(r"[\d.]+", ground)[:3]]
        middle = 0.5 if ground.startswith("color(") else 127
        assert (min(shares) > middle) is (scheme == "light"), ground
    assert asked == [file.as_uri()] * 2
