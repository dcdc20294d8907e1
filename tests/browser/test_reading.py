"""Reading a story in a browser: by mouse, by keyboard alone, without scripts, as tabs."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site

STORY = "/stories/port/"


def row(page: Page, point: int) -> Locator:
    return page.locator(f'[data-point-list] [data-point="{point}"]')


def lit(page: Page) -> Locator:
    return page.locator('mark[data-state="on"]')


def expect_chosen(page: Page, point: int, verdict: str, cell: str) -> None:
    """The point is chosen everywhere: row, address, marks of all columns, cells, evidence."""
    expect(row(page, point)).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-point-list] [aria-current]")).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"\?point={point}$"))
    expect(lit(page)).to_have_count(5)
    for mark in lit(page).all():
        assert str(point) in (mark.get_attribute("data-points") or "").split()
    expect(page.locator(f'[data-inspector] [data-verdict="{verdict}"]')).to_be_visible()
    expect(page.locator("[data-cell]").first).to_contain_text(cell)


def heights(page: Page) -> list[float]:
    """How high the first lit mark of each column stands."""
    tops: list[float] = page.evaluate(
        """() => [...document.querySelectorAll("[data-article]")].map((column) =>
          column.querySelector('mark[data-state="on"]').getClientRects()[0].top)"""
    )
    return tops


def test_reading_by_mouse(visits: Visits, site: Site) -> None:
    page = visits.open("/?q=Soldiers+in+the+port")
    page.locator('[data-story-row="port"] a').first.click()
    expect(page.locator('[data-story="port"]')).to_be_visible()
    expect(page.locator("[data-article]")).to_have_count(5)
    first, second, third = site.points
    expect(row(page, first)).to_have_attribute("aria-current", "true")

    row(page, second).click()
    expect_chosen(page, second, "agree", "denied")
    expect(page.locator("[data-status]")).to_contain_text("The answer")

    # a click on a highlight chooses its point
    page.locator(f'mark[data-points="{third}"]').first.click()
    expect_chosen(page, third, "refined", "Refined")
    tops = heights(page)
    assert max(tops) - min(tops) < 2, tops

    page.go_back()
    expect_chosen(page, second, "agree", "denied")

    # the number behind a highlight does the same
    page.locator(f'[data-choose="{first}"]').first.click()
    expect_chosen(page, first, "conflict", "≈ 1,000")
    page.locator("[data-rule] summary").click()
    card = page.locator("[data-discrepancy]")
    expect(card).to_contain_text("quantity-intervals")
    expect(card).to_contain_text("About 5,000 soldiers are in the port")
    expect(card).to_contain_text("1,900 to 2,100")
    expect(page.locator("[data-inspector] svg[role=img]")).to_be_visible()


def test_reading_by_keyboard_alone(visits: Visits, site: Site) -> None:
    page = visits.open("/sign-in/", person=None)
    enter_by_keyboard(page)
    first, second, third = site.points

    page.keyboard.press("j")
    expect_chosen(page, second, "agree", "denied")
    page.keyboard.press("j")
    expect_chosen(page, third, "refined", "Refined")
    page.keyboard.press("j")  # there is no fourth one
    expect_chosen(page, third, "refined", "Refined")
    page.keyboard.press("k")
    expect_chosen(page, second, "agree", "denied")

    tab_to(page, f'[data-point="{first}"]')
    page.keyboard.press("Enter")
    expect_chosen(page, first, "conflict", "≈ 1,000")

    # h and l walk from report to report, to the highlight of the chosen point
    page.keyboard.press("l")
    assert focused_report(page) == 0
    page.keyboard.press("l")
    assert focused_report(page) == 1
    page.keyboard.press("h")
    assert focused_report(page) == 0

    tab_to(page, "[data-rule] summary")
    page.keyboard.press("Enter")
    expect(page.get_by_text("a and b differ")).to_be_visible()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-rule] summary")).to_be_focused()


def enter_by_keyboard(page: Page) -> None:
    """Sign in and open the story, without the mouse."""
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("demo-editor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Stories")).to_be_visible()
    tab_to(page, 'input[name="q"]')
    page.keyboard.type("Soldiers in the port")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Soldiers"))
    tab_to(page, '[data-story-row="port"] a')
    page.keyboard.press("Enter")
    expect(page.locator('[data-story="port"]')).to_be_visible()
    page.wait_for_load_state("load")  # the keys work once the scripts have run


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; it must be seen then, under nothing."""
    target = page.locator(selector).first
    for _ in range(150):
        if target.evaluate("(node) => node === document.activeElement"):
            assert target.evaluate(
                """(node) => {
                  const box = node.getClientRects()[0];
                  const top = document.elementFromPoint(
                    box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2);
                  return node.contains(top) || top?.contains(node);
                }"""
            ), f"{selector} has the focus but is hidden"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with Tab")


