"""The import pages: from a paste or an upload to a stored report, and all that can go wrong."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.ingest.clean import MAX_INPUT
from reader.models import Article, ImportItem, Role, Source, Story, User
from reader.tasks import empty_expired_imports
from tests import factories
from tests.plain_sql import refused
from tests.testdata import load_data

pytestmark = pytest.mark.django_db

START = "/import/"
TEXT = "At least 14 people died when the ferry sank.\n\nThe crew is safe. " + "More words. " * 30
PAGE = (
    '<html><title>Ferry sinks</title><meta property="og:site_name" content="The Courier">'
    '<meta property="article:published_time" content="2025-03-12T06:40:00+02:00">'
    '<meta name="author" content="Ann Lee"><link rel="canonical" href="https://c.example/ferry">'
    "<nav>Menu here</nav><p>At least 14 people died.</p><script>alert(1)</script>"
)
FACTS = {
    "source": "The Post",
    "title": "Ferry sinks",
    "byline": "Bo Lind",
    "published_on": "2025-03-12",
    "published_time": "06:40",
    "zone": "Asia/Tokyo",
}


@pytest.fixture
def story() -> Story:
    return factories.make_story(factories.make_desk(zone="Europe/Berlin"), slug="ferry")


@pytest.fixture
def admin(story: Story) -> User:
    return factories.make_member(story.desk, Role.ADMIN)


@pytest.fixture
def client(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def paste(client: Client, **data: Any) -> HttpResponse:
    form = {"story": "ferry", "text": TEXT, "text_type": "text", **FACTS, **data}
    return client.post(START, form)  # type: ignore[return-value]


def upload(client: Client, content: bytes, name: str = "page.html", **data: Any) -> HttpResponse:
    form = {"story": "ferry", "file": SimpleUploadedFile(name, content), **data}
    return client.post(START, form)  # type: ignore[return-value]


def confirm(client: Client, item: ImportItem, **data: Any) -> HttpResponse:
    url = reverse("reader:import_confirm", args=[item.pk])
    return client.post(url, {**FACTS, **data})  # type: ignore[return-value]


def preview(client: Client, item: ImportItem) -> HttpResponse:
    return client.get(reverse("reader:import_preview", args=[item.pk]))  # type: ignore[return-value]


def only_item() -> ImportItem:
    return ImportItem.objects.get()


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


def test_confirming_twice_stores_once(client, story):
    paste(client)
    item = only_item()
    confirm(client, item)
    again = confirm(client, item)
    assertContains(again, "finished", status_code=409)
    assert Article.objects.count() == 1


def test_the_same_text_is_announced_and_not_stored_twice(client, story):
    paste(client)
    confirm(client, only_item())
    paste(client)
    item = ImportItem.objects.latest("pk")
    assertContains(preview(client, item), "The same text is already here")
    assertRedirects(confirm(client, item), f"/import/{item.pk}/")
    assertContains(preview(client, item), "already has the same text")
    assert Article.objects.count() == 1


def test_a_person_may_say_that_it_renews_a_report(client, story):
    paste(client)
    confirm(client, only_item())
    article = Article.objects.get()
    paste(client, text=TEXT.replace("14", "20"))
    item = ImportItem.objects.latest("pk")
    assertContains(preview(client, item), "A new version of: The Post, Ferry sinks")
    confirm(client, item, renews=article.pk)
    assert Article.objects.get().versions.count() == 2


def test_a_pages_own_address_says_that_it_renews_a_report(client, story):
    for text in (PAGE, PAGE.replace("14", "20")):
        upload(client, text.encode())
        item = ImportItem.objects.latest("pk")
        page = preview(client, item)
        confirm(client, item, source="The Courier", renews=item.proposed.get("renews", ""))
    article = Article.objects.get()
    assertContains(page, f'<option value="{article.pk}" selected>')
    assert article.versions.count() == 2


def test_an_expired_preview_says_so_and_is_emptied(client, story):
    paste(client)
    item = only_item()
    ImportItem.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assertContains(confirm(client, item), "expired", status_code=409)
    assertContains(preview(client, item), "expired")
    item.refresh_from_db()
    assert (item.status, item.text) == ("expired", "")


def test_the_hourly_job_empties_what_nobody_confirmed(client, story):
    paste(client)
    paste(client)
    ImportItem.objects.filter(pk=ImportItem.objects.earliest("pk").pk).update(
        expires_at=timezone.now() - timedelta(hours=1)
    )
    empty_expired_imports(int(timezone.now().timestamp()))
    assert sorted(ImportItem.objects.values_list("status", flat=True)) == ["expired", "waiting"]
    assert ImportItem.objects.get(status="expired").body_html == ""


def test_a_discarded_preview_stores_nothing(client, story):
    paste(client, story="", new_story="Never made")
    item = only_item()
    url = reverse("reader:import_discard", args=[item.pk])
    assertRedirects(client.post(url), START)
    assertContains(preview(client, item), "discarded")
    assertContains(client.post(url), "discarded", status_code=409)
    assert Story.objects.count() == 1
    assert not Article.objects.exists()


def test_the_database_asks_a_finished_import_for_its_story(client, story):
    paste(client, story="", new_story="Never made")
    for status in ("created", "version", "duplicate"):
        refused(
            "UPDATE reader_importitem SET status = %s WHERE id = %s",
            status,
            only_item().pk,
            match="import_item_done_has_story",
        )


def test_only_admins_and_only_the_one_who_began_it(client, story):
    paste(client)
    urls = [
        reverse(f"reader:import_{verb}", args=[only_item().pk]) for verb in ("confirm", "discard")
    ]
    for role, expected in [(Role.EDITOR, 404), (Role.ADMIN, 404)]:
        other = Client()
        other.force_login(factories.make_member(story.desk, role))
        assert preview(other, only_item()).status_code == expected
        assert {other.post(url, FACTS).status_code for url in urls} == {expected}
    assert only_item().status == "waiting"


def test_who_is_no_longer_admin_cannot_confirm(client, admin, story):
    paste(client)
    admin.memberships.update(role=Role.EDITOR)
    assert confirm(client, only_item()).status_code == 403
    assert client.get(START).status_code == 403
    assert not Article.objects.exists()


def test_another_desks_story_is_not_offered_and_not_taken(client, story):
    factories.make_story(slug="elsewhere", title="Secret")
    assertNotContains(client.get(START), "Secret")
    assert paste(client, story="elsewhere").status_code == 422


def test_the_story_asked_for_is_chosen(client, story):
    assertContains(client.get(START, {"story": "ferry"}), '<option value="ferry" selected>')


@pytest.mark.parametrize("field", ["text", "file"])
def test_above_two_megabytes_the_form_comes_back_with_413(client, story, field):
    content = b"x" * (MAX_INPUT + 1)
    value = content.decode() if field == "text" else SimpleUploadedFile("a.txt", content)
    response = paste(client, **{field: value}, title="A title I typed")
    assertContains(response, "larger than 2 MB", status_code=413)
    assertContains(response, 'value="A title I typed"', status_code=413)


def test_far_above_it_nothing_is_read(client, story):
    response = upload(client, b"x" * (2 * MAX_INPUT), "a.txt")
    assertContains(response, "too large", status_code=413)
    assert not ImportItem.objects.exists()


def test_a_text_in_another_language_or_from_the_future_is_pointed_out(client, story):
    dutch = "De veerboot is gezonken en de bemanning werd door de kustwacht gered. " * 5
    paste(client, text=dutch, published_on="2199-01-01")
    page = preview(client, only_item())
    assertContains(page, "not English")
    assertContains(page, "in the future")
    confirm(client, only_item())
    assert Article.objects.get().language == "und"


def test_no_hostile_string_breaks_a_page(client, story):
    for case in load_data("naughty.json")[::40]:
        value = case["value"].encode("utf-8", "replace").decode()
        answers = [
            paste(client, **dict.fromkeys([*FACTS, "new_story", "text"], value)),
            paste(client, text=f"Text. {value}", source=value, title=value, text_type="html"),
            upload(client, value.encode(), f"{value}.html"),
            client.get(START, {"story": value}),
        ]
        for item in ImportItem.objects.filter(status="waiting"):
            answers += [
                preview(client, item),
                confirm(client, item, **dict.fromkeys(FACTS, value)),
                confirm(client, item, source=value or "X", title=value or "X", renews=value),
                confirm(client, item, source="X", title="X"),
            ]
        assert {answer.status_code for answer in answers} <= {200, 302, 409, 422}
        Source.objects.filter(articles=None).delete()


def test_no_hostile_markup_reaches_a_page(client, story):
    cases = [case["payload"] for case in load_data("xss.json")[::100]]
    for payload in cases:
        markup = f"<p>Before.</p>{payload.encode('utf-8', 'replace').decode()}<p>After.</p>"
        paste(client, text=markup, text_type="html", source=payload[:100] or "X")
        item = ImportItem.objects.latest("pk")
        shown = preview(client, item).text
        body = shown.partition("data-preview")[2].partition("</section>")[0].partition(">")[2]
        tags = set(re.findall(r"<([a-zA-Z!/][^\s>]*)", body))
        assert tags <= {"p", "/p", "h4", "/h4", "ul", "/ul", "li", "/li", "blockquote",
                        "/blockquote", "bdi", "/bdi", "/div"}  # fmt: skip
