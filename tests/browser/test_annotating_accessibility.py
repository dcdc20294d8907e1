"""Axe finds nothing while claims are marked and corrected: light and dark, wide and narrow."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.test_accessibility import violations

# each scheme and each size once: what axe sees of colours does not depend on the width
WINDOWS = pytest.mark.parametrize(
    ("scheme", "size"), [("light", (1280, 800)), ("dark", (320, 800))], ids=["light", "dark"]
)


def marking(visits: Visits, scheme: Any, size: tuple[int, int]) -> Page:
    page = visits.open("/stories/port/", person="factchecker", color_scheme=scheme, size=size)
    page.wait_for_load_state("load")
    page.locator(".column-menu summary").first.click()
    page.locator("[data-mark-here]").first.click()
    expect(page.locator("[data-selection-bar]")).to_be_visible()
    return page


@WINDOWS
def test_a_selection_and_the_form_for_it(
    visits: Visits, scheme: Any, size: tuple[int, int]
) -> None:
    page = marking(visits, scheme, size)
    assert violations(page) == []
    page.get_by_role("button", name="Mark as claim").click()
    page.locator("#claim-more summary").click()
    page.get_by_label("A new point").check()
    page.get_by_label("Certainty").select_option("predicted")
    expect(page.locator('[data-reading="certainty"] [data-back]')).to_be_visible()
    assert violations(page) == []


@WINDOWS
def test_pages_for_those_without_scripts(
    visits: Visits, site: Site, scheme: Any, size: tuple[int, int]
) -> None:
    options = {"person": "factchecker", "color_scheme": scheme, "size": size}
    page = visits.open("/stories/port/claims/new/", **options)
    assert violations(page) == []
    page.get_by_label("The government denied it.").check()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("[data-claim-form]")).to_be_visible()
    assert violations(page) == []
    page.locator(".claim-here a").click()
    expect(page.locator("[data-action='reject']")).to_be_visible()
    assert violations(page) == []


def test_a_claim_for_a_reader(visits: Visits) -> None:
    page = visits.open("/stories/port/claims/new/", person="factchecker")
    page.get_by_label("The government denied it.").check()
    page.get_by_role("button", name="Read it").click()
    address = page.locator(".claim-here a").get_attribute("href") or ""
    assert violations(visits.open(address, person="reader")) == []
