"""The page of one item: what it shows of the text and its facts, and what a person says to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Article, ImportBatch, ImportItem, RawDocument
from reader.services.erasing import erase
from tests import factories
from tests.reader.importing.pages import (
    FACTS,
    PAGE,
    TEXT,
    act,
    confirm,
    newest_item,
    paste,
    preview,
    raw_of,
    upload,
    url,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(admin, story) -> ImportBatch:
    return factories.make_read_import(admin, story, ["The ferry sank.", "The crew is safe."])


@pytest.fixture
def item(batch) -> ImportItem:
    first: ImportItem = batch.items.get(position=0)
    return first


def change(item: ImportItem, **fields) -> None:
    proposed = {**item.proposed, **fields.pop("proposed", {})}
    ImportItem.objects.filter(pk=item.pk).update(proposed=proposed, **fields)
    item.refresh_from_db()


def test_a_page_is_read_shown_and_stored_when_confirmed(client, story):
    upload(client, ("page.html", PAGE.encode()))
    work()
    item = newest_item()
    page = preview(client, item)
    for value in ("The Courier", "Ferry sinks", "Ann Lee", "2025-03-12", "05:40", "Europe/Berlin"):
        assertContains(page, f'value="{value}"')
    assertContains(page, "From the page&#x27;s OpenGraph tags")
    assertNotContains(page, "alert(1)")
    assertContains(page, "This is very short")
    response = confirm(client, item)
    assertRedirects(response, f"/import/{item.batch_id}/", fetch_redirect_response=False)
    work()
    article = Article.objects.get()
    assert (article.story, article.source.name, article.byline) == (story, "The Post", "Bo Lind")
    assert article.published_at.isoformat() == "2025-03-11T21:40:00+00:00"
    assert (article.published_zone, article.title) == ("Asia/Tokyo", "Ferry sinks")
    assertContains(preview(client, item), f'href="/articles/{article.pk}/"')


def test_the_original_stands_beside_the_text_with_what_was_cut(client, item):
    original = "Menu Home\n<b>The</b> ferry sank.\n" + "Subscribe to us. " * 20
    cuts = [[0, 9], [original.index("Subscribe"), len(original)]]
    change(item, original=original, cuts=cuts, proposed={"dropped": {"nav": 1}})
    page = preview(client, item)
    assertContains(page, "Menu Home</del>")
    assertContains(page, "&lt;b&gt;The&lt;/b&gt; ferry sank.")
    assertContains(page, "<summary>60 words left out</summary>")
    assertContains(page, "1 menu")


def test_each_fact_says_where_it_was_found_and_a_guess_asks_for_a_word(client, item):
    found = {"title": "json_ld", "source": "typed", "published": "guess"}
    change(item, proposed={"found_in": found}, warnings=[{"code": "published_guessed"}])
    page = preview(client, item)
    assertContains(page, "From the page&#x27;s JSON-LD")
    assertContains(page, "Guessed from the text: please confirm")
    assertContains(page, "New report, needs you")
    confirm(client, item)
    item.refresh_from_db()
    assert item.status == "confirmed"


@pytest.mark.parametrize(
    ("code", "words"),
    [("wire_copy", "counted as one origin"), ("near_same_source", "nearly the same text")],
)
def test_a_near_copy_is_named_linked_and_compared(client, item, story, code, words):
    known = factories.make_article(story, "The ferry sank at noon.", title="Known")
    change(item, warnings=[{"code": code, "article": known.pk}])
    page = preview(client, item)
    assertContains(page, words)
    assertContains(page, f'href="/articles/{known.pk}/"')
    assert ("What would change" in page.text) is (code == "near_same_source")


def test_an_item_like_another_of_its_import_leads_to_it(client, batch, item):
    other = batch.items.get(position=1)
    change(item, warnings=[{"code": "alike_in_batch", "item": other.pk}])
    assertContains(preview(client, item), f'href="{url(other)}"')


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"source": ""}, "source", "This field is required"),
        ({"title": " \u200b"}, "title", "This field is required"),
        ({"published_on": ""}, "published_on", "This field is required"),
        ({"published_on": "soon"}, "published_on", "Enter a valid date"),
        ({"published_on": "0001-01-01"}, "published_on", "no year of a report"),
        ({"published_on": "2199-01-01"}, "published_on", "in the future"),
        ({"published_time": "25:99"}, "published_time", "Enter a valid time"),
        ({"zone": "Mars/Base"}, "zone", "no time zone"),
        ({"zone": "localtime"}, "zone", "no time zone"),
        ({"zone": "Factory"}, "zone", "no time zone"),
        ({"renews": "999999"}, "renews", "Select a valid choice"),
    ],
)
def test_what_is_missing_or_wrong_is_asked_for(client, item, data, field, words):
    response = confirm(client, item, **{"byline": "A name I typed", **data})
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="A name I typed"', status_code=422)
    assertContains(response, "The ferry sank.", status_code=422)
    assert newest_item().status == "waiting"


def test_a_word_on_one_leads_to_the_next_that_waits(client, batch, item):
    other = batch.items.get(position=1)
    assertRedirects(confirm(client, item), url(other), fetch_redirect_response=False)
    response = act(client, other, "discard")
    assertRedirects(response, f"/import/{batch.pk}/", fetch_redirect_response=False)


def test_items_lead_to_the_ones_beside_them(client, batch, item):
    other = batch.items.get(position=1)
    assertContains(preview(client, item), f'rel="next" href="{url(other)}"')
    assertNotContains(preview(client, item), 'rel="prev"')
    assertContains(preview(client, other), f'rel="prev" href="{url(item)}"')


def test_a_person_may_say_that_it_renews_a_report(client, item, story):
    source = factories.make_source("The Post")
    article = factories.make_article(story, "Another text.", source, title="Ferry")
    assertContains(preview(client, item), "A new version of: The Post, Ferry")
    confirm(client, item, renews=article.pk)
    work()
    assert article.versions.count() == 2


def test_a_second_word_changes_nothing_and_shows_the_state(client, item):
    confirm(client, item)
    for verb in ("confirm", "discard"):
        response = act(client, item, verb, **FACTS)
        assertContains(response, "Nothing was changed", status_code=409)
    assertContains(act(client, item, "burn"), "being stored", status_code=422)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("expired", "kept for a day and has expired"),
        ("discarded", "It was discarded"),
        ("cancelled", "was cancelled before"),
        ("reading", "It is being read"),
    ],
)
def test_an_item_that_is_over_says_how(client, item, status, words):
    change(item, status=status)
    assertContains(preview(client, item), words)
    assertContains(confirm(client, item), "Nothing was changed", status_code=409)


def test_an_item_that_nobody_confirmed_in_time_says_so_before_the_job_comes_by(client, item):
    change(item, expires_at=timezone.now() - timedelta(seconds=1))
    assertContains(preview(client, item), "has expired")
    assertContains(confirm(client, item), "Nothing was changed", status_code=409)
    assert not Article.objects.exists()


def test_a_text_typed_by_hand_mends_what_could_not_be_read(client, story):
    upload(client, ("broken.pdf", b"%PDF-1.4 nothing"))
    work()
    item = newest_item()
    page = preview(client, item)
    assertContains(page, "data-reason")
    assertContains(page, "Type the text", status_code=200, count=0)
    assertContains(act(client, item, "mend", text=" "), "Type the text", status_code=422)
    act(client, item, "mend", text=TEXT)
    work()
    assertContains(preview(client, item), "At least 14 people died when the ferry sank.")
    assert raw_of(item).provenance["typed_for"] == RawDocument.objects.earliest("pk").sha256


def test_a_failed_item_with_its_text_is_mended_by_its_facts(client, item):
    change(item, status="failed", reason="published_ahead")
    assertContains(act(client, item, "mend"), "This field is required", status_code=422)
    assertRedirects(act(client, item, "mend", **FACTS), url(item), fetch_redirect_response=False)
    item.refresh_from_db()
    assert (item.status, item.proposed["fields"]["byline"]) == ("waiting", "Bo Lind")


def test_a_failed_item_is_tried_again(client, item):
    change(item, status="failed", reason="slow_site", address="https://a.example/")
    assertContains(preview(client, item), 'href="https://a.example/"')
    act(client, item, "retry")
    assert item.batch.items.get(pk=item.pk).status == "reading"


def test_what_came_in_is_given_back_byte_for_byte_and_never_run(client, item):
    markup = b"<script>alert(1)</script>\xff\x00"
    item.raw_document = factories.make_raw_document(
        content=markup, content_type="text/html", where_from='a/"b\r\nX: y.html'
    )
    item.save()
    answer = client.get(f"{url(item)}raw/")
    assert answer.content == markup
    headers = answer.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == 'attachment; filename="b X_ y.html"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_versions_bytes_are_given_back_until_they_are_erased(client, admin, story):
    raw = factories.make_raw_document(content=b"%PDF", content_type="application/pdf")
    article = factories.make_article(story, None)
    factories.make_version(article, raw_document=raw)
    address = f"/articles/{article.pk}/versions/1/raw/"
    answer = client.get(address)
    assert answer.content == b"%PDF"
    assert answer.headers["Content-Disposition"].endswith('.pdf"')
    assert client.get(f"/articles/{article.pk}/versions/2/raw/").status_code == 404
    erase(article=article, person=admin, reason="Court order")
    assert client.get(address).status_code == 404


def test_an_item_is_only_found_in_its_own_import(client, admin, story, item):
    other = factories.make_read_import(admin, story)
    assert client.get(f"/import/{other.pk}/items/{item.pk}/").status_code == 404


def test_the_page_asks_as_often_in_a_large_import_as_in_a_small_one(client, admin, story):
    numbers = []
    for count in (2, 40):
        batch = factories.make_read_import(admin, story, [f"Text {n}." for n in range(count)])
        with CaptureQueriesContext(connection) as asked:
            preview(client, batch.items.get(position=1))
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


def test_a_paste_says_what_is_missing_instead_of_guessing(client, story):
    paste(client, "Just a text without anything.")
    work()
    item = newest_item()
    page = preview(client, item)
    assertContains(page, "Nothing says which source this is from")
    assertContains(page, "Not found")
    assert {warning["code"] for warning in item.warnings} >= {"no_source"}
