"""Other people's cases of quotes, positions and contexts (`anchoring.json`), all 77.

A case that our model cannot express has its reason in `REASONS`, and is refused.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html

from claims.engine import quotes
from tests.testdata import load_data

EMPTY = "a claim's span is never empty"
REASONS: Mapping[tuple[str, str], str] = {
    ("text-quote-match", "empty quote"): EMPTY,
    ("text-quote-match", "empty quote, multiple elements"): EMPTY,
    ("text-quote-match", "empty quote, with prefix"): EMPTY,
    ("text-quote-match", "empty quote, with suffix"): EMPTY,
    ("text-quote-match", "empty quote, with prefix and suffix"): EMPTY,
    ("text-quote-describe", "empty quote"): EMPTY,
}
Case = dict[str, Any]


def cases(*kinds: str) -> list[Any]:
    found = load_data("anchoring.json")
    return [pytest.param(case, id=case["name"]) for case in found if case["kind"] in kinds]


class Page:
    """The text of a page, and places in it as ranges of the DOM name them."""

    def __init__(self, markup: str) -> None:
        self.tree = html.document_fromstring(markup)
        self.text, self.starts = "", {}
        for node in self.tree.xpath("//text()"):
            self.starts[node.getparent(), node.is_tail] = len(self.text)
            self.text += node

    def span(self, place: Mapping[str, Any]) -> tuple[int, int]:
        """Code points of a range whose offsets are UTF-16 units."""
        return self._at(place, "start"), self._at(place, "end")

    def _at(self, place: Mapping[str, Any], side: str) -> int:
        (node,) = self.tree.xpath(f"({place[f'{side}ContainerXPath']})[1]")
        units = node.encode("utf-16-le")[: 2 * place[f"{side}Offset"]]
        return self.starts[node.getparent(), node.is_tail] + len(units.decode("utf-16-le"))


def is_exception(case: Case, page: Page, exact: str) -> bool:
    """Whether our model refuses the case, for its reason."""
    if (case["kind"], case["name"]) not in REASONS:
        return False
    assert exact == ""
    assert quotes.select(page.text, exact) == []
    assert quotes.find(page.text, exact) is None
    return True


@pytest.mark.parametrize("case", cases("text-quote-match"))
def test_a_quote_selector_points_where_the_standard_says(case: Case) -> None:
    page, selector = Page(case["html"]), case["selector"]
    if is_exception(case, page, selector["exact"]):
        return
    found = quotes.select(
        page.text,
        selector["exact"],
        prefix=selector.get("prefix", ""),
        suffix=selector.get("suffix", ""),
    )
    assert found == [page.span(place) for place in case["expected"]]


@pytest.mark.parametrize("case", cases("text-position-match"))
def test_a_position_counts_code_points(case: Case) -> None:
    page = Page(case["html"])
    expected = [page.span(place) for place in case["expected"]]
    assert expected == [(case["selector"]["start"], case["selector"]["end"])]


@pytest.mark.parametrize("case", cases("text-quote-describe"))
def test_what_a_quote_is_described_by_finds_it_again(case: Case) -> None:
    page, expected = Page(case["html"]), case["expected"]
    if is_exception(case, page, expected["exact"]):
        return
    start, end = page.span(case["range"])
    assert page.text[start:end] == expected["exact"]
    prefix, suffix = quotes.describe(page.text, start, end)
    # ours are as long as the text allows, 32 at most; the cases ask for as little as will do
    assert prefix.endswith(expected["prefix"][-quotes.CONTEXT :])
    assert suffix.startswith(expected["suffix"][: quotes.CONTEXT])
    found = quotes.find(page.text, expected["exact"], prefix=prefix, suffix=suffix, hint=start)
    assert found == quotes.Found(start, end, 1.0)


@pytest.mark.parametrize("case", cases("match-quote", "must-not-anchor"))
def test_a_quote_is_found_as_hypothesis_finds_it_or_not_at_all(case: Case) -> None:
    text = case["text"]
    found = quotes.find(
        text,
        case["exact"],
        prefix=case.get("prefix", ""),
        suffix=case.get("suffix", ""),
        hint=case.get("hint"),
    )
    if "expect" in case:
        assert found is case["expect"] is None
        return
    assert found is not None
    assert text[found.start : found.end] == case.get("expect_text", text[found.start : found.end])
    assert found.start == case.get("expect_start", found.start)
    if "expect_score" in case:
        assert found.score == case["expect_score"]


@pytest.mark.parametrize("case", cases("score-order"))
def test_the_likest_quote_has_the_highest_score(case: Case) -> None:
    found = [quotes.find(case["text"], quote) for quote in case["quotes"]]
    scores = [match.score if match else 0.0 for match in found]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize("case", cases("html-baseline"))
def test_the_annotations_of_a_saved_page_are_found_in_its_text(case: Case) -> None:
    text = html.document_fromstring(case["html"]).find("body").text_content()
    assert case["annotations"]
    for annotation in case["annotations"]:
        selectors = {one["type"]: one for one in annotation["selector"]}
        quote, position = selectors["TextQuoteSelector"], selectors["TextPositionSelector"]
        found = quotes.find(
            text,
            quote["exact"],
            prefix=quote["prefix"],
            suffix=quote["suffix"],
            hint=position["start"],
        )
        assert found is not None
        assert text[found.start : found.end] == quote["exact"]
        assert text.endswith(quote["prefix"], 0, found.start)


def test_every_case_is_looked_at() -> None:
    kinds = ("text-quote-match", "text-position-match", "text-quote-describe", "match-quote")
    assert len(cases(*kinds, "must-not-anchor", "score-order", "html-baseline")) == 77
