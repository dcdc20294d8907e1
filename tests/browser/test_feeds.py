"""A feed in a browser: added, polled by the worker, its entry sent to a story and stored there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations
from tests.net import Answer, Loopback

FEED = "https://feeds.example/browser"
PAGE = "https://news.example/browser-quay"
WORKED = 40_000  # milliseconds that the worker may take
TEXT = "".join(
    f"<p>Pilots counted {number} ships in the outer harbour on Tuesday, the office said.</p>"
    for number in range(20, 40)
)


@pytest.fixture
def news(internet: Loopback) -> Loopback:
    """A site with a feed of one entry, whose page holds the report."""
    link = f"<link rel='alternate' type='application/rss+xml' title='All news' href='{FEED}'>"
    internet.put("https://news.example/", f"<!doctype html><html><head>{link}</head><p>News")
    internet.put(PAGE, f"<html lang='en'><title>Ships wait</title><article>{TEXT}</article>")
    items = "".join(
        f"<item><title>{title}</title><link>{address}</link>"
        "<pubDate>Tue, 22 Oct 2024 09:00:00 GMT</pubDate></item>"
        for title, address in (("Ships wait outside", PAGE), ("Chess club meets", f"{PAGE}-2"))
    )
    head = "<rss version='2.0'><channel><title>Browser news</title>"
    internet.put(FEED, Answer(f"{head}{items}</channel></rss>", "application/rss+xml"))
    return internet


def test_from_a_sites_address_to_the_report_in_its_story(visits: Visits, news: Loopback) -> None:
    page = visits.open("/feeds/", person="admin")
    page.get_by_label("Address of a feed or of a site").fill("news.example")
    page.get_by_role("button", name="Try it").click()
    offered = page.get_by_role("button", name="Try this one")
    expect(offered).to_be_visible(timeout=WORKED)
    assert violations(page) == []
    offered.click()
    expect(page.locator(".feed-preview li")).to_have_count(2, timeout=WORKED)
    assert violations(page) == []
    page.get_by_role("button", name="Poll this feed").click()
    row = page.locator("[data-feed]").filter(has_text="Browser news")
    expect(row).to_contain_text("2 entries, 2 of them new.", timeout=WORKED)
    assert violations(page) == []

    page.goto(page.url.replace("/feeds/", "/inbox/"))
    for _step in range(8):  # to the entry, past what else is in the inbox
        page.keyboard.press("j")
        if page.locator("[data-entry][aria-current]").filter(has_text="Ships wait").count():
            break
    entry = page.locator("[data-entry]").filter(has_text="Ships wait outside")
    expect(entry).to_have_attribute("aria-current", "true")
    entry.get_by_label("Story").select_option(label="A story for feeds")
    entry.focus()
    page.keyboard.press("s")
    expect(entry).to_have_attribute("data-entry-status", "sent")
    expect(entry.get_by_role("link", name="Open the report")).to_be_visible(timeout=WORKED)
    assert violations(page) == []

    other = page.locator("[data-entry]").filter(has_text="Chess club meets")
    other.focus()
    page.keyboard.press("x")
    expect(other).to_have_attribute("data-entry-status", "dismissed")
    page.keyboard.press("u")
    expect(other).to_have_attribute("data-entry-status", "new")

    entry.get_by_role("link", name="Open the report").click()
    expect(page.locator(".article-body")).to_contain_text("Pilots counted 20 ships")
