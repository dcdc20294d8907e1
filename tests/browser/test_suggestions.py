"""A fact-checker's day with a report's claims, and an editor's with points, in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations

CHECKER = "factchecker"


def open_claims(visits: Visits, slug: str, *, person: str = CHECKER, **options: object) -> Page:
    """The claims of the story's first report, as somebody comes to them from its column."""
    page = visits.open(f"/stories/{slug}/", person=person, **options)
    column = page.locator("[data-article]").first
    column.locator(".column-menu > summary").click()
    column.get_by_role("link", name="Claims of this report").click()
    expect(page.locator("[data-suggestion]").first).to_be_visible()
    return page


def open_point(visits: Visits, slug: str, *, person: str = "editor") -> Page:
    """The page of the story's first point, as somebody comes to it from the evidence."""
    page = visits.open(f"/stories/{slug}/", person=person)
    page.get_by_role("link", name="This point’s page").click()
    expect(page.locator("[data-point-page]")).to_be_visible()
    return page


def row(page: Page, at: int) -> Locator:
    return page.locator("[data-suggestion]").nth(at)


def number(page: Page, show: str) -> Locator:
    return page.locator(f'[data-count="{show}"]')


def act(row: Locator, action: str) -> None:
    row.locator(f'[data-action="{action}"]').click()


def expect_status(row: Locator, status: str) -> None:
    expect(row).to_have_attribute("data-suggestion-status", status)


def test_accepting_by_mouse_changes_the_row_and_the_numbers_only(visits: Visits) -> None:
    page = open_claims(visits, "claims-mouse", size=(1440, 500))
    expect(number(page, "suggested")).to_have_text("4")
    row(page, 0).evaluate("(element) => { element.dataset.untouched = 'yes'; }")
    row(page, 2).scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    act(row(page, 2), "accept")
    expect_status(row(page, 2), "accepted")
    expect(number(page, "suggested")).to_have_text("3")
    expect(number(page, "accepted")).to_have_text("1")
    expect(page.locator('[data-all="accepted"]')).to_have_text("Accept all 3 suggestions")
    expect(page.locator("[data-status]")).to_have_text("Accepted.")
    expect(row(page, 0)).to_have_attribute("data-untouched", "yes")
    assert page.evaluate("scrollY") == top
    act(row(page, 2), "undo")
    expect_status(row(page, 2), "suggested")
    expect(number(page, "suggested")).to_have_text("4")


