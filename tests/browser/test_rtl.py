"""Reports written from right to left, and an interface that is."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.seed_rtl import ARABIC
from tests.browser.site import Site

STORY = "/stories/rtl/"
# Selects some words of the column as a person does, and asks what the page makes of them.
SELECT = """async ([article, words]) => {
  const { fromRange } = await import("/static/js/ranges.js");
  const text = document.querySelector(`[data-article="${article}"] [data-column-text]`);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    return fromRange(text, range);
  }
  return null;
}"""
BEYOND = """() => {
  const seen = (box) => box.width && (box.left < -1 || box.right > innerWidth + 1);
  return [...document.querySelectorAll("main :is(h1, h2, h3, a, button, label, input, td, th)")]
    .filter((node) => seen(node.getBoundingClientRect()))
    .filter((node) => !node.closest(".visually-hidden, dialog, [data-columns], [data-tabs], table"))
    .map((node) => node.outerHTML.slice(0, 120));
}"""


def direction(page: Page, selector: str) -> str:
    """The direction in which what is found there is set."""
    found: str = page.locator(selector).first.evaluate("(node) => getComputedStyle(node).direction")
    return found


def test_a_report_from_right_to_left_is_set_marked_compared_and_selected_as_one(
    visits: Visits, site: Site
) -> None:
    page = visits.open(STORY)
    column = page.locator(f'[data-article="{site.right_to_left}"]')
    mark = column.locator("mark").first
    mark.click()
    expect(mark).to_have_attribute("data-state", "on")
    text = f'[data-article="{site.right_to_left}"] [data-column-text]'
    assert direction(page, f"{text} > [data-start]") == "rtl"
    assert direction(page, f"{text} > h3") == "rtl"
    assert direction(page, ".story-title") == "ltr"
    words, number = mark.bounding_box(), column.locator(".badge").first.bounding_box()
    assert words
    assert number
    assert number["x"] < words["x"]  # behind its claim: to its left
    expect(column.locator("[data-cell]")).to_contain_text("10,000")
    page.locator("[data-rule] summary").click()
    quote = page.locator("[data-inspector] :is(blockquote, q, .quote)[dir]", has_text="جندي").first
    assert quote.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    for chosen in ("10,000 جندي إلى", "Reuters", "يوم 10 أكتوبر لوكالة"):
        target = page.evaluate(SELECT, [site.right_to_left, chosen])
        assert target["exact"] == chosen
        assert ARABIC[target["start"] : target["end"]] == chosen
    for path in (
        f"/articles/{site.right_to_left}/changes/?from=1&to=2",
        f"{STORY}matrix/",
        f"/articles/{site.right_to_left}/",
    ):
        page.goto(site.url(path))
        block = page.locator("main [dir='auto']:visible", has_text="خمسة مواقع").last
        assert block.evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_an_interface_from_right_to_left_is_mirrored_and_cuts_nothing(
    visits: Visits, site: Site
) -> None:
    """No language of the interface is written so yet; the page is told to be."""
    for size in ((1280, 800), (390, 844)):
        page = visits.open(STORY, size=size)
        for path in (STORY, "/", "/review/", "/preferences/", f"{STORY}matrix/"):
            page.goto(site.url(path))
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.evaluate(BEYOND) == [], path
    page = visits.open(STORY)
    page.evaluate("document.documentElement.dir = 'rtl'")
    points = page.locator("[data-point-list]").bounding_box()
    columns = [box.bounding_box() for box in page.locator("[data-article]").all()]
    assert points
    first, second, third = (box["x"] for box in columns if box)
    assert points["x"] > first > second > third
    page.keyboard.press("j")  # what brings the claims to one line works in both directions
    expect(page.locator('mark[data-state="on"]').first).to_be_in_viewport()
