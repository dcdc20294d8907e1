"""What the side-by-side page keeps in view, by the size of the window."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site

STORY = "/stories/port/"
SIX = "/stories/six/"
PHONE = (390, 844)


def height(found: Locator) -> float:
    box = found.bounding_box()
    assert box is not None
    return box["height"]


def fold(page: Page, panel: str) -> Locator:
    return page.locator(f'[data-fold-button="{panel}"]')


def row(page: Page, point: int) -> Locator:
    return page.locator(f'[data-point-list] [data-point="{point}"]')


def scrolled(page: Page) -> list[float]:
    """How far each column has been scrolled."""
    tops: list[float] = page.evaluate(
        """() => [...document.querySelectorAll("[data-column-text]")]
          .map((text) => text.scrollTop)"""
    )
    return tops


def test_texts_start_at_their_headlines_until_a_point_is_chosen(visits: Visits, site: Site) -> None:
    page = visits.open(STORY)
    expect(page.locator(".more").first).to_be_hidden()
    assert scrolled(page) == [0] * 5
    row(page, site.points[2]).click()
    page.wait_for_function("document.querySelector('[data-column-text]').scrollTop > 0")
    visits.open(f"{STORY}?point={site.points[2]}").wait_for_function(
        "document.querySelector('[data-column-text]').scrollTop > 0"
    )


def test_the_claim_that_the_foot_shows_comes_to_the_reading_line(
    visits: Visits, site: Site
) -> None:
    page = visits.open(SIX)
    row(page, site.six_points[2]).click()
    expect(page).to_have_url(re.compile("point="))
    expect(page.locator('[data-inspector] [data-verdict="refined"]')).to_be_visible()
    first = page.locator("[data-article]").first
    expect(first.locator('mark[data-state="on"]')).to_have_count(2)
    tops = page.evaluate(
        """() => [...document.querySelectorAll('mark[data-state="on"][data-flags]')].map(
          (mark) => mark.getClientRects()[0].top)"""
    )
    assert len(tops) == 6
    assert max(tops) - min(tops) < 2, tops


def test_reports_beyond_the_edge_are_counted_and_reached_by_keyboard(visits: Visits) -> None:
    page = visits.open(SIX)
    right, left = page.locator('[data-more="right"]'), page.locator('[data-more="left"]')
    expect(right).to_have_text("1 more")
    expect(left).to_be_hidden()
    # below the columns, where it covers nothing of them
    line, columns = right.bounding_box(), page.locator("[data-columns]").bounding_box()
    assert line is not None
    assert columns is not None
    assert line["y"] >= columns["y"] + columns["height"]
    right.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-article]").last).to_be_in_viewport(ratio=0.95)
    expect(left).to_have_text("1 more")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (800, 560)])
def test_columns_keep_half_of_the_window(size: tuple[int, int], visits: Visits, site: Site) -> None:
    page = visits.open(f"{STORY}?point={site.points[0]}", size=size)
    page.locator("[data-rule] summary").click()
    page.locator(".plot summary").click()
    expect(page.locator(".rule-card")).to_be_visible()
    assert height(page.locator("[data-columns]")) >= size[1] / 2 - 1
    page.locator(".rule").scroll_into_view_if_needed()
    expect(page.locator(".rule")).to_be_in_viewport()


def test_on_a_phone_choosing_a_point_shows_its_claim(visits: Visits, site: Site) -> None:
    page = visits.open(STORY, size=PHONE)
    expect(row(page, site.points[1])).to_be_hidden()
    page.get_by_role("heading", name="Points of comparison").click(force=True)
    row(page, site.points[2]).click()
    expect(row(page, site.points[1])).to_be_hidden()  # the list has closed again
    column = page.locator("[data-tab-open]")
    expect(column.locator('mark[data-state="on"]').first).to_be_in_viewport()
    expect(column.locator("[data-cell]")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Previous")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Previous").click()
    expect(page).to_have_url(re.compile(rf"point={site.points[1]}$"))
    expect(page.get_by_role("link", name="Next")).to_be_in_viewport(ratio=1)
    expect(column.locator("[data-cell]")).to_contain_text("denied")


def test_on_a_phone_the_evidence_is_a_sheet_without_a_sideways_scroll(
    visits: Visits, site: Site
) -> None:
    page = visits.open(f"{STORY}?point={site.points[0]}", size=PHONE)
    expect(page.locator(".evidence-body")).to_be_hidden()
    fold(page, "evidence").click()
    page.locator("[data-rule] summary").click()
    table = page.locator(".rule-card .scroll-x")
    table.scroll_into_view_if_needed()
    expect(table).to_be_in_viewport()
    assert table.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    expect(page.locator("[data-tabs]")).to_be_in_viewport()
    page.reload()
    expect(page.locator(".evidence-body")).to_be_hidden()  # on a phone a fold is no setting


def test_key_hints_need_scripts(visits: Visits, site: Site) -> None:
    path = f"{STORY}?point={site.points[1]}"
    expect(visits.open(path).locator(".steps kbd").first).to_be_visible()
    plain = visits.open(path, java_script_enabled=False)
    expect(plain.locator(".steps a")).to_have_count(2)
    for hint in plain.locator(".steps kbd").all():
        expect(hint).to_be_hidden()


def test_the_icon_is_a_file(visits: Visits, site: Site) -> None:
    for path, person in (("/sign-in/", None), (STORY, "editor")):
        page = visits.open(path, person=person)
        address = page.locator('link[rel="icon"]').get_attribute("href") or ""
        assert page.request.get(site.url(address)).headers["content-type"] == "image/svg+xml"
