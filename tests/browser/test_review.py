"""The review queue: by mouse, by keyboard alone, without scripts."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits


def queue(name: str) -> str:
    return f"/review/?story=decide-{name}"


def rows(page: Page) -> Locator:
    return page.locator("[data-queue-row]")


# Undoes the first flag's decision the moment that it stands in the page.
AT_ONCE = """() => { let undone = false;
  new MutationObserver(() => {
    const row = document.querySelector("[data-queue-row]");
    if (undone || row?.dataset.flagStatus !== "confirmed") return;
    undone = true;
    row.querySelector('[data-action="undo"]').click();
  }).observe(document.body, { childList: true, subtree: true, attributes: true }); }"""


def test_an_answer_can_be_acted_on_the_moment_it_stands_there(visits: Visits) -> None:
    page = visits.open(queue("queue-mouse"))
    page.evaluate(AT_ONCE)
    with page.expect_request("**/undo/") as asked:
        page.keyboard.press("c")
    assert not asked.value.is_navigation_request()
    expect(rows(page).first).to_have_attribute("data-flag-status", "open")


def test_the_queue_by_keyboard_alone(visits: Visits) -> None:
    page = visits.open(queue("queue-keys"))
    first, second = rows(page).all()
    expect(first).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(second).to_have_attribute("aria-current", "true")
    expect(second.locator("[data-queue-open]")).to_be_focused()
    page.keyboard.press("c")
    expect(second).to_have_attribute("data-flag-status", "confirmed")
    expect(second.locator("[data-queue-open]")).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_have_attribute("aria-current", "true")
    page.keyboard.press("d")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-flag-status", "dismissed")
    page.keyboard.press("u")
    expect(first).to_have_attribute("data-flag-status", "open")
    expect(second).to_have_attribute("data-flag-status", "confirmed")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/decide-queue-keys/**")
    expect(page.locator("[data-discrepancy][aria-current]")).to_have_attribute(
        "data-flag-status", "confirmed"
    )


def test_the_queue_by_mouse(visits: Visits) -> None:
    page = visits.open("/review/")
    page.get_by_label("Story").select_option("decide-queue-mouse")
    page.get_by_label("Kind").select_option("quantity")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/review/?story=decide-queue-mouse&kind=quantity")
    row = rows(page).first
    expect(rows(page)).to_have_count(1)
    expect(row).to_contain_text("≈ 1,000")
    before = int(page.locator("#review-count .count").inner_text())
    row.locator('[data-action="confirm"]').click()
    expect(row).to_have_attribute("data-flag-status", "confirmed")
    expect(page.locator("#review-count .count")).to_have_text(str(before - 1))
    row.locator('[data-action="undo"]').click()
    expect(row).to_have_attribute("data-flag-status", "open")
    expect(page.locator("#review-count .count")).to_have_text(str(before))


def test_the_queue_without_scripts(visits: Visits) -> None:
    page = visits.open(queue("queue-plain"), java_script_enabled=False)
    expect(rows(page)).to_have_count(2)
    rows(page).first.locator('[data-action="confirm"]').click()
    just = page.get_by_role("list", name="Decided just now").locator("[data-queue-row]")
    expect(just).to_have_attribute("data-flag-status", "confirmed")
    expect(page.get_by_role("list", name="Open flags").locator("[data-queue-row]")).to_have_count(1)
    just.locator('[data-action="undo"]').click()
    expect(page.get_by_role("list", name="Open flags").locator("[data-queue-row]")).to_have_count(2)
