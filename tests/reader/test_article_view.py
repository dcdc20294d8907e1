"""The article page: its body as cleaned, and its versions."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import Article, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    article = factories.make_article(None, "First text.", byline="A. Writer")
    factories.make_version(
        article, "Second text.", body_html="<p>Second <em>text</em>.</p>", correction_note="Fixed."
    )
    return article


@pytest.fixture
def client(client: Client, article: Article) -> Client:
    client.force_login(factories.make_member(article.story.desk, Role.READER))
    return client


def url(article: Article) -> str:
    return reverse("reader:article", args=[article.pk])


def test_the_current_version_is_shown_with_its_markup(client: Client, article: Article) -> None:
    page = client.get(url(article))
    assertContains(page, "<p>Second <em>text</em>.</p>")
    assertContains(page, "A. Writer")
    assertContains(page, "Fixed.")
    assertContains(page, "Wednesday 23 October 2024, 09:30 UTC")


def test_an_older_version_can_be_read_and_says_so(client: Client, article: Article) -> None:
    page = client.get(url(article), {"version": "1"})
    assertContains(page, "First text.")
    assertContains(page, "not the current one")


@pytest.mark.parametrize("number", ["0", "3", "x", "1' or 1=1"])
def test_a_version_that_does_not_exist_is_not_found(
    client: Client, article: Article, number: str
) -> None:
    assert client.get(url(article), {"version": number}).status_code == 404


def test_a_text_without_markup_is_escaped(client: Client, article: Article) -> None:
    factories.make_version(article, "Text with <script>alert(1)</script>.")
    page = client.get(url(article))
    assertContains(page, "Text with &lt;script&gt;")
    assertNotContains(page, "<script>alert")


def test_a_day_without_a_time_is_shown_as_given(client: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(published_precision="day")
    assertContains(client.get(url(article)), "Wednesday 23 October 2024\n")
