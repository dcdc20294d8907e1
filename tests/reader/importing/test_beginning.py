"""The import pages: what a paste or an upload is, and what is wrong with it."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import Article, ImportItem, Story
from tests import factories
from tests.reader.importing.pages import (
    PAGE,
    START,
    confirm,
    only_item,
    paste,
    preview,
    upload,
)

pytestmark = pytest.mark.django_db


def test_a_paste_is_shown_first_and_stored_when_confirmed(client, admin, story):
    response = paste(client)
    item = only_item()
    assertRedirects(response, f"/import/{item.pk}/")
    assert not Article.objects.exists()
    page = preview(client, item)
    assertContains(page, f'data-import-item="{item.pk}"')
    assertContains(page, "data-preview")
    assertContains(page, "At least 14 people died when the ferry sank.")
    assertContains(page, 'value="The Post"')
    assertRedirects(confirm(client, item), story.get_absolute_url(), fetch_redirect_response=False)
    article = Article.objects.get()
    assert (article.story, article.source.name, article.byline) == (story, "The Post", "Bo Lind")
    assert article.published_at.isoformat() == "2025-03-11T21:40:00+00:00"
    assert (article.published_zone, article.external_key) == ("Asia/Tokyo", None)
    version = article.versions.select_related("raw_document").get()
    assert version.created_by == admin
    assert version.raw_document is not None
    assert version.raw_document.received_by == admin
    item.refresh_from_db()
    assert (item.status, item.article, item.text, item.proposed) == ("created", article, "", {})


def test_a_page_says_the_rest_itself(client, story):
    upload(client, PAGE.encode())
    page = preview(client, only_item())
    for value in ("The Courier", "Ferry sinks", "Ann Lee", "2025-03-12", "05:40", "Europe/Berlin"):
        assertContains(page, f'value="{value}"')
    assertContains(page, "1 menu")
    assertContains(page, "Menu here")
    assertContains(page, "1 script or style")
    assertNotContains(page, "alert(1)")
    assertContains(page, "This is very short")


def test_what_was_typed_goes_before_what_the_page_says(client, story):
    upload(client, PAGE.encode(), source="The Post", published_on="2025-03-13")
    page = preview(client, only_item())
    assertContains(page, 'value="The Post"')
    assertContains(page, 'value="2025-03-13"')
    assertNotContains(page, "05:40")


def test_a_day_without_a_time_is_stored_as_a_day(client, story):
    paste(client, published_time="")
    confirm(client, only_item(), published_time="")
    article = Article.objects.get()
    assert article.published_precision == "day"
    assert article.published_on(story.desk.zone).isoformat() == "2025-03-12"


def test_a_new_story_is_made_only_on_confirmation(client, admin, story):
    paste(client, story="", new_story="Ferry disaster")
    assert Story.objects.count() == 1
    assertContains(preview(client, only_item()), "Ferry disaster")
    confirm(client, only_item())
    made = Story.objects.exclude(pk=story.pk).get()
    assert (made.title, made.desk, made.articles.count()) == ("Ferry disaster", story.desk, 1)
    assert only_item().story == made


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"text": " \n"}, "text", "Paste a text or choose a file"),
        ({"text": "<script>x</script>", "text_type": "html"}, "text", "No text is left"),
        ({"text": "<blockquote>" * 300 + "x", "text_type": "html"}, "text", "200 levels"),
        ({"story": "", "new_story": ""}, "new_story", "Choose a story"),
        ({"story": "unknown"}, "story", "Select a valid choice"),
        ({"source": "x" * 300}, "source", "at most 200 characters"),
    ],
)
def test_errors_stand_beside_the_field_and_what_was_typed_stays(client, story, data, field, words):
    response = paste(client, title="A title I typed", **data)
    assert response.status_code == 422
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="A title I typed"', status_code=422)
    assertContains(response, f'id="id_{field}"', status_code=422)
    wrong = re.search(f'<(?:input|select|textarea)[^>]*id="id_{field}"[^>]*>', response.text)
    assert wrong
    assert 'aria-invalid="true"' in wrong[0]
    assert not ImportItem.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.txt", "file is empty"),
        (b"%PDF-1.4", "a.txt", "not a text file"),
        (b"a\x00b", "a.html", "not a text file"),
        (b"caf\xe9", "a.txt", "UTF-8"),
        (b"text", "a.docx", "Only .txt, .md and .html"),
        (b"text", "../../../etc/passwd", "Only .txt, .md and .html"),
        (b"<p>x" * 20_000, "a.html", "15,000"),
    ],
)
def test_files_that_cannot_be_used_are_refused_in_words(client, story, content, name, words):
    response = upload(client, content, name, title="A title I typed")
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="A title I typed"', status_code=422)
    assert not ImportItem.objects.exists()


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
def test_the_preview_asks_for_what_is_missing_or_wrong(client, story, data, field, words):
    paste(client)
    response = confirm(client, only_item(), byline="A name I typed", **data)
    assert response.status_code == 422
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="A name I typed"', status_code=422)
    assertContains(response, "At least 14 people died when", status_code=422)
    assert not Article.objects.exists()


def test_metadata_that_nobody_gave_is_asked_for_on_the_preview(client, story):
    response = upload(client, b"Just a text without anything.", "a.txt", published_on="soon")
    item = only_item()
    assertRedirects(response, f"/import/{item.pk}/", fetch_redirect_response=False)
    page = preview(client, item)
    assertContains(page, "This field is required")
    assertContains(page, "Enter a valid date")
    assertContains(page, 'value="soon"')


def test_another_desks_story_is_not_offered_and_not_taken(client, story):
    factories.make_story(slug="elsewhere", title="Secret")
    assertNotContains(client.get(START), "Secret")
    assert paste(client, story="elsewhere").status_code == 422


def test_the_story_asked_for_is_chosen(client, story):
    assertContains(client.get(START, {"story": "ferry"}), '<option value="ferry" selected>')


def test_a_text_in_another_language_or_from_the_future_is_pointed_out(client, story):
    dutch = "De veerboot is gezonken en de bemanning werd door de kustwacht gered. " * 5
    paste(client, text=dutch, published_on="2199-01-01")
    page = preview(client, only_item())
    assertContains(page, "not English")
    assertContains(page, "in the future")
    confirm(client, only_item())
    assert Article.objects.get().language == "und"
