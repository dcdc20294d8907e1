"""Marking and correcting claims in a browser: by mouse, by keys alone, by touch, by two people."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import violations
from tests.browser.test_reading import tab_to

COMPARED = 60_000  # milliseconds that a comparison by the worker may take
PHONE = (390, 844)
DENIAL = "The government denied it."
POINT_AT = """([selector, words]) => {
  const block = [...document.querySelectorAll(`${selector} [data-start]`)]
    .find((element) => element.textContent.includes(words));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  const at = block.textContent.indexOf(words);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const [from, to] = [at - seen, at + words.length - seen];
    if (from >= 0 && from <= node.length) range.setStart(node, from);
    if (to >= 0 && to <= node.length) range.setEnd(node, to);
    seen += node.length;
  }
  return range;
}"""


def opened(visits: Visits, slug: str, person: str = "factchecker", **options: object) -> Page:
    page = visits.open(f"/stories/{slug}/", person=person, **options)
    page.wait_for_load_state("load")  # the keys work once the scripts have run
    return page


def columns(page: Page) -> Locator:
    return page.locator("[data-column-text]")


def form(page: Page) -> Locator:
    return page.locator("[data-claim-form]")


def bar(page: Page) -> Locator:
    return page.locator("[data-selection-bar]")


def quote(page: Page) -> Locator:
    return page.locator("[data-quote]")


def status(page: Page) -> Locator:
    return page.locator("[data-status]")


def drag_over(page: Page, words: str, until: str = "", *, first: int = 0, last: int = 0) -> None:
    """Drag from before the words in one column to behind `until` (or them) in another."""
    boxes = page.evaluate(
        f"""(asked) => asked.map((each) => {{
          const rects = [...({POINT_AT})(each).getClientRects()];
          const [a, b] = [rects[0], rects.at(-1)];
          return [a.left + 1, a.top + a.height / 2, b.right - 1, b.top + b.height / 2];
        }})""",
        [
            [f"[data-article]:nth-child({first + 1})", words],
            [f"[data-article]:nth-child({last + 1})", until or words],
        ],
    )
    page.mouse.move(boxes[0][0], boxes[0][1])
    page.mouse.down()
    page.mouse.move(boxes[1][2], boxes[1][3], steps=6)
    page.mouse.up()


def select_by_script(page: Page, words: str) -> None:
    """What a long press on a touch screen does: a selection without any mouse."""
    page.evaluate(
        f"""(asked) => {{
          const range = ({POINT_AT})(asked);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }}""",
        ["[data-tab-open]", words],
    )


def scrolled(page: Page) -> list[float]:
    tops: list[float] = columns(page).evaluate_all("(all) => all.map((text) => text.scrollTop)")
    return tops


def await_comparison(page: Page) -> None:
    """Until the comparison that a save asked for has come in."""
    expect(page.locator("#freshness .spinner")).to_have_count(0, timeout=COMPARED)


def test_marking_by_mouse(visits: Visits) -> None:
    page = opened(visits, "mouse", size=(1440, 800))
    columns(page).nth(1).evaluate("(text) => text.scrollTo({ top: 40 })")
    before = scrolled(page)
    drag_over(page, DENIAL)
    page.get_by_role("button", name="Mark as claim").click()
    expect(quote(page)).to_have_text(DENIAL)
    expect(page.locator("#claim-title")).to_be_focused()
    assert page.evaluate("CSS.highlights.has('claim')")
    assert violations(page) == []

    page.get_by_label("Certainty").select_option("hedged")
    expect(page.locator('[data-reading="certainty"] [data-own-sign]')).to_be_visible()
    page.locator('[data-reading="certainty"] [data-back]').click()
    expect(page.locator('[data-reading="certainty"] [data-own-sign]')).to_be_hidden()
    page.get_by_label("Certainty").select_option("hedged")
    page.get_by_role("radio", name="Grounds").check()
    page.locator('[data-action="save-claim"]').click()

    expect(form(page)).to_have_count(0)
    expect(status(page)).to_have_text("The claim is marked. The reports are compared again.")
    expect(columns(page).first.get_by_role("img", name="Marked by a person")).to_have_count(1)
    assert scrolled(page) == before
    select_by_click(page)
    before = placed(page)  # the panel makes the columns narrower
    typed = "typed while the reports are compared"
    page.get_by_label("Speaker", exact=True).fill(typed)
    await_comparison(page)
    expect(page.get_by_label("Speaker", exact=True)).to_have_value(typed)
    expect(page.get_by_label("Speaker", exact=True)).to_be_focused()
    expect(columns(page).first.get_by_role("img", name="Marked by a person")).to_have_count(1)
    assert placed(page) == pytest.approx(before, abs=3)


def placed(page: Page) -> list[float]:
    """How far each text's first words stand below its column's edge, with the room above them."""
    where = """(texts) => texts.map((text) => {
      const first = text.querySelector("[data-start]");
      return first.getBoundingClientRect().top - text.getBoundingClientRect().top;
    })"""
    found: list[float] = columns(page).evaluate_all(where)
    return found


def select_by_click(page: Page) -> None:
    """Open another claim's form while the comparison runs."""
    columns(page).nth(2).locator("p").nth(1).dblclick(position={"x": 30, "y": 10})
    page.get_by_role("button", name="Mark as claim").click()
    expect(form(page)).to_be_visible()