def focused_report(page: Page) -> int:
    """The place of the report that has the focus."""
    found: int = page.evaluate(
        """() => [...document.querySelectorAll("[data-article]")]
          .findIndex((column) => column.contains(document.activeElement))"""
    )
    return found


def test_panels_fold_and_stay_folded(visits: Visits, site: Site) -> None:
    page = visits.open(STORY)
    wide = page.locator("[data-columns]").bounding_box()
    page.keyboard.press("p")
    page.keyboard.press("e")
    expect(page.locator(".evidence-body")).to_be_hidden()
    expect(page.locator('[data-fold-button="points"]')).to_have_attribute("aria-expanded", "false")
    folded = page.locator("[data-columns]").bounding_box()
    assert wide is not None
    assert folded is not None
    assert folded["width"] > wide["width"]
    assert folded["height"] > wide["height"]

    page.reload()
    expect(page.locator(".evidence-body")).to_be_hidden()
    row(page, site.points[1]).click()  # a folded rail still lets points be chosen
    expect_chosen(page, site.points[1], "agree", "denied")
    expect(page.locator(".evidence-body")).to_be_hidden()
    page.locator('[data-fold-button="evidence"]').click()
    expect(page.locator(".evidence-body")).to_be_visible()


def test_single_letter_keys_can_be_switched_off(visits: Visits, site: Site) -> None:
    page = visits.open(STORY, person="reader")
    page.locator("[data-open-keys]").click()
    keys = page.get_by_role("dialog")
    expect(keys.get_by_text("Side by side, matrix, timeline", exact=True)).to_be_visible()
    assert keys.evaluate("(box) => box.scrollHeight <= box.clientHeight")  # all of it at once
    page.get_by_role("button", name="Switch single-letter keys off").click()
    expect(page.locator('[data-keys="off"]')).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(row(page, site.points[0])).to_have_attribute("aria-current", "true")
    row(page, site.points[1]).focus()
    page.keyboard.press("Enter")
    expect_chosen(page, site.points[1], "agree", "denied")
    page.locator("[data-open-keys]").click()
    page.get_by_role("button", name="Switch single-letter keys on").click()
    expect(page.locator('[data-keys="on"]')).to_have_count(1)
    expect_chosen(page, site.points[1], "agree", "denied")  # back where the person was
    page.keyboard.press("j")
    expect_chosen(page, site.points[2], "refined", "Refined")


def test_a_key_pressed_at_once_does_not_load_the_page_anew(visits: Visits, site: Site) -> None:
    page = visits.open("/preferences/")
    page.add_init_script(
        "const later = setTimeout; window.setTimeout = (act, wait) => later(act, wait ?? 2000);"
    )  # htmx starts late, as it may on a slow machine
    page.goto(site.url("/stories/port/"))
    with page.expect_request(lambda request: "?point=" in request.url) as asked:
        page.keyboard.press("j")
    assert not asked.value.is_navigation_request()


