"""The difference page: what changed in words, what moved, and nothing of a text as markup."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import Article, Role
from reader.text import clean_text
from reader.versions_rows import MOST_LETTERS, MOST_PARAGRAPHS
from tests import factories
from tests.testdata import load_data

pytestmark = pytest.mark.django_db

OLD = (
    "The dam broke, and 12 people died.",
    "Rescue teams came from three towns.",
    "Officials did not comment.",
    "About 3,000 people left their homes.",
    "Schools stay closed until Friday.",
    "The road to Lund is open.",
    "The council meets on Thursday.",
    "The dam was built in 1961.",
)
NEW = (
    "The dam broke, and 9 people died.",
    "Officials did not comment.",
    "About 3,000 people left their homes.",
    "Schools stay closed until Friday.",
    "The road to Lund is open.",
    "The council meets on Thursday.",
    "Rescue teams came from three towns.",
    "Power is back in two districts.",
)


@pytest.fixture
def article() -> Article:
    article = factories.make_article(None, "\n\n".join(OLD))
    factories.make_version(article, "\n\n".join(NEW))
    return article


@pytest.fixture
def client(client: Client, article: Article) -> Client:
    client.force_login(factories.make_member(article.story.desk, Role.READER))
    return client


def url(article: Article) -> str:
    return reverse("reader:article_changes", args=[article.pk])


class Shown(HTMLParser):
    """The parts of a page that hold text of the report: what stayed, went and came."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.gone: list[str] = []
        self.new: list[str] = []
        self.inside = ""
        self.feed(html[html.index('class="changes-text"') : html.index("</main>")])

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag in ("del", "ins"):
            self.inside = tag
            assert dict(attrs) == {"data-word": "removed:" if tag == "del" else "added:"}

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            (self.gone if self.inside == "del" else self.new).append(data)


def test_the_words_that_went_and_came_are_told(client: Client, article: Article) -> None:
    page = client.get(url(article), {"view": "inline"}).content.decode()
    shown = Shown(page)
    assert shown.gone == ["12", "The dam was built in 1961."]
    assert shown.new == ["9", "Power is back in two districts."]
    assert "1 paragraph changed, 1 added, 1 removed, 1 moved · 7 words in, 7 out" in page


def test_a_paragraph_that_moved_is_told_as_moved(client: Client, article: Article) -> None:
    page = client.get(url(article))
    assertContains(page, "Moved here; it was paragraph 2")
    assertContains(page, '<a href="#now-7">Moved to paragraph 7</a>')
    assertContains(page, 'id="now-7"')


def test_long_unchanged_stretches_are_folded_with_a_paragraph_left_at_each_end(
    client: Client, article: Article
) -> None:
    page = client.get(url(article), {"view": "inline"}).content.decode()
    folded = page[page.index('<details class="unchanged">') : page.index("</details>")]
    assert "3 unchanged paragraphs" in folded
    assert [text in folded for text in NEW] == [False, False, True, True, True, False, False, False]


def test_the_view_can_be_switched_by_a_link(client: Client, article: Article) -> None:
    side = client.get(url(article))
    assertContains(side, 'data-view="side"')
    assertContains(side, "from=1&amp;to=2&amp;view=inline")
    inline = client.get(url(article), {"from": "1", "to": "2", "view": "inline"})
    assertContains(inline, 'data-view="inline"')
    assertContains(inline, "from=1&amp;to=2&amp;view=side")
    assertContains(client.get(url(article), {"view": "'><script>"}), 'data-view="side"')


def test_any_two_versions_can_be_compared_either_way(client: Client, article: Article) -> None:
    factories.make_version(article, "Only this is left.")
    steps = client.get(url(article), {"from": "1", "to": "2"})
    assertContains(steps, "?from=2&amp;to=3&amp;view=side")
    assertNotContains(steps, 'rel="prev"')
    back = Shown(client.get(url(article), {"from": "2", "to": "1"}).content.decode())
    assert "12" in back.new
    assertContains(client.get(url(article), {"from": "1"}), "From version 1 to version 3")


def test_one_version_and_spaces_only_are_said_in_words(client: Client, article: Article) -> None:
    assertContains(client.get(url(article), {"from": "1", "to": "1"}), "This is one version")
    first = factories.make_article(article.story, "The only text.")
    assertContains(client.get(url(first)), "This is one version")


def test_an_article_without_a_text_has_no_changes(client: Client, article: Article) -> None:
    bare = factories.make_article(article.story, None)
    assert client.get(url(bare)).status_code == 404


def test_the_page_asks_no_more_with_more_versions(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    asked = {"from": "1", "to": "2"}
    client.get(url(article), asked)  # what a first answer asks for besides is kept
    with django_assert_num_queries(9):
        client.get(url(article), asked)
    for number in range(3, 9):
        factories.make_version(article, f"Text {number}.")
    with django_assert_num_queries(9):
        client.get(url(article), asked)


@pytest.mark.parametrize("view", ["side", "inline"])
def test_no_part_of_a_text_becomes_markup(client: Client, article: Article, view: str) -> None:
    payloads = "\n\n".join(clean_text(item["payload"]) for item in load_data("xss.json"))
    naughty = "\n\n".join(clean_text(item["value"]) for item in load_data("naughty.json"))
    factories.make_version(article, payloads)
    factories.make_version(article, naughty)
    for pair in ({"from": "2", "to": "3"}, {"from": "3", "to": "4"}):
        page = client.get(url(article), {**pair, "view": view}).content.decode()
        known = {"div", "p", "details", "summary", "a", "ins", "del", "bdi", "span"}
        assert set(Shown(page).tags) <= known
        assert not re.search(r"<(?:a|bdi|span|p)[^>]*\s(?:on\w+|style)=", page)


@pytest.mark.parametrize(
    "long",
    ["The dam broke. " * (MOST_LETTERS // 15), "\n\n".join("No." for _ in range(MOST_PARAGRAPHS))],
    ids=["letters", "paragraphs"],
)
def test_texts_that_would_hold_the_server_are_not_compared(
    client: Client, article: Article, long: str
) -> None:
    factories.make_version(article, long)
    response = client.get(url(article))
    assertContains(response, "These texts are too long to be compared here.")
    assertContains(response, "Read version 3")
    assertNotContains(response, "changes-text")
