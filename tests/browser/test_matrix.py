"""The matrix in a browser: a grid that is walked by keys, with the quotes of the cell below."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations_of_all_looks


def cell(grid: Locator, row: int, column: int) -> Locator:
    """A cell of the grid, heads and foot counted."""
    return grid.get_by_role("row").nth(row).locator("th, td").nth(column)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_grid_is_walked_by_keys_and_leads_to_the_point(width: int, visits: Visits) -> None:
    page = visits.open("/stories/port/matrix/?sort=story", size=(width, 700))
    grid = page.get_by_role("grid")
    first = cell(grid, 1, 1)
    expect(first).to_have_attribute("tabindex", "0")
    assert grid.locator('[tabindex="0"]').count() == 1
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(grid, 2, 2)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(grid.get_by_role("row").last.locator("td").last).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(cell(grid, 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    quotes = page.locator("[data-open-point]")
    expect(quotes).to_contain_text("soldiers are in the port")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-selected", "true")
    seen = first.evaluate("""(one) => { const box = one.getBoundingClientRect();
      const under = document.elementFromPoint(box.left + 20, box.top + 12);
      return one.contains(under); }""")
    assert seen, "the focused cell lies under a head or the quotes"
    page.keyboard.press("ArrowDown")
    expect(quotes).to_contain_text("The government denied it")
    expect(page.locator("[data-status]")).to_contain_text("1 quote")
    assert "point=" in page.url
    assert "sort=story" in page.url
    page.keyboard.press("Escape")
    expect(quotes).to_have_count(0)
    expect(cell(grid, 2, 1)).to_be_focused()
    point = cell(grid, 2, 1).locator("..").get_attribute("data-point")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/stories/port/?point={point}")


def test_without_scripts_a_cell_opens_by_its_link(visits: Visits) -> None:
    page = visits.open("/stories/port/matrix/", java_script_enabled=False)
    page.locator(".matrix td a").first.click()
    expect(page.locator("[data-open-point]")).to_contain_text("soldiers are in the port")
    page.locator('select[name="sort"]').select_option("silent")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**sort=silent**")
    expect(page.locator(".matrix")).to_be_visible()


def test_a_silence_is_checked_from_the_matrix_and_the_line_is_shown_in_its_column(
    visits: Visits,
) -> None:
    page = visits.open("/stories/missed/matrix/?sort=story", person="factchecker")
    page.locator("td.blank").click()
    near = page.locator("[data-near]")
    expect(near.locator(".near-line").first).to_contain_text("They train at five grounds")
    expect(near.locator("[data-near-claim]").first).to_contain_text("in no point")
    assert violations_of_all_looks(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    near.get_by_role("link", name="Show in the report").first.click()
    page.wait_for_url("**/stories/missed/?point=*")
    page.wait_for_function("CSS.highlights.get('line')?.size === 1")
    lit = "() => [...CSS.highlights.get('line')][0].toString()"
    assert "They train at five grounds" in page.evaluate(lit)


def test_a_silence_is_checked_side_by_side_and_the_claim_is_put_into_the_point(
    visits: Visits,
) -> None:
    page = visits.open("/stories/missed/", person="factchecker")
    page.locator("[data-point-list] [data-point]").last.click()
    page.locator("[data-cell] a[data-near-lines]").click()
    expect(page.locator("#near-title")).to_be_focused()
    line = page.locator(".near-line").first
    line.get_by_role("link", name="Show in the report").click()
    column = page.locator("[data-column-text]").nth(1)
    expect(column).to_be_focused()
    assert "point=" in page.url
    page.wait_for_function("CSS.highlights.get('line')?.size === 1")
    assert violations_of_all_looks(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    line.locator("[data-near-put]").click()
    expect(page.locator("[data-cell]").nth(1)).to_contain_text("They train at five grounds")
    expect(page.locator("[data-near]")).to_have_count(0)
    expect(page.locator("[data-flag-list]")).to_be_focused()
