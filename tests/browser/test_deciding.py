"""Deciding on flags on the side-by-side page: by mouse, by keyboard, without scripts, two at once.

Each test has a story of its own: what is decided in one must not be in another's way.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site


def story(name: str) -> str:
    return f"/stories/decide-{name}/"


def card(page: Page) -> Locator:
    return page.locator("[data-discrepancy]").first


def action(page: Page, name: str) -> Locator:
    return card(page).locator(f'[data-action="{name}"]')


def marks(page: Page) -> Locator:
    return page.locator("mark[data-flags]")


def test_the_whole_loop_by_mouse(visits: Visits) -> None:
    page = visits.open(story("mouse"))
    flagged = marks(page).count()
    assert flagged
    expect(page.locator("#review-count")).to_have_text(re.compile(r"^\s*\d+\s+open flags\s*$"))
    before = int(page.locator("#review-count .count").inner_text())
    action(page, "confirm").click()
    expect(card(page)).to_have_attribute("data-flag-status", "confirmed")
    expect(page.locator("[data-status]")).to_have_text("Confirmed. Press u to undo.")
    expect(page.locator("#open-flags")).to_have_text("1 open flag")
    expect(page.locator("#review-count .count")).to_have_text(str(before - 1))
    expect(page.locator("[data-point-list] [aria-current] small")).to_have_text(
        "3 reports, 1 origin, 1 flag, 1 confirmed"
    )
    expect(page.get_by_role("link", name="This point’s page")).to_be_visible()
    expect(action(page, "undo")).to_be_focused()
    action(page, "dismiss").click()
    expect(card(page).locator("input[type=radio]").first).to_be_focused()
    card(page).get_by_label("Misread by the engine").check()
    card(page).get_by_label("In your words").fill("About another port")
    card(page).get_by_role("button", name="Dismiss the flag").click()
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")
    action(page, "note").click()
    card(page).get_by_role("textbox", name="Note").fill("Asked Kyiv")
    card(page).get_by_role("button", name="Save the note").click()
    newest = card(page).locator("[data-decisions] li").first
    expect(newest).to_contain_text("Asked Kyiv")
    expect(card(page).locator("[data-decisions]")).to_contain_text("About another port")
    for lines, status in ((4, "dismissed"), (5, "confirmed"), (6, "open")):
        action(page, "undo").click()
        expect(card(page).locator("[data-decisions] li")).to_have_count(lines)
        expect(card(page)).to_have_attribute("data-flag-status", status)
    expect(marks(page)).to_have_count(flagged)


def test_the_whole_loop_by_keyboard(visits: Visits) -> None:
    page = visits.open(story("keys"))
    row = page.locator("[data-point-list] [aria-current]")
    row.focus()
    page.keyboard.press("c")
    expect(card(page)).to_have_attribute("data-flag-status", "confirmed")
    expect(row).to_be_focused()
    page.keyboard.press("u")
    expect(card(page)).to_have_attribute("data-flag-status", "open")
    page.keyboard.press("d")
    reasons = card(page).locator("input[type=radio]")
    expect(reasons.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(reasons.first).to_be_hidden()
    expect(action(page, "dismiss")).to_be_focused()
    page.keyboard.press("d")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(reasons.nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")
    page.keyboard.press("m")
    page.keyboard.type("d is a letter here")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card(page).locator("[data-decisions] li").first).to_contain_text("d is a letter here")
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")


def test_a_form_that_lacks_its_note_gets_the_focus_there(visits: Visits) -> None:
    page = visits.open(story("current"))
    page.keyboard.press("d")
    card(page).locator('[value="other"]').check()
    page.keyboard.press("Enter")
    expect(card(page).locator("[data-refused]")).to_be_visible()
    expect(card(page).locator("details[open] textarea")).to_be_focused()
    visits.complaints.clear()  # the browser notes the 422 itself


def test_keys_act_on_the_flag_that_is_current(visits: Visits) -> None:
    page = visits.open(story("current"))
    first, second = page.locator("[data-discrepancy]").all()
    expect(first).to_have_attribute("aria-current", "true")
    first.locator('[data-action="confirm"]').focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-current", "true")
    expect(second).to_be_focused()
    assert page.locator("[data-discrepancy][aria-current]").count() == 1
    page.keyboard.press("c")
    expect(second).to_have_attribute("data-flag-status", "confirmed")
    expect(second).to_have_attribute("aria-current", "true")
    expect(first).to_have_attribute("data-flag-status", "open")
    page.keyboard.press("n")
    expect(page.locator("[data-status]")).to_have_text("No further flag of this point.")
    page.locator("[data-column-text]").first.focus()
    page.keyboard.press("N")
    expect(first).to_be_focused()
    page.keyboard.press("n")
    expect(second).to_have_attribute("aria-current", "true")
    first.locator(".flag-why").click()
    expect(first).to_have_attribute("aria-current", "true")


def test_marks_lose_their_flag_and_get_it_back(visits: Visits) -> None:
    page = visits.open(story("marks"))
    flagged = marks(page).count()
    column = page.locator("[data-column-text]").first
    column.evaluate("(text) => { text.scrollTop = 40; }")
    before = column.evaluate("(text) => text.scrollTop")
    page.keyboard.press("c")
    expect(card(page)).to_have_attribute("data-flag-status", "confirmed")
    expect(marks(page)).to_have_count(flagged)
    page.keyboard.press("d")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(marks(page)).to_have_count(0)
    expect(page.locator(".badge[data-flagged]")).to_have_count(0)
    assert column.evaluate("(text) => text.scrollTop") == before
    page.keyboard.press("u")
    expect(card(page)).to_have_attribute("data-flag-status", "confirmed")
    expect(marks(page)).to_have_count(flagged)


def test_an_opened_rule_and_words_typed_elsewhere_stay(visits: Visits) -> None:
    page = visits.open(story("stays"))
    first, second = page.locator("[data-discrepancy]").all()
    second.locator('[data-action="note"]').click()
    second.get_by_role("textbox", name="Note").fill("Half a note")
    first.locator("[data-rule] summary").click()
    first.locator('[data-action="confirm"]').click()
    expect(first).to_have_attribute("data-flag-status", "confirmed")
    expect(first.locator("[data-rule]")).to_have_attribute("open", "")
    expect(second.get_by_role("textbox", name="Note")).to_have_value("Half a note")


def test_a_key_decides_nothing_while_another_points_flags_are_on_their_way(visits: Visits) -> None:
    page = visits.open(story("waits"))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"\?point="), hold)
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("[data-status]")).to_contain_text("still on their way")
    expect(card(page)).to_have_attribute("data-flag-status", "open")
    for route in held:
        route.continue_()
    expect(page.locator("#evidence-title")).not_to_have_text("Soldiers in the port")


def test_a_key_does_not_turn_a_dismissal_round(visits: Visits) -> None:
    page = visits.open(story("waits"))
    action(page, "dismiss").click()
    card(page).get_by_label("Misread by the engine").check()
    card(page).get_by_role("button", name="Dismiss the flag").click()
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")
    page.keyboard.press("c")
    expect(page.locator("[data-status]")).to_contain_text("This flag was dismissed")
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")


def test_a_key_shows_a_folded_flag_before_it_acts(visits: Visits) -> None:
    page = visits.open(story("folded"))
    page.keyboard.press("e")
    expect(card(page)).to_be_hidden()
    page.keyboard.press("c")
    expect(card(page)).to_be_visible()
    expect(card(page)).to_have_attribute("data-flag-status", "open")
    page.keyboard.press("c")
    expect(card(page)).to_have_attribute("data-flag-status", "confirmed")


def test_without_scripts(visits: Visits) -> None:
    page = visits.open(story("plain"), java_script_enabled=False)
    action(page, "dismiss").click()
    card(page).get_by_label("Another reason").check()
    card(page).get_by_role("button", name="Dismiss the flag").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in the note")
    card(page).get_by_label("In your words").fill("Two ports of one name")
    card(page).get_by_role("button", name="Dismiss the flag").click()
    expect(card(page)).to_have_attribute("data-flag-status", "dismissed")
    expect(card(page)).to_contain_text("Two ports of one name")
    action(page, "undo").click()
    expect(card(page)).to_have_attribute("data-flag-status", "open")
    visits.complaints.clear()  # the browser notes the 422 itself


def test_of_two_browsers_the_second_sees_both_decisions(visits: Visits) -> None:
    mine = visits.open(story("race"))
    theirs = visits.open(story("race"), person="admin")
    action(mine, "dismiss").click()
    card(mine).get_by_label("Not material").check()
    card(mine).get_by_label("In your words").fill("Typed for a while")
    action(theirs, "confirm").click()
    expect(card(theirs)).to_have_attribute("data-flag-status", "confirmed")
    card(mine).get_by_role("button", name="Dismiss the flag").click()
    refused = card(mine).locator("[data-refused]")
    expect(refused).to_be_focused()
    expect(refused.locator('[data-side="theirs"]')).to_contain_text("Confirmed")
    expect(refused.locator('[data-side="theirs"]')).to_contain_text("admin")
    expect(refused.locator('[data-side="yours"]')).to_contain_text("Typed for a while")
    expect(card(mine).get_by_label("In your words")).to_have_value("Typed for a while")
    expect(mine.locator("[data-status]")).to_contain_text("Not saved.")
    # the buttons stand in one row below what was refused
    edges = """(card) => {
      const edge = (one) => one.getBoundingClientRect();
      const tops = [...card.querySelectorAll("[data-action]")].map((one) => edge(one).top);
      return [edge(card.querySelector("[data-refused]")).bottom, ...tops];
    }"""
    lower, *rows = card(mine).evaluate(edges)
    assert len(rows) > 1
    assert max(rows) - min(rows) <= 1
    assert min(rows) >= lower
    card(mine).get_by_role("button", name="Dismiss all the same").click()
    expect(card(mine)).to_have_attribute("data-flag-status", "dismissed")
    expect(card(mine).locator("[data-decisions] li")).to_have_count(2)
    visits.complaints.clear()  # the browser notes the 409 itself


@pytest.mark.parametrize("person", ["reader", "factchecker"])
def test_keys_of_readers_decide_nothing(person: str, visits: Visits) -> None:
    page = visits.open(story("reader"), person=person)
    for key in "cdmu":
        page.keyboard.press(key)
    expect(card(page)).to_have_attribute("data-flag-status", "open")
    expect(page.get_by_role("link", name="Review")).to_have_count(0)


def test_letters_that_are_switched_off_decide_nothing(visits: Visits, site: Site) -> None:
    page = visits.open(story("reader"))
    page.evaluate("document.getElementById('keys').dataset.keys = 'off'")
    page.keyboard.press("c")
    expect(card(page)).to_have_attribute("data-flag-status", "open")
