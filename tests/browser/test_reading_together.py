"""Reading the columns together: one line for all, focus, widths, search, what was read."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.seed_reading import FACTS

# Presses j, waits for the next frame, and measures: what each column shows of the chosen point.
CHOOSE = """async () => {
  const before = scrollY;
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true}));
  await new Promise((drawn) => requestAnimationFrame(drawn));
  return {moved: scrollY - before, ...measure()};
}"""
MEASURE = """window.measure = () => {
  const line = document.querySelector("[data-reading-line]").getBoundingClientRect().top;
  const columns = [...document.querySelectorAll("[data-article]")].map((column) => {
    const frame = column.querySelector("[data-column-text]").getBoundingClientRect();
    const marks = [...column.querySelectorAll('mark[data-state="on"]')];
    const off = marks.map((mark) => Math.abs(mark.getClientRects()[0].top - line));
    const seen = marks.some((mark) => {
      const box = mark.getClientRects()[0];
      return box.top >= frame.top && box.bottom <= frame.bottom;
    });
    return {off: off.length ? Math.min(...off) : null, seen};
  });
  return {columns};
};
null"""
# Copies the first text from its first to its last open paragraph: how many between are folded, what
# was copied, and what it should be.
COPY = """() => {
  const all = [...document.querySelector("[data-column-text]").querySelectorAll("[data-start]")];
  const open = all.filter((block) => !block.hidden);
  const blocks = all.slice(all.indexOf(open[0]), all.indexOf(open.at(-1)) + 1);
  getSelection().setBaseAndExtent(open[0], 0, open.at(-1), open.at(-1).childNodes.length);
  let copied = "";
  addEventListener("copy", ({clipboardData}) => {
    copied = clipboardData.getData("text/plain");
  }, {once: true});
  document.execCommand("copy");
  getSelection().removeAllRanges();
  const whole = blocks.map((block) => block.textContent).join("\\n\\n");
  return [blocks.length - open.length, copied, whole];
}"""


def choose(page: Page) -> dict[str, Any]:
    """Go to the next point by key, and say where its claims stand one frame later."""
    measured: dict[str, Any] = page.evaluate(CHOOSE)
    assert measured["moved"] == 0
    for column in measured["columns"]:
        assert column["off"] is None or (column["off"] <= 40 and column["seen"]), measured
    return measured


@pytest.mark.parametrize("reports", [3, 6])
def test_every_choice_brings_all_claims_to_one_line(visits: Visits, reports: int) -> None:
    page = visits.open(f"/stories/align-{reports}/", size=(1600, 900))
    page.evaluate(MEASURE)
    rows = page.locator("[data-point-list] [data-point]")
    assert rows.count() == FACTS
    page.locator("[data-point]").nth(1).click()
    page.keyboard.press("k")  # to the first: it stands at the start of one text, at another's end
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.wait_for_load_state("networkidle")
    first = page.evaluate("measure()")
    assert all(column["off"] <= 40 and column["seen"] for column in first["columns"]), first
    silent = 0
    for _ in range(1, FACTS):
        measured = choose(page)
        own = sum(column["off"] is None for column in measured["columns"])
        expect(page.locator("[data-cell] .cell-silent")).to_have_count(own)
        silent += own
    assert silent == (3 if reports == 6 else 0)


def test_the_line_holds_in_focus_mode_and_in_other_widths(visits: Visits) -> None:
    page = visits.open("/stories/align-3/?focus=fold")
    page.evaluate(MEASURE)
    folded = page.locator("[data-folded-line]").first
    expect(folded).to_have_text(re.compile(r"^\d+ paragraphs?$"))
    choose(page)
    page.keyboard.press("l")
    page.keyboard.press("w")
    expect(page).to_have_url(re.compile(r"focus=fold.*widths=\d+:\d+|widths=\d+:\d+.*focus=fold"))
    wide = page.locator("[data-article]").first.bounding_box()
    edge = page.locator("[data-resize]").first.bounding_box()
    assert wide is not None
    assert edge is not None
    page.mouse.move(edge["x"] + 4, edge["y"] + 200)
    page.mouse.down()
    page.mouse.move(edge["x"] - 56, edge["y"] + 200)
    page.mouse.up()
    width = page.locator("[data-article]").first.bounding_box()
    choose(page)
    expect(page).to_have_url(re.compile(r"point=\d+&.*widths="))  # asked for with the same layout
    page.reload()
    again = page.locator("[data-article]").first.bounding_box()
    assert width is not None
    assert again is not None
    assert abs(wide["width"] - 60 - width["width"]) < 2
    assert abs(again["width"] - width["width"]) < 2

    # folded words are opened by a click, and copied though they are folded
    hidden = page.locator("[data-column-text]").first.locator('[hidden="until-found"]')
    before = hidden.count()
    between, copied, whole = page.evaluate(COPY)
    assert between > 0
    assert copied == whole
    page.locator("[data-folded-line]").first.click()
    assert hidden.count() < before
    page.keyboard.press("f")
    expect(page.locator("[data-folded-line]")).to_have_count(0)
    expect(page.locator("[data-story]")).not_to_have_attribute("data-focus", "fold")
    expect(page).not_to_have_url(re.compile("focus="))


def test_words_are_found_in_all_columns(visits: Visits) -> None:
    page = visits.open("/stories/align-3/")
    base = page.locator("[data-article]").first.get_attribute("data-article")
    page.goto(f"{page.url.split('?')[0]}?base={base}")
    text = """() => [...document.querySelectorAll("[data-start]")].map(
      (block) => block.innerHTML).join("")"""
    before = page.evaluate(text)
    page.keyboard.press("/")
    page.keyboard.type("HÓUSES in street 4")  # case and accents do not count
    count = page.locator("[data-find-count]")
    expect(count).to_have_text("Match 1 of 3 · Reader 1: 1")  # not "Base", which stands beside
    page.keyboard.press("Enter")
    expect(count).to_contain_text("Match 2 of 3")
    expect(count).to_contain_text("Reader 2")
    assert page.evaluate("[...CSS.highlights.get('found-now')].map(String)") == [
        "houses in street 4"
    ]
    page.keyboard.press("Shift+Enter")
    expect(count).to_contain_text("Match 1 of 3")
    # across the border of a highlight
    page.locator("[data-find-words]").fill("flooded. The neighbours")
    expect(count).to_contain_text(re.compile(r"Match 1 of \d"))
    page.keyboard.press("Escape")
    expect(page.locator("[data-find]")).to_be_hidden()
    assert page.evaluate(text) == before
    page.keyboard.press("j")  # letters are keys again
    expect(page.locator("[data-connect] path")).to_have_count(2)
    tops = """() => [...document.querySelectorAll("[data-column-text]")].map(
      (text) => Math.round(text.scrollTop))"""
    read = page.evaluate(tops)
    page.keyboard.press("/")
    page.locator("[data-find-words]").fill("houses in street 8")
    expect(count).to_contain_text("Match 1 of")
    assert page.evaluate(tops) != read
    expect(page.locator("[data-connect] path")).to_have_count(1)  # only between claims in view
    page.keyboard.press("Escape")  # what was only looked up is left where it was
    assert page.evaluate(tops) == read
    expect(page.locator("[data-connect] path")).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")  # what was walked to stays
    walked = page.evaluate(tops)
    assert walked != read
    page.keyboard.press("f")  # the chosen point comes to the line again
    expect(page.locator("[data-connect] path")).to_have_count(2)
    marks = """() => [...document.querySelectorAll('mark[data-state="on"]')].map(
      (mark) => mark.getClientRects()[0].top)"""
    lit = page.evaluate(marks)
    assert max(lit) - min(lit) < 40, lit


def test_flags_come_gravest_first_and_what_was_looked_at_is_told(visits: Visits) -> None:
    page = visits.open("/stories/port/")
    page.keyboard.press("j")
    page.keyboard.press("]")
    first = page.locator("[data-point-list] [data-point]").first
    expect(first).to_have_attribute("aria-current", "true")
    expect(first).to_have_attribute("data-worst", re.compile("high|medium|low"))
    expect(first.locator("[data-point-looked]")).to_have_text("Looked at")  # after a moment
    expect(page.locator("[data-looked-line]")).to_contain_text("1 of 3 looked at")
    page.locator("[data-looked-line] button").click()
    expect(page.locator("[data-point-looked]")).to_have_count(0)


def test_the_rail_leads_to_a_claim_and_a_pointer_lights_its_partners(visits: Visits) -> None:
    page = visits.open("/stories/align-3/")
    tick = page.locator("[data-rail]").first.locator(".ticks-tick").last
    mark = page.locator("[data-column-text]").first.locator("mark").last
    expect(mark).not_to_be_in_viewport()
    tick.click()
    expect(mark).to_be_in_viewport()
    mark.hover()
    expect(page.locator("mark[data-near]")).to_have_count(3)
    page.mouse.move(0, 0)
    expect(page.locator("mark[data-near]")).to_have_count(0)


def test_connectors_and_what_was_read_follow_a_scroll_by_hand(visits: Visits) -> None:
    page = visits.open("/stories/align-3/")
    connectors, read = page.locator("[data-connect] path"), page.locator("[data-read]")
    expect(read).to_have_count(3)
    page.keyboard.press("l")  # makes a frame pass
    expect(connectors).to_have_count(0)  # no point was chosen
    page.keyboard.press("j")
    expect(connectors).to_have_count(2)
    drawn = connectors.first.get_attribute("d") or ""
    expect(read.first).to_have_attribute("aria-valuenow", "0")  # no hand has scrolled
    page.locator("[data-column-text]").first.hover()
    page.mouse.wheel(0, 60)
    expect(connectors.first).not_to_have_attribute("d", drawn)
    expect(connectors).to_have_count(2)
    expect(read.first).not_to_have_attribute("aria-valuenow", "0")
    share = read.first.get_attribute("aria-valuenow") or ""
    page.reload()
    expect(read.first).to_have_attribute("aria-valuenow", share)
    expect(read.nth(1)).to_have_attribute("aria-valuenow", "0")
