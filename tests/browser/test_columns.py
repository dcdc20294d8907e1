"""Setting up the side-by-side page: columns, their base, their colours, and the link to it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits

PORT = "/stories/port/"


def articles(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-article]").evaluate_all(
        "(columns) => columns.map((column) => column.dataset.article)"
    )
    return found


def view(page: Page) -> list[object]:
    """What a person sees of how the page is set up."""
    state: list[object] = page.evaluate(
        """() => [
          [...document.querySelectorAll("[data-article]")].map((one) => one.dataset.article),
          document.querySelector("[data-article][data-base]")?.dataset.article,
          document.querySelector("[data-story]").dataset.colour,
          document.querySelector("[data-point-list] [aria-current]").dataset.point,
          document.querySelectorAll("mark[data-tint]").length,
          [...document.querySelectorAll("[data-held]")].map((one) => one.dataset.held),
        ]"""
    )
    return state


def test_a_link_opens_the_same_view(visits: Visits) -> None:
    page = visits.open(PORT)
    first, second, third, *_rest, last = articles(page)
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"point=\d+$"))
    page.get_by_text("Columns", exact=True).click()
    page.locator(f"#pick-{second}").uncheck()
    page.locator(f"#later-{first}").click()
    expect(page.locator("[data-article]")).to_have_count(4)
    expect(page.locator("[data-status]")).to_have_text("4 of 5 reports shown.")
    assert articles(page)[:2] == [third, first]
    expect(page.locator(f"#later-{first}")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#layout-columns-open")).to_be_focused()
    page.locator(f"#menu-open-{last}").click()
    page.get_by_role("link", name="Hold the others against this").click()
    expect(page.locator(f'[data-article="{last}"][data-base]')).to_be_visible()
    expect(page.locator(f"#menu-open-{last}")).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator('[data-story][data-colour="verdict"]')).to_be_visible()
    assert articles(page) == [last, third, first, articles(page)[-1]]
    seen = view(page)
    there = visits.open(page.evaluate("location.pathname + location.search"))
    assert view(there) == seen
    assert seen[-1][0] == "base"  # type: ignore[index]
    page.go_back()
    expect(page.locator('[data-story][data-colour="flags"]')).to_be_visible()


def test_the_base_stays_in_sight(visits: Visits) -> None:
    page = visits.open("/stories/thirty/")
    base = articles(page)[1]
    page.goto(f"{page.url}?base={base}")
    page.locator("[data-columns]").evaluate("(row) => row.scrollTo({left: 1500})")
    expect(page.locator(f'[data-article="{base}"]')).to_be_in_viewport(ratio=0.9)


def test_a_text_comes_once_its_column_is_looked_at(visits: Visits) -> None:
    page = visits.open("/stories/thirty/")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(r"point=\d+$"))
    last = page.locator("[data-column-text]").last
    expect(last).to_have_attribute("data-unloaded", "")
    last.scroll_into_view_if_needed()
    expect(last.locator("[data-start]").first).to_be_visible(
        timeout=20_000
    )  # the server may be busy
    expect(last).not_to_have_attribute("data-unloaded", "")
    expect(last.locator('mark[data-state="on"]')).to_have_count(1)
    middle = page.locator("[data-column-text]").nth(18)
    expect(middle).to_have_attribute("data-unloaded", "")  # nobody has looked at it
    page.locator("[data-point-list] [data-point]").first.click()
    expect(last.locator('mark[data-state="on"]').first).to_be_in_viewport()


def test_on_a_phone_all_of_it_stands_behind_one_button(visits: Visits) -> None:
    page = visits.open(PORT, size=(390, 844))
    expect(page.get_by_text("Columns", exact=True)).to_be_hidden()
    page.get_by_role("button", name="View").click()
    page.get_by_text("Colour", exact=True).click()
    page.get_by_role("link", name="Source", exact=True).click()
    expect(page.locator('[data-story][data-colour="source"]')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
