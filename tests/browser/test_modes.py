"""Quiet and thorough, and pairs that are perhaps the same, in a browser."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visits

STORY = "/stories/doubt/"


def test_the_switch_by_key_and_a_pair_kept_apart(visits: Visits) -> None:
    """One story, from quiet to thorough, a word on a pair, its undo, and back."""
    page = visits.open(STORY, person="admin")  # a session of its own: the switch is remembered
    said, suggestion = page.locator("[data-status]"), page.locator("[data-suggested]")
    expect(suggestion).to_have_count(0)
    page.locator("#mode-thorough").focus()
    page.keyboard.press("t")
    expect(page.locator("#mode-thorough")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"\?point=\d+&mode=thorough$"))
    expect(page.locator("#mode-thorough")).to_be_focused()
    expect(suggestion.first).to_be_visible()
    row = page.locator("[data-pair]")
    expect(row.first).to_contain_text("If these are one point, they differ: 12 / 19 injured")
    expect(row).to_have_count(2)
    row.first.locator('[data-pair-action="apart"]').click()
    expect(said).to_have_text("Kept apart. They will not be offered again.")
    expect(row.first.locator('[data-pair-action="same"]')).to_be_focused()
    page.locator("#pairs-told summary").click()
    page.locator('#pairs-told [data-pair-action="undo"]').click()
    expect(said).to_have_text("Undone.")
    expect(row).to_have_count(2)
    page.reload()
    expect(page.locator("#mode-thorough")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("t")
    expect(suggestion).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?point=\d+$"))


def test_the_switch_keeps_the_point_that_is_chosen_now(visits: Visits) -> None:
    page = visits.open(STORY)
    page.keyboard.press("j")
    chosen = page.locator("[data-point-list] [aria-current]")
    expect(page.locator(".evidence-number")).to_have_text("2")
    point = chosen.get_attribute("data-point")
    page.keyboard.press("t")
    expect(page.locator("#mode-thorough")).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_have_attribute("data-point", str(point))
    expect(page).to_have_url(re.compile(rf"\?point={point}&mode=thorough$"))
    page.keyboard.press("t")  # the choice is remembered for the session
    expect(page.locator("#mode-quiet")).to_have_attribute("aria-pressed", "true")


def test_a_confirmed_suggestion_stands_among_the_flags_and_keeps_the_focus(visits: Visits) -> None:
    page = visits.open(f"{STORY}?mode=thorough", person="admin")
    card = page.locator(".suggested [data-discrepancy]")
    name = card.get_attribute("id")
    card.locator('[data-action="confirm"]').click()
    moved = page.locator(f"#flag-list > #{name}")
    expect(moved).to_have_attribute("data-flag-status", "confirmed")
    expect(page.locator(".suggested")).to_have_count(0)
    expect(moved.locator('[data-action="undo"]')).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(f".suggested #{name}")).to_have_attribute("data-flag-status", "open")
    expect(page.locator("[data-status]")).to_have_text("Undone.")
    expect(page.locator(f"#{name}")).to_have_attribute("aria-current", "true")
