"""The article page: its body as cleaned, and its versions with where each came from."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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
    assertContains(page, f"{reverse('reader:article_changes', args=[article.pk])}?from=1")


@pytest.mark.parametrize("number", ["0", "3", "x", "1' or 1=1", "01", "٢", "9" * 30, "\x00"])
def test_a_version_that_does_not_exist_is_not_found(
    client: Client, article: Article, number: str
) -> None:
    assert client.get(url(article), {"version": number}).status_code == 404
    changes = reverse("reader:article_changes", args=[article.pk])
    assert client.get(changes, {"to": number}).status_code == 404
    assert client.get(changes, {"from": number, "to": "1"}).status_code == 404


def test_a_text_without_markup_is_escaped(client: Client, article: Article) -> None:
    factories.make_version(article, "Text with <script>alert(1)</script>.")
    page = client.get(url(article))
    assertContains(page, "Text with &lt;script&gt;")
    assertNotContains(page, "<script>alert")


def test_a_day_without_a_time_is_shown_as_given(client: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(published_precision="day")
    assertContains(client.get(url(article)), "Wednesday 23 October 2024\n")


def test_each_version_says_what_it_changed(client: Client, article: Article) -> None:
    text = "Second text.\n\nThe harbour is closed.\n\nSo is the road."
    factories.make_version(article, text)
    factories.make_version(article, f"Updated 14:05 GMT\n\n{text}")
    factories.make_version(article, text)
    factories.make_version(article, text.replace("harbour", "port") + "\n\nCorrection: a port.")
    page = client.get(url(article))
    assertContains(page, "1 paragraph changed, 1 added · 4 words in, 1 out")
    assertContains(page, "Only a date line")
    assertContains(page, "Back to the text of version 3")
    assertContains(page, "Correction: a port.")
    assertContains(page, "1 paragraph changed · 1 word in, 1 out")


def test_versions_of_no_interest_are_folded_but_for_the_current_one(
    client: Client, article: Article
) -> None:
    for hour in range(10, 14):
        factories.make_version(article, f"Updated {hour}:05 GMT\n\nSecond text.")
    page = client.get(url(article)).content.decode()
    folded = page[page.index('class="versions-folded"') : page.index('id="version-2"')]
    assert "3 versions with only marks" in folded
    assert [f'id="version-{number}"' in folded for number in range(1, 7)] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]


def test_a_version_proves_where_it_came_from(client: Client, article: Article) -> None:
    person = factories.make_user("ines", first_name="Inés", last_name="Ruiz")
    raw = factories.make_raw_document(
        b"<p>Third text.</p>",
        content_type="text/html",
        where_from="https://paper.example/port",
        received_by=person,
        provenance={"final_address": "https://paper.example/port?full", "etag": '"a<b"'},
    )
    version = factories.make_version(
        article,
        "Third text.",
        raw_document=raw,
        created_by=person,
        found_in={"published": "json_ld", "byline": "byline", "title": "nonsense"},
        modified_at=factories.PUBLISHED,
    )
    page = client.get(url(article))
    for said in (
        version.text_sha256,
        raw.sha256,
        "https://paper.example/port?full",
        "&quot;a&lt;b&quot;",
        "text/html",
        "18\xa0bytes",
        "Inés Ruiz",
        "From the page&#x27;s JSON-LD",
        "23 Oct 2024, 09:30 UTC",
    ):
        assertContains(page, said)
    assertNotContains(page, "nonsense")


def test_what_a_document_says_of_itself_is_escaped(client: Client, article: Article) -> None:
    raw = factories.make_raw_document(
        b"x", where_from="<img src=x>", provenance={"<b>part</b>": "<script>alert(1)</script>"}
    )
    factories.make_version(article, "Third.", raw_document=raw, correction_note="<i>note</i>")
    page = client.get(url(article))
    for markup in ("<img", "<b>part", "<script>alert", "<i>note"):
        assertNotContains(page, markup)


def test_the_list_asks_for_no_texts_and_no_more_with_more_versions(
    client: Client, article: Article
) -> None:
    person = factories.make_user()

    def add(number: int) -> None:
        raw = factories.make_raw_document(b"%d" % number, received_by=person)
        factories.make_version(article, f"Text {number}.", raw_document=raw, created_by=person)

    add(1)
    with CaptureQueriesContext(connection) as few:
        client.get(url(article))
    for number in range(2, 9):
        add(number)
    with CaptureQueriesContext(connection) as many:
        client.get(url(article))
    assert len(many) == len(few)
    (listing,) = [
        query["sql"]
        for query in many
        if 'FROM "reader_articleversion"' in query["sql"] and "ORDER BY" in query["sql"]
    ]
    for column in ('"text"', '"blocks"', '"body_html"', '"content"'):
        assert column not in listing


def test_admins_of_the_desk_download_the_bytes_and_others_are_not_offered_them(
    client: Client, article: Article
) -> None:
    raw = factories.make_raw_document(b"as it came")
    factories.make_version(article, "Third text.", raw_document=raw)
    download = reverse("reader:version_raw", args=[article.pk, 3])
    assertNotContains(client.get(url(article)), download)
    client.force_login(factories.make_member(article.story.desk, Role.ADMIN))
    assertContains(client.get(url(article)), download)
    assert client.get(download).getvalue() == b"as it came"
