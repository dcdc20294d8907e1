"""The tray in a browser: a claim is put onto the new text by keyboard, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits


@pytest.mark.parametrize("scripts", [True, False])
def test_a_claim_is_placed_by_keyboard_and_taken_back(visits: Visits, scripts: bool) -> None:
    page = visits.open("/stories/renewed/tray/", person="factchecker", java_script_enabled=scripts)
    number = page.locator("[data-waiting]").count()
    page.locator('[data-action="pick"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Place in the new text")
    page.locator("[name=sentence]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Placed on the new text")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_count(number - 1)
    page.locator('#said [data-action="undo"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-waiting]")).to_have_count(number)
