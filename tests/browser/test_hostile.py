"""Hostile reports in a browser without a policy: nothing runs, nothing is asked for.

Some payloads by one way in; `make soak` takes all of them by every way.
"""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.test_importing import AT_WORK, begun, named, say_for_all, send
from tests.reader.ingest import made
from tests.reader.ingest.harmless import SUITES, payloads
from tests.soak.chromium import Judge
from tests.soak.ways import page as hostile_page

EACH, OPENED = 15, 1  # payloads of each suite; items and reports that are opened


def test_nothing_hostile_runs_on_any_page(visits: Visits, browser: Browser, site: Site) -> None:
    texts = [text for suite in SUITES for text in payloads(suite, EACH)]
    members = {f"{at}.html": hostile_page(text, at) for at, text in enumerate(texts)}
    page = begun(visits, "Files", story="hostile")
    page.locator("#id_uploads").set_input_files([named("all.zip", made.zipped(members))])
    page.get_by_label("Title of the new story").fill("Hostile reports")
    say_for_all(page, "The Post")
    send(page)
    page.locator(".items").wait_for(timeout=AT_WORK)
    batch = urlsplit(page.url).path
    cookies = {one["name"]: one["value"] for one in visits.people.state("admin")["cookies"]}
    judge = Judge(browser, site.address, ("parallax-session", cookies["parallax-session"]))
    judge.open(f"{batch}?list=1&show=all")
    links = judge.page.locator(".item-title a").evaluate_all("(all) => all.map((a) => a.pathname)")
    for path in links[:OPENED]:
        judge.open(path)
    page.get_by_role("button", name=re.compile("^Import ")).first.click()
    link = page.get_by_role("link", name="Open the story")
    expect(link).to_be_visible(timeout=AT_WORK)
    story = urlsplit(link.get_attribute("href") or "").path
    judge.open(story)
    judge.open(f"{story}reports/")
    links = judge.page.locator("main a").evaluate_all("(all) => all.map((a) => a.pathname)")
    reports = [path for path in dict.fromkeys(links) if re.fullmatch(r"/articles/\d+/", path)]
    assert len(reports) >= EACH
    for path in reports[:OPENED]:
        judge.open(path)
        judge.bodies([judge.page.locator(".article-body").inner_html()])
    judge.close()
    assert judge.offences == []
