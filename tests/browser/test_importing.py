"""Importing in a browser, by each way in: from what came in over the preview to the report."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from config import demo_story
from tests import net
from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations

STORY = f"/stories/{demo_story.SLUG}/"
REPORT = Path(__file__).resolve().parents[2] / "fixtures/try/tokyo-desk.txt"
AT_WORK = 60_000  # milliseconds that the worker may take
SAID = "The council met on Monday and closed the bridge. Nobody was hurt, the mayor said. " * 8
PASTE = """([field, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  const told = {clipboardData: data, bubbles: true, cancelable: true};
  field.dispatchEvent(new ClipboardEvent("paste", told));
}"""
COPIED = """<style>p { color: red }</style><div style="color: red">
<h2 onclick="x()">The bridge</h2>
<p>Closed, <a href="https://paper.example/a" onclick="x()">the mayor</a> said.</p>
<img src="https://paper.example/i.png" onerror="x()"><ul><li>one</li></ul><script>x()</script>
</div>"""


def begun(visits: Visits, way: str, story: str = "empty", **options: Any) -> Page:
    """The form with one way in chosen."""
    page = visits.open(f"/import/?story={story}", person="admin", **options)
    page.get_by_role("radio", name=way).check()
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Read and show what will happen").click()


def say_for_all(page: Page, source: str) -> None:
    page.get_by_text("What holds for all of them").click()
    page.get_by_label("Source").fill(source)
    page.get_by_label("Published on").fill("2024-10-31")


def named(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def zipped(*files: tuple[str, str]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, text in files:
            archive.writestr(name, text)
    return into.getvalue()


def row(page: Page, title: str) -> Any:
    return page.locator("[data-import-item]").filter(has_text=title)


def test_a_pasted_report_appears_beside_the_others_and_is_matched(visits: Visits) -> None:
    page = visits.open(STORY, person="admin")
    expect(page.locator("[data-article]")).to_have_count(5)
    # the demo story was compared by the worker, perhaps only just now: the page shows it by itself
    expect(page.locator("[data-point]").first).to_be_visible(timeout=AT_WORK)
    expect(page.locator("#freshness .spinner")).to_have_count(0, timeout=AT_WORK)

    page.get_by_role("link", name="Import a report").click()
    page.get_by_label("The report's text", exact=True).fill(REPORT.read_text())
    send(page)
    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("About 15,000 North Korean", timeout=AT_WORK)
    expect(page.locator('[data-warning="no_source"]')).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Import this report").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Source").fill("Tokyo desk")
    page.get_by_label("Published on").fill("2024-10-31")
    page.get_by_label("At", exact=True).fill("12:00")
    page.get_by_label("Time zone").fill("Asia/Tokyo")
    page.get_by_role("button", name="Import this report").click()

    page.get_by_role("link", name="Open the story").click(timeout=AT_WORK)
    sixth = page.locator("[data-article]").filter(has_text="Tokyo desk")
    expect(sixth).to_have_count(1)
    expect(sixth.locator("mark[data-points]").first).to_be_attached(timeout=AT_WORK)
    visits.complaints.clear()  # the browser notes the 422 itself


def test_what_is_pasted_from_a_page_keeps_headings_and_links(visits: Visits) -> None:
    page = begun(visits, "Paste")
    field = page.get_by_label("The report's text", exact=True)
    for _ in range(2):  # back to plain text, and again
        page.evaluate(PASTE, [field.element_handle(), COPIED])
        editor = page.get_by_role("textbox", name="with headings and links")
        expect(editor).to_be_focused()
        expect(editor.get_by_role("link", name="the mayor")).to_be_visible()
        assert violations(page) == []
        shown = editor.inner_html()
        assert not re.search("onclick|style|script|img|color", shown)
        page.get_by_role("button", name="Make it plain text").click()
        expect(field).to_have_value(re.compile("^The bridge\n"))
        field.fill("")
    page.evaluate(PASTE, [field.element_handle(), COPIED])
    send(page)
    preview = page.locator("[data-preview]")
    expect(preview.locator("li")).to_have_text("one", timeout=AT_WORK)
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("heading", name="Done: nothing was stored")).to_be_visible()


def test_files_are_shown_mended_stored_and_reported(visits: Visits) -> None:
    page = begun(visits, "Files", story="single")
    files = [
        named("bridge.html", f"<title>Bridge</title><h1>Bridge</h1><p>{SAID}</p>".encode()),
        named("two.zip", zipped(("one.txt", f"One. {SAID[:200]}"), ("two.md", f"# Two\n\n{SAID}"))),
        named("broken.pdf", b"%PDF-1.4 and no more"),
        named("table.exe", b"MZ"),
    ]
    page.locator("#id_uploads").set_input_files(files)
    expect(page.locator("[data-chosen] .is-wrong")).to_have_text(re.compile("table.exe"))
    page.locator("#id_uploads").set_input_files(files[:3])
    say_for_all(page, "The Post")
    send(page)
    page.locator(".items").wait_for(timeout=AT_WORK)
    page.get_by_role("link", name="All 4").click()
    assert violations(page) == []

    row(page, "broken.pdf").get_by_role("link", name="broken.pdf").click()
    expect(page.locator("[data-reason]")).to_contain_text("damaged or cut off")
    assert violations(page) == []
    page.get_by_label("The report's text").fill(f"The mended report. {SAID[:300]}")
    page.get_by_role("button", name="Take this text").click()
    page.locator(".items").wait_for(timeout=AT_WORK)

    page.get_by_role("link", name="All 4").click()
    row(page, "bridge.html").locator(".item-title a").click()
    expect(page.locator("[data-preview]")).to_contain_text("closed the bridge")
    page.keyboard.press("j")
    page.wait_for_url(re.compile(r"/items/\d+/$"))
    page.keyboard.press("k")
    expect(page.locator("[data-preview]")).to_contain_text("closed the bridge")
    page.get_by_role("link", name="The whole import").click()

    row(page, "bridge.html").get_by_role("checkbox").check()
    page.get_by_text("Set source and time of several").click()
    page.get_by_label("Source", exact=True).fill("The Courier")
    assert violations(page) == []
    page.keyboard.press("Enter")  # what was typed is set; nothing is stored by it
    expect(row(page, "bridge.html")).to_contain_text("The Courier")
    expect(row(page, "two.md")).to_contain_text("The Post")

    page.get_by_label("All on this page").check()
    expect(page.locator("[data-chosen-number]")).to_have_text(re.compile(r"^\d chosen$"))
    page.locator("[data-import-confirm-all]").click()
    page.get_by_role("link", name="All 4").wait_for(timeout=AT_WORK)
    expect(page.locator(".item-state a").first).to_be_visible()
    assert violations(page) == []


def test_addresses_are_fetched_a_failure_tried_again_and_the_rest_cancelled(
    visits: Visits, internet: net.Loopback
) -> None:
    page_at = "https://news.example/bridge"
    internet.put(page_at, f"<title>Bridge</title><article><p>{SAID}</p></article>")
    page = begun(visits, "Addresses")
    page.get_by_label("Addresses, one a line").fill(f"{page_at}\nhttps://news.example/late")
    send(page)
    failed = row(page, "https://news.example/late")
    page.get_by_role("link", name="All 2").click(timeout=AT_WORK)
    expect(failed).to_contain_text("The site has nothing at this address", timeout=AT_WORK)
    internet.put("https://news.example/late", f"<title>Late</title><p>{SAID}</p>")
    failed.get_by_role("checkbox").check()
    page.get_by_role("button", name="Try the chosen again").click()
    expect(page.get_by_role("heading", name="2 reports wait for you")).to_be_visible(
        timeout=AT_WORK
    )
    page.reload()
    page.get_by_role("button", name="Cancel this import").click()
    expect(page.get_by_role("heading", name="Cancelled", exact=True)).to_be_visible()
    expect(page.locator('[data-status-is="cancelled"]')).to_have_count(2)
    assert violations(page) == []


def test_a_tables_columns_are_chosen_and_remembered(visits: Visits) -> None:
    rows = f'The Post,First,"{SAID}"\nThe Times,Second,"No {SAID}"\n'
    table = f"Paper,Head,Words\n{rows}".encode()
    for remembered in (0, 1):
        page = begun(visits, "Table", size=(390, 800), color_scheme="dark")
        page.locator("#id_table").set_input_files(named("table.csv", table))
        say_for_all(page, "")
        send(page)
        expect(page.locator("[data-import-columns]")).to_be_visible(timeout=AT_WORK)
        expect(page.locator("[data-remembered]")).to_have_count(remembered)
        assert violations(page) == []
        if not remembered:
            for head, field in (("Paper", "source"), ("Head", "title"), ("Words", "text")):
                page.get_by_label(head, exact=True).select_option(field)
        page.get_by_role("button", name="Read the rows").click()
        expect(row(page, "First")).to_contain_text("The Post", timeout=AT_WORK)
        page.get_by_role("button", name="Cancel this import").click()


def test_without_scripts_an_import_is_begun_followed_and_confirmed(visits: Visits) -> None:
    page = begun(visits, "Paste", java_script_enabled=False)
    page.get_by_label("The report's text", exact=True).fill(SAID)
    say_for_all(page, "The Courier")
    send(page)
    preview = page.locator("[data-preview]")  # the page loads itself anew until it is there
    expect(preview).to_contain_text("closed the bridge", timeout=AT_WORK)
    page.get_by_role("button", name="Import this report").click()
    expect(page.get_by_role("heading", name="Done: 1 report stored")).to_be_visible(timeout=AT_WORK)


def test_a_form_without_a_text_says_so_and_keeps_what_was_typed(visits: Visits) -> None:
    page = begun(visits, "Paste", size=(320, 800))
    say_for_all(page, "Kept")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_text("What holds for all of them").click()
    expect(page.get_by_label("Source")).to_have_value("Kept")
    assert violations(page) == []
    visits.complaints.clear()  # the browser notes the 422 itself


def test_without_a_right_to_import_there_is_no_link(visits: Visits) -> None:
    page = visits.open(STORY, person="editor")
    expect(page.get_by_role("link", name="Import")).to_have_count(0)
