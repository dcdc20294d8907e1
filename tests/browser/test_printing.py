"""What the browser prints: whole texts, no controls, numbered pages; nothing by a ground alone."""

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Visits
from tests.browser.site import Site

CONTROLS = ("Sign out", "Download", "Print or save", "Choose flags", "Quiet", "Confirm", "Filter")


def printed(page: Page) -> tuple[list[str], list[float]]:
    """The words of each page of paper, and the width of each."""
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    words = [" ".join(sheet.extract_text().split()) for sheet in pages]
    return words, [float(sheet.mediabox.width) for sheet in pages]


def shown_controls(words: list[str]) -> list[str]:
    """As words of their own: "Confirmed" is told on paper too."""
    return [
        control
        for control in CONTROLS
        if any(re.search(rf"\b{re.escape(control)}\b", sheet) for sheet in words)
    ]


@pytest.mark.parametrize("query", ["", "?for=sharing"], ids=["internal", "shared"])
def test_a_report_is_printed_with_numbered_pages_and_no_controls(
    query: str, visits: Visits
) -> None:
    page = visits.open(f"/stories/port/report/{query}", color_scheme="dark")
    words, _widths = printed(page)
    assert shown_controls(words) == []
    for number, sheet in enumerate(words, start=1):
        assert f"{number} / {len(words)}" in sheet
    whole = " ".join(words)
    assert "About 5,000 soldiers are in the port" in whole
    assert "How to check this report" in whole
    assert not re.search(r"https?://|/stories/", whole)  # addresses of links are not printed
    assert "Flags in this report" in words[0]
    flag = next(sheet for sheet in words if "Flag 1" in sheet)
    for part in ("Read as", "Judged by", "Decision"):  # the whole of it on one sheet
        assert part in flag
    assert ("Handed over by" in whole) == (query == "")
    assert re.search(r"quantity-intervals: \w", whole)


def test_side_by_side_prints_every_text_whole(visits: Visits, site: Site) -> None:
    page = visits.open("/stories/port/")
    words, _widths = printed(page)
    assert shown_controls(words) == []
    whole = " ".join(words)
    for number in range(1, len(site.texts) + 1):
        assert f"About {number},000 soldiers are in the port" in whole
    assert whole.count("else is known.") == len(site.texts)
    # without a ground a highlight keeps its line, and its number stays dark
    seen = """() => { const mark = document.querySelector("mark[data-flags]");
      const badge = document.querySelector(".badge[aria-current]");
      return [getComputedStyle(mark).textDecorationLine,
        getComputedStyle(badge, "::after").color === getComputedStyle(badge).color]; }"""
    page.emulate_media(media="print")
    assert page.evaluate(seen) == ["underline", True]


def test_the_matrix_lies_across_the_sheet(visits: Visits) -> None:
    words, widths = printed(visits.open("/stories/port/matrix/"))
    assert shown_controls(words) == []
    assert min(widths) > 800  # points of 1/72 inch
    assert "They train at five grounds" in " ".join(words)
