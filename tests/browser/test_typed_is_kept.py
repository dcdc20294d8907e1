"""What was typed into a form stays until the person gives it up, whatever happens around it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_annotating import drag_over, form, opened, status

TYPED = "a sailor in the port"
OPEN = "Save or cancel the open claim first."


def speaker(page: Page) -> str:
    return page.get_by_label("Speaker", exact=True).input_value()


def typed_in(visits: Visits, slug: str = "port") -> Page:
    """A form about words that are marked already, with something typed into it."""
    page = opened(visits, slug)
    drag_over(page, "About 1,000 soldiers")
    page.get_by_role("button", name="Mark as claim").click()
    page.get_by_label("Speaker", exact=True).fill(TYPED)
    return page


def test_closing_a_changed_form_takes_a_second_press(visits: Visits) -> None:
    page = typed_in(visits)
    page.keyboard.press("Escape")
    expect(status(page)).to_contain_text("What you typed is not saved.")
    assert speaker(page) == TYPED
    page.keyboard.type("s")
    page.get_by_role("link", name="Close").click()
    assert speaker(page) == f"{TYPED}s"
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)


def test_cancelling_a_changed_form_takes_one_press(visits: Visits) -> None:
    page = typed_in(visits)
    page.get_by_role("link", name="Cancel").click()
    expect(form(page)).to_have_count(0)


def test_nothing_takes_a_changed_forms_place(visits: Visits) -> None:
    page = typed_in(visits)
    page.locator(".claim-here a").first.click()
    expect(status(page)).to_have_text(OPEN)
    assert speaker(page) == TYPED

    page.get_by_role("link", name="Cancel").click()
    page.get_by_text("Rule and quotes").first.click()
    page.locator("[data-edit-claim]").first.click()
    page.get_by_label("Speaker", exact=True).fill(TYPED)
    page.locator('.claim-state [data-action="reject"]').click()
    expect(status(page)).to_have_text(OPEN)
    assert speaker(page) == TYPED


def without_session(page: Page) -> None:
    page.context.clear_cookies(name=re.compile("session"))


def sign_in_beside(page: Page, person: str) -> None:
    beside = page.context.new_page()
    beside.goto(re.sub(r"(//[^/]+)/.*", r"\1/sign-in/", page.url))
    beside.get_by_label("User name").fill(person)
    beside.get_by_label("Password").fill(f"demo-{person}")
    beside.get_by_role("button", name="Sign in").click()
    beside.wait_for_url(re.compile(r"://[^/]+/$"))
    beside.close()


def test_a_decision_typed_before_the_session_ended_is_saved_after_signing_in(
    visits: Visits,
) -> None:
    page = opened(visits, "signed-out", "editor")
    flag = page.locator("[data-discrepancy]").first
    flag.locator('summary[data-action="note"]').click()
    note = flag.get_by_label("Note", exact=True)
    note.fill(TYPED)
    page.context.clear_cookies()  # the token's too
    flag.get_by_role("button", name="Save the note").click()
    expect(status(page)).to_contain_text("You are signed out.")
    expect(note).to_have_value(TYPED)
    sign_in_beside(page, "editor")
    flag.get_by_role("button", name="Save the note").click()
    expect(status(page)).to_contain_text("Note saved.")
    expect(flag.locator("[data-decisions]")).to_contain_text(TYPED)
    assert [found for found in visits.complaints if not re.search("401|403", found)] == []
    visits.complaints.clear()  # the browser notes both itself


def test_a_claim_typed_before_the_session_ended_is_saved_after_signing_in(visits: Visits) -> None:
    page = typed_in(visits, "signed-out")
    without_session(page)
    page.locator('[data-action="save-claim"]').click()
    expect(status(page)).to_contain_text("You are signed out. Sign in in another tab")
    expect(status(page)).to_be_in_viewport()
    assert speaker(page) == TYPED
    sign_in_beside(page, "factchecker")
    page.locator('[data-action="save-claim"]').click()
    expect(status(page)).to_have_text("The claim is marked. The reports are compared again.")
    assert [found for found in visits.complaints if not re.search("401|403", found)] == []
    visits.complaints.clear()  # the browser notes both itself


def test_what_is_looked_at_does_not_replace_a_page_with_something_typed(visits: Visits) -> None:
    page = typed_in(visits)
    without_session(page)
    page.locator("[data-point-list] [data-point]").nth(1).click()
    expect(status(page)).to_contain_text("You are signed out.")
    assert speaker(page) == TYPED
    visits.complaints.clear()  # the browser notes the 401 itself


def test_a_choice_holds_a_new_comparison_back(visits: Visits) -> None:
    page = opened(visits, "port", "editor")
    page.locator('summary[data-action="dismiss"]').first.click()
    chosen = page.get_by_role("radio", name="The same value").first
    chosen.check()
    page.locator("#main").focus()
    page.evaluate(
        """() => htmx.ajax("GET", location.pathname, {
          source: "#freshness", target: "#comparison", select: "#comparison", swap: "outerHTML",
        })"""
    )
    expect(chosen).to_be_checked()