def test_deciding_by_keyboard_alone(visits: Visits) -> None:
    page = open_claims(visits, "claims-keys")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row(page, 1)).to_have_attribute("aria-current", "true")
    expect(row(page, 1)).to_be_focused()
    page.keyboard.press("a")
    expect_status(row(page, 1), "accepted")
    expect(row(page, 1)).to_have_attribute("aria-current", "true")
    expect(row(page, 1)).to_be_focused()
    page.keyboard.press("u")
    expect_status(row(page, 1), "suggested")
    page.keyboard.press("k")
    expect(row(page, 0)).to_be_focused()
    page.keyboard.press("r")
    expect_status(row(page, 0), "rejected")
    expect(page.locator("[data-status]")).to_have_text("Rejected.")
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(r"/claims/\d+/$"))
    page.go_back()
    page.keyboard.press("j")
    expect(row(page, 0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/claims/\d+/$"))


def test_a_button_that_goes_away_leaves_the_focus_on_its_row(visits: Visits) -> None:
    page = open_claims(visits, "claims-keys")
    last = page.locator("[data-suggestion]").last
    last.locator('[data-action="accept"]').focus()
    page.keyboard.press("Enter")
    expect_status(last, "accepted")
    expect(last).to_be_focused()


def test_all_are_accepted_with_their_number_and_taken_back(visits: Visits) -> None:
    page = open_claims(visits, "claims-all")
    page.locator('[data-all="accepted"]').click()
    expect(page.locator("[data-confirm-all]")).to_contain_text("Accept all 4 suggestions")
    assert violations(page) == []
    page.keyboard.press("Enter")  # the answer has the focus
    expect(page.locator("[data-act]")).to_contain_text("4 claims were accepted.")
    expect(number(page, "accepted")).to_have_text("4")
    expect(page.locator("[data-all]")).to_have_count(0)
    assert violations(page) == []
    page.locator('[data-action="undo-all"]').click()
    expect(number(page, "suggested")).to_have_text("4")
    expect(number(page, "accepted")).to_have_text("0")


def test_one_who_was_slower_sees_it_in_the_row(visits: Visits) -> None:
    page = open_claims(visits, "claims-race")
    other = open_claims(visits, "claims-race", person="editor")
    act(row(other, 1), "reject")
    expect_status(row(other, 1), "rejected")
    act(row(page, 1), "accept")
    expect(row(page, 1)).to_contain_text("This has changed since you opened it")
    expect_status(row(page, 1), "rejected")
    expect(page.locator("[data-status]")).to_contain_text("This has changed since you opened it")
    assert violations(page) == []
    act(row(page, 1), "accept")
    expect_status(row(page, 1), "accepted")
    visits.complaints.clear()  # the browser notes the refused request itself


def test_deciding_without_scripts(visits: Visits) -> None:
    page = open_claims(visits, "claims-plain", java_script_enabled=False)
    act(row(page, 0), "accept")
    expect(page).to_have_url(re.compile(r"\?show=suggested&page=1#suggestion-\d+$"))
    expect(number(page, "accepted")).to_have_text("1")
    page.locator('[data-all="rejected"]').click()
    page.locator("[data-confirm-all] button").click()
    expect(page.locator("[data-act]")).to_contain_text("3 claims were rejected.")
    page.locator('[data-action="undo-all"]').click()
    expect(number(page, "suggested")).to_have_text("3")


def test_arranging_a_point(visits: Visits) -> None:
    page = open_point(visits, "point-mouse")
    expect(page.locator("[data-point-claim]")).to_have_count(2)
    page.get_by_label("The question that its claims answer").fill("How many soldiers?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How many soldiers?")
    expect(page.locator("[data-status]")).to_have_text("Renamed.")
    assert violations(page) == []

    page.locator("[data-point-claim] input").first.check()
    page.get_by_label("The question of a new point").fill("Elsewhere")
    page.locator('[data-action="split"]').click()
    expect(page.locator("[data-point-claim]")).to_have_count(1)
    other = page.locator(".point-other", has_text="Elsewhere").locator("input")
    other.check()
    page.locator('[data-action="merge"]').click()
    expect(page.locator("[data-point-claim]")).to_have_count(2)
    expect(page.locator(".point-other", has_text="Elsewhere")).to_have_count(0)

    page.locator("[data-point-claim] input").first.check()
    page.locator('[data-action="take-out"]').click()
    expect(page.locator("[data-point-claim]")).to_have_count(1)
    page.locator("#point-put_back").click()
    expect(page.locator("[data-point-claim]")).to_have_count(2)


def test_what_was_typed_on_a_point_stays_when_another_was_faster(visits: Visits) -> None:
    page = open_point(visits, "point-race")
    other = open_point(visits, "point-race", person="admin")
    label = "The question that its claims answer"
    other.get_by_label(label).fill("Theirs")
    other.locator('[data-action="rename"]').click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Theirs")
    page.get_by_label(label).fill("Mine")
    page.locator('[data-action="rename"]').click()
    expect(page.get_by_role("alert")).to_contain_text("This has changed since you opened it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Theirs")
    expect(page.get_by_label(label)).to_have_value("Mine")
    assert violations(page) == []
    page.locator('[data-action="rename"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine")
    visits.complaints.clear()  # the browser notes the refused request itself


@pytest.mark.parametrize("person", ["reader", CHECKER, "editor"])
@pytest.mark.parametrize(("scheme", "size"), [("light", (1280, 800)), ("dark", (320, 800))])
def test_axe_finds_nothing(visits: Visits, person: str, size: object, scheme: object) -> None:
    page = open_claims(visits, "port", person=person, size=size, color_scheme=scheme)
    assert violations(page) == []
    page.locator("[data-suggestion] dd a").first.click()
    if page.locator(".evidence-body").is_hidden():  # a sheet at the foot of a narrow window
        page.locator('[data-fold-button="evidence"]').click()
    page.get_by_role("link", name="This point’s page").click()
    expect(page.locator("[data-point-page]")).to_be_visible()
    assert violations(page) == []
