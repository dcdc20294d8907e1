"""Axe finds nothing: on every page, light and dark, wide and narrow, in every state."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
# Of many columns the first eight: the others are alike, and axe takes a second for each of them.
RUN = """async (only) => {
  const options = only ? {runOnly: only} : {rules: {"target-size": {enabled: true}}};
  const columns = [["[data-article]:nth-of-type(n + 9)"]];
  const result = await axe.run({exclude: columns}, {...options, resultTypes: ["violations"]});
  return result.violations.map((found) =>
    `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
PAGES = {
    "sign-in": ("/sign-in/", None),
    "stories": ("/", "editor"),
    "stories-none": ("/?q=nothing+like+it", "editor"),
    "tour": ("/tour/", "reader"),
    "story": ("/stories/port/", "editor"),
    "layout": ("/stories/port/?colour=verdict&verdict=conflict", "editor"),
    "shells": ("/stories/thirty/?colour=source", "editor"),
    "empty-story": ("/stories/empty/", "admin"),
    "one-report": ("/stories/single/", "editor"),
    "waiting": ("/stories/waiting/", "editor"),
    "new-story": ("/new-story/", "editor"),
    "forgotten-password": ("/password/forgotten/", None),
    "thorough": ("/stories/doubt/?mode=thorough", "editor"),
    "matrix": ("/stories/copied/matrix/", "editor"),
    "timeline": ("/stories/port/timeline/", "editor"),
    "draft": ("/stories/drafted/draft/?point=1", "editor"),
    "draft-edit": ("/stories/drafted/draft/?edit=1", "editor"),
    "draft-empty": ("/stories/drafted/draft/", "reader"),
    "draft-column": ("/stories/drafted/?draft=1", "editor"),
    "origins": ("/stories/copied/origins/", "editor"),
    "report": ("/stories/port/report/?status=open&status=confirmed", "editor"),
    "report-shared": ("/stories/single/report/?for=sharing", "editor"),
    "review": ("/review/?story=port", "editor"),
    "review-thorough": ("/review/?story=doubt&mode=thorough", "editor"),
    "inbox": ("/inbox/?status=all", "editor"),
    "feeds": ("/feeds/", "admin"),
    "preferences": ("/preferences/", "editor"),
    "import": ("/import/", "admin"),
    "reports": ("/stories/port/reports/", "admin"),
}


def violations(page: Page) -> list[str]:
    """What axe finds. Evaluated, not put in as a script: the page keeps its policy."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN)
    return found


# What depends on colours; all else is the same in every look of a size.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}


def violations_of_all_looks(page: Page) -> list[str]:
    """What axe finds at both widths in each look, with one load: loading is what takes long."""
    found = []
    page.evaluate(AXE)
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for look, media in LOOKS.items():
            page.emulate_media(**{"forced_colors": "none", "reduced_motion": "reduce", **media})
            only = None if look == "light" else OF_COLOURS
            found += [f"{width}, {look}: {one}" for one in page.evaluate(RUN, only)]
    return found


# states that a person makes, each scheme and each size once
WINDOWS = [("light", 1440), ("dark", 320)]


@pytest.fixture(params=WINDOWS, ids=["light-1440", "dark-320"])
def window(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def scheme(window: tuple[str, int]) -> Any:
    return window[0]


@pytest.fixture
def size(window: tuple[str, int]) -> tuple[int, int]:
    return window[1], 800


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, visits: Visits) -> None:
    path, person = PAGES[name]
    page = visits.open(path, person=person)
    expect(page.locator("main")).to_be_visible()
    if name == "timeline":
        page.evaluate(OPEN_ALL)  # its tables
    assert violations_of_all_looks(page) == []
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [320, 320]


# What must have a border or a line where the few colours of the person replace ours.
DRAWN = """() => [".button", ".chip", ".notice", "input", "select", "[data-cell]"]
  .flatMap((rule) => [...document.querySelectorAll(rule)])
  .filter((node) => node.checkVisibility() && !node.matches(".plain, [type=hidden], [type=radio]"))
  .filter((node) => {
    const style = getComputedStyle(node);
    return !["top", "bottom", "inline-start"].some((side) =>
      parseFloat(style.getPropertyValue(`border-${side}-width`)));
  }).map((node) => node.outerHTML.slice(0, 100))"""
LIT = """() => [...document.querySelectorAll("mark[data-points]")].map((mark) => {
  const style = getComputedStyle(mark);
  return [style.textDecorationLine, mark.dataset.state ?? "", style.backgroundColor];
})"""


@pytest.mark.parametrize("name", ["story", "stories", "review", "preferences"])
def test_in_forced_colours_lines_tell_what_colours_told(name: str, visits: Visits) -> None:
    path, person = PAGES[name]
    page = visits.open(path, person=person, forced_colors="active")
    assert violations(page) == []
    assert page.evaluate(DRAWN) == []
    marks = page.evaluate(LIT)
    assert {line for line, _state, _ground in marks} <= {"underline"}
    if name == "story":
        grounds = [{ground for _, state, ground in marks if state == lit} for lit in ("on", "")]
        assert grounds[0].isdisjoint(grounds[1])
        assert all(grounds)


def test_article(scheme: Any, size: tuple[int, int], visits: Visits, site: Site) -> None:
    page = visits.open(f"/articles/{site.renewed}/", size=size, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


def test_changes(scheme: Any, size: tuple[int, int], visits: Visits, site: Site) -> None:
    path = f"/articles/{site.renewed}/changes/?from=1&to=4"
    page = visits.open(path, size=size, color_scheme=scheme)
    expect(page.locator(".both").first).to_be_visible(visible=size[0] < 720)
    page.locator(".unchanged > summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_tray(scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open("/stories/renewed/tray/", size=size, color_scheme=scheme)
    assert page.locator("[data-waiting]").count()
    assert violations(page) == []
    page.locator('[data-action="pick"]').first.click()
    expect(page.locator(".claim-pick")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["visibility", "erase"])
def test_hiding_a_report(
    name: str, scheme: Any, size: tuple[int, int], visits: Visits, site: Site
) -> None:
    path = f"/articles/{site.article}/{name}/"
    page = visits.open(path, person="admin", size=size, color_scheme=scheme)
    assert violations(page) == []


def test_open_rule_card_and_folded_rail(scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open("/stories/port/", size=size, color_scheme=scheme)
    if page.locator(".evidence-body").is_hidden():  # a sheet at the foot of a narrow window
        page.locator('[data-fold-button="evidence"]').click()
    page.locator("[data-rule] summary").click()
    page.locator(".plot summary").click()
    page.locator('[data-fold-button="points"]').click()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/stories/port/", "/review/", "/preferences/"])
def test_dialog_of_keys(path: str, scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open(path, size=size, color_scheme=scheme)
    page.locator("[data-open-keys]").click()
    assert violations(page) == []


def test_card_of_the_tour(scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open("/stories/port/?tour=on", size=size, color_scheme=scheme)
    expect(page.locator("[data-tour-step]:visible")).to_have_count(1)
    assert violations(page) == []


def test_refused_sign_in(scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open("/sign-in/", person=None, size=size, color_scheme=scheme)
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


def test_axe_would_find_something(visits: Visits) -> None:
    page = visits.open("/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert any("label" in found for found in violations(page))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "reader/story/",
        "reader/story/{story}/change/",
        "reader/user/",
        "reader/membership/add/",
        "claims/ruleswitch/",
        "claims/alias/add/",
    ],
)
def test_administration(
    path: str, scheme: Any, size: tuple[int, int], visits: Visits, site: Site
) -> None:
    address = "/admin/" + path.format(story=site.story)
    page = visits.open(address, person="admin", size=size, color_scheme=scheme)
    assert visits.complaints == []
    assert violations(page) == []
    visits.complaints.clear()  # on Django's pages axe itself meets the policy


@pytest.mark.parametrize("key", ["d", "m"])
def test_form_that_decides(
    key: str, scheme: Any, size: tuple[int, int], visits: Visits, site: Site
) -> None:
    for path in ("/stories/decide-axe/", "/review/?story=decide-axe"):
        page = visits.open(path, size=size, color_scheme=scheme)
        page.keyboard.press(key)
        page.keyboard.press(key)  # on a narrow screen the first shows the folded evidence
        expect(page.locator("[data-decide] details[open]")).to_be_visible()
        assert violations(page) == []


def test_decided_and_refused_flag(scheme: Any, size: tuple[int, int], visits: Visits) -> None:
    page = visits.open("/review/?story=decide-axe", size=size, color_scheme=scheme)
    row = page.locator("[data-queue-row]")
    late = visits.open("/review/?story=decide-axe", size=size, color_scheme=scheme)
    row.locator('[data-action="confirm"]').click()
    expect(row).to_have_attribute("data-flag-status", "confirmed")
    assert violations(page) == []
    late.locator('[data-action="confirm"]').click()
    expect(late.locator("[data-refused]")).to_be_visible()
    assert violations(late) == []
    row.locator('[data-action="undo"]').click()
    expect(row).to_have_attribute("data-flag-status", "open")
    assert violations(page) == []
    visits.complaints.clear()  # the browser notes the 409 itself


@pytest.mark.parametrize("path", ["?show=all", "items/{item}/", "items/{failed_item}/"])
def test_import(path: str, scheme: Any, size: tuple[int, int], visits: Visits, site: Site) -> None:
    address = f"/import/{site.imports['batch']}/{path.format(**site.imports)}"
    page = visits.open(address, person="admin", size=size, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/stories/nowhere/", "/articles/999999/", "/nowhere/"])
def test_not_found(path: str, visits: Visits) -> None:
    page = visits.open(path)
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    assert violations(page) == []
    visits.complaints.clear()  # the browser notes the 404 itself