def test_points_are_links_that_work_without_scripts(visits: Visits, site: Site) -> None:
    page = visits.open(STORY, java_script_enabled=False)
    row(page, site.points[1]).click()
    expect(page).to_have_url(re.compile(rf"\?point={site.points[1]}$"))
    expect(row(page, site.points[1])).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-cell]").first).to_contain_text("denied")
    for control in ("[data-open-keys]", "[data-fold-button]"):  # these do nothing without scripts
        for button in page.locator(control).all():
            expect(button).to_be_hidden()


def test_the_text_on_the_page_is_the_stored_text(visits: Visits, site: Site) -> None:
    page = visits.open(STORY)
    blocks = page.evaluate(
        """() => [...document.querySelectorAll("[data-article] [data-start]")].map((block) => [
          block.closest("[data-article]").dataset.article,
          block.dataset.start,
          block.textContent,
        ])"""
    )
    assert len(blocks) == 15
    for article, start, text in blocks:
        stored = site.texts[article]
        assert stored[int(start) : int(start) + len(text)] == text


def test_on_a_narrow_screen_reports_are_tabs(visits: Visits, site: Site) -> None:
    page = visits.open(STORY, size=(390, 844))
    columns = page.locator("[data-article]")
    expect(columns.nth(0)).to_be_visible()
    expect(columns.nth(1)).to_be_hidden()
    page.locator("[data-tab]").nth(1).click()
    expect(columns.nth(0)).to_be_hidden()
    expect(columns.nth(1)).to_be_visible()
    expect(columns.nth(1).locator("[data-cell]")).to_contain_text("≈ 2,000")
    page.locator('[data-fold-button="points"]').click()
    row(page, site.points[1]).click()
    expect(columns.nth(1).locator("[data-cell]")).to_contain_text("denied")


def test_a_server_that_does_not_answer_is_seen_and_said(visits: Visits, site: Site) -> None:
    page = visits.open(STORY)
    page.route("**/*point=*", lambda route: route.abort())
    row(page, site.points[1]).click()
    status = page.locator("[data-status]")
    expect(status).to_be_in_viewport()
    expect(status).to_contain_text("did not answer")
    page.unroute("**/*point=*")
    row(page, site.points[2]).click()
    expect_chosen(page, site.points[2], "refined", "Refined")
    expect(status).to_contain_text("Grounds")
    visits.complaints.clear()  # the browser notes the lost request itself


def test_a_changed_story_waits_until_it_is_asked_for(visits: Visits) -> None:
    page = visits.open(STORY)
    page.clock.install()
    # as if the page were older than the story
    page.route(
        "**/*seen=*",
        lambda route: route.continue_(url=re.sub(r"seen=\d+", "seen=1", route.request.url)),
    )
    page.reload()
    page.clock.fast_forward(16_000)
    expect(page.get_by_role("link", name="Show the new state")).to_be_visible()
    expect(page.locator("[data-status]")).to_contain_text("has changed")
    expect(page.locator("[data-article]")).to_have_count(5)


@pytest.mark.parametrize("width", [320, 390, 720, 1024, 1440])
def test_nothing_sticks_out_sideways(visits: Visits, width: int) -> None:
    for path in ("/", STORY, "/stories/empty/", "/preferences/"):
        page = visits.open(path, size=(width, 800))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_motion_is_reduced_on_request(visits: Visits) -> None:
    page = visits.open("/stories/waiting/", reduced_motion="reduce")
    name = page.locator(".spinner").evaluate("(node) => getComputedStyle(node).animationName")
    assert name == "none"


def test_forced_colours_keep_the_chosen_mark_apart(visits: Visits) -> None:
    page = visits.open(STORY, forced_colors="active")
    colour = "(node) => getComputedStyle(node).backgroundColor"
    chosen = lit(page).first.evaluate(colour)
    other = page.locator("mark:not([data-state])").first.evaluate(colour)
    assert chosen != other
