"""The timeline in a browser: one drawing for each width, its table by keyboard, its file."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits


def drawings(page: Page, size: str) -> list[bool]:
    """Which of the drawings for a size can be seen."""
    found = [one.is_visible() for one in page.locator(f".timeline-page .for-{size}").all()]
    assert found
    return found


def test_a_plot_is_read_by_keyboard_and_kept_as_a_file(visits: Visits, tmp_path: Path) -> None:
    page = visits.open("/stories/port/", size=(1280, 800))
    page.locator('[data-view="timeline"]').click()
    expect(page.locator("[data-timeline]")).to_be_visible()
    assert all(drawings(page, "wide"))
    assert not any(drawings(page, "narrow"))
    table = page.locator(".timeline-point table").first
    expect(table).to_be_hidden()
    page.locator(".timeline-point summary").first.focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    with page.expect_download() as waiting:
        page.locator(".timeline-point a[download]").last.click()
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert kept.suffix == ".png"
    assert kept.read_bytes().startswith(b"\x89PNG")
    shown = page.get_by_role("navigation", name="Which figures are shown")
    shown.get_by_role("link").nth(1).click()
    expect(shown.locator("[aria-current]")).to_contain_text("With a conflict")
    page.set_viewport_size({"width": 320, "height": 700})
    assert all(drawings(page, "narrow"))
    assert not any(drawings(page, "wide"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