def test_a_selection_over_two_reports_is_cut_to_the_first(visits: Visits) -> None:
    page = opened(visits, "port")
    drag_over(page, DENIAL, "five grounds", last=1)
    page.get_by_role("button", name="Mark as claim").click()
    expect(quote(page)).to_have_text(re.compile(r"^The government denied it\.\n\nThey train"))
    expect(quote(page)).to_have_text(re.compile(r"is known\.$"))


def test_marking_and_correcting_by_keyboard_alone(visits: Visits) -> None:
    page = opened(visits, "keys")
    page.keyboard.press("l")
    page.keyboard.press("s")
    expect(status(page)).to_have_text("About 1,000 soldiers are in the port, the ministry said.")
    page.keyboard.press("s")
    expect(status(page)).to_have_text(DENIAL)
    page.keyboard.press("x")
    expect(status(page)).to_contain_text("They train at five grounds.")
    page.keyboard.press("Shift+S")
    expect(status(page)).to_contain_text("About 1,000 soldiers")
    page.keyboard.press("a")
    expect(page.locator("#claim-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form(page)).to_have_count(0)
    assert page.evaluate("String(getSelection())").startswith("About 1,000")
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()

    page.keyboard.press("l")
    page.keyboard.press("s")
    page.keyboard.press("a")
    expect(page.locator("#claim-title")).to_be_focused()
    tab_to(page, "#claim-figure")
    page.keyboard.type("2,500")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("The claim is marked. The reports are compared again.")
    expect(columns(page).nth(1)).to_be_focused()
    await_comparison(page)
    expect(columns(page).nth(1)).to_be_focused()

    # an existing claim: from its number, or from what is already marked in a sentence
    page.keyboard.press("s")
    page.keyboard.press("a")
    tab_to(page, ".claim-here a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Claim", exact=True)).to_be_focused()
    tab_to(page, '[data-action="reject"]')
    page.keyboard.press("Enter")
    expect(form(page)).to_have_count(0)
    expect(status(page)).to_have_text("Rejected.")


def test_the_words_of_a_claim_are_changed_by_a_selection(visits: Visits) -> None:
    page = opened(visits, "port")
    page.get_by_text("Rule and quotes").first.click()
    page.locator("[data-edit-claim]").first.click()
    expect(quote(page)).to_have_text("About 1,000 soldiers are in the port")
    page.locator("#claim-span summary").click()
    drag_over(page, "1,000 soldiers")
    page.get_by_role("button", name="Use the present selection").click()
    expect(quote(page)).to_have_text("1,000 soldiers")
    page.get_by_role("link", name="Cancel").click()
    expect(form(page)).to_have_count(0)
    expect(page.locator("[data-edit-claim]").first).to_be_focused()


def test_marking_by_touch(visits: Visits) -> None:
    page = opened(visits, "touch", size=PHONE, has_touch=True, is_mobile=True)
    select_by_script(page, DENIAL)
    expect(bar(page)).to_be_visible()
    assert violations(page) == []
    box = bar(page).get_by_role("button", name="Mark as claim").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE[1]
    bar(page).get_by_role("button", name="Add the next sentence").tap()
    bar(page).get_by_role("button", name="Mark as claim").tap()
    expect(quote(page)).to_have_text(re.compile(r"denied it\.\n\nThey train at five grounds"))
    page.locator('[data-action="save-claim"]').tap()
    expect(status(page)).to_contain_text("The claim is marked.")

    # without any selecting: the report's own way in
    page.locator(".column-menu summary").first.tap()
    page.locator("[data-mark-here]").first.tap()
    expect(bar(page)).to_be_visible()
    bar(page).get_by_role("button", name="Clear the selection").tap()
    expect(bar(page)).to_be_hidden()


def test_a_second_browser_races_the_first_on_one_claim(visits: Visits) -> None:
    mine, theirs = opened(visits, "race"), opened(visits, "race", "editor")
    for page in (mine, theirs):
        page.get_by_text("Rule and quotes").first.click()
        page.locator("[data-edit-claim]").first.click()
        expect(form(page)).to_be_visible()
    theirs.get_by_label("Figure", exact=True).fill("1,500")
    theirs.locator('[data-action="save-claim"]').click()
    expect(status(theirs)).to_have_text("The claim is saved. The reports are compared again.")

    mine.get_by_label("Figure", exact=True).fill("1,700")
    mine.get_by_label("Of what").fill("sailor")
    mine.locator('[data-action="save-claim"]').click()
    alert = mine.locator("[data-stale]")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("editor has changed this claim")
    expect(mine.locator('[data-side="theirs"]').first).to_contain_text("about 1,500 soldiers")
    expect(mine.locator('[data-side="yours"]').first).to_contain_text("about 1,700 sailors")
    expect(mine.get_by_label("Of what")).to_have_value("sailor")
    assert violations(mine) == []

    mine.get_by_role("button", name="Save mine over theirs").click()
    expect(status(mine)).to_have_text("The claim is saved. The reports are compared again.")
    expect(mine.get_by_role("img", name="Corrected by a person").first).to_be_visible()
    assert [found for found in visits.complaints if "409" not in found] == []
    visits.complaints.clear()  # the browser notes the 409 itself


def test_a_refused_form_says_what_is_wrong_and_where(visits: Visits) -> None:
    page = opened(visits, "port")
    drag_over(page, "About 1,000 soldiers")
    page.get_by_role("button", name="Mark as claim").click()
    page.get_by_label("Figure", exact=True).fill("many")
    page.locator('[data-action="save-claim"]').click()
    expect(page.get_by_role("alert")).to_be_focused()
    field = page.get_by_label("Figure", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("many")
    expect(field).to_have_accessible_description("Write a number in digits, such as 12,000.")
    assert violations(page) == []
    assert [found for found in visits.complaints if "422" not in found] == []
    visits.complaints.clear()  # the browser notes the 422 itself


def test_without_scripts_a_sentence_is_marked_on_pages(visits: Visits) -> None:
    page = visits.open("/stories/plain/", person="factchecker", java_script_enabled=False)
    expect(bar(page)).to_be_hidden()
    page.locator(".column-menu summary").first.click()
    page.locator("[data-mark-here]").first.click()
    page.get_by_label(DENIAL).check()
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("radio", name="Grounds").check()
    page.get_by_role("button", name="Mark the claim").click()
    expect(page.locator('[data-story="plain"]')).to_be_visible()
    expect(page.get_by_role("img", name="Marked by a person")).to_have_count(1)


def test_a_reader_selects_text_as_ever(visits: Visits) -> None:
    page = opened(visits, "port", "reader")
    drag_over(page, DENIAL)
    assert page.evaluate("String(getSelection())").startswith("The government")
    expect(bar(page)).to_have_count(0)
    expect(page.locator("[data-edit-claim], [data-mark-here]")).to_have_count(0)
