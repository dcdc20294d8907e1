"""The form that begins an import: what it takes in each way, and what it says of what is wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.ingest.kinds import FILE_BYTES, MARKUP_BYTES
from reader.models import Article, ImportBatch, ImportItem, Role, Story
from tests import factories
from tests.reader.importing.pages import START, TEXT, newest_item, paste, raw_of, send, upload

pytestmark = pytest.mark.django_db


def test_a_paste_is_kept_as_it_came_and_nothing_is_parsed(client, admin, story):
    response = paste(client, source="The Post", published_on="2025-03-12", zone="Asia/Tokyo")
    batch = ImportBatch.objects.get()
    assertRedirects(response, f"/import/{batch.pk}/", fetch_redirect_response=False)
    assert (batch.how, batch.state, batch.story, batch.made_by) == (
        "paste",
        "reading",
        story,
        admin,
    )
    assert batch.said == {"source": "The Post", "published_on": "2025-03-12", "zone": "Asia/Tokyo"}
    item = newest_item()
    assert bytes(raw_of(item).content).decode() == TEXT
    assert (item.status, item.text, raw_of(item).content_type) == ("reading", "", "text/plain")
    assert not Article.objects.exists()


@pytest.mark.parametrize("data", [{"text_type": "html"}, {"formatted": "on"}])
def test_pasted_markup_is_kept_as_markup(client, story, data):
    paste(client, "<h2>Head</h2><p>Text.</p>", **data)
    assert raw_of(newest_item()).content_type == "text/html"


def test_several_files_become_items_and_an_archive_waits_to_be_unpacked(client, story):
    upload(client, ("a.txt", b"One."), ("b.docx", b"PK"), ("c.zip", b"PK"))
    batch = ImportBatch.objects.get()
    assert list(batch.items.values_list("name", flat=True)) == ["a.txt", "b.docx"]
    assert [container.name for container in batch.containers.all()] == ["c.zip"]


def test_each_address_becomes_an_item_once(client, story):
    lines = "https://a.example/1\r\n\r\n https://b.example/2 \r\nhttps://a.example/1"
    send(client, "addresses", addresses=lines)
    found = list(ImportItem.objects.values_list("address", flat=True))
    assert found == ["https://a.example/1", "https://b.example/2"]


@pytest.mark.parametrize("way", ["table", "files"])
def test_a_table_is_a_table_in_either_way(client, story, way):
    field = "table" if way == "table" else "uploads"
    send(client, way, **{field: SimpleUploadedFile("t.csv", b"text\nOne.")})
    batch = ImportBatch.objects.get()
    assert (batch.how, batch.containers.count(), batch.items.count()) == ("table", 1, 0)


def test_a_new_story_is_only_a_title_until_something_is_stored(client, story):
    paste(client, story="", new_story="Ferry disaster")
    batch = ImportBatch.objects.get()
    assert (batch.story, batch.new_story, batch.desk) == (None, "Ferry disaster", story.desk)


@pytest.mark.parametrize(
    ("way", "data", "field", "words"),
    [
        ("", {}, "way", "Choose how the reports come in"),
        ("paste", {"text": " \n"}, "text", "Paste a text"),
        ("files", {}, "uploads", "Choose one or more files"),
        ("addresses", {"addresses": " \n"}, "addresses", "one address a line"),
        ("addresses", {"addresses": "example.org/a"}, "addresses", "example.org/a is no full"),
        ("addresses", {"addresses": "https://a.example/\n" * 101}, "addresses", "101 addresses"),
        ("table", {}, "table", "Choose a table"),
        ("paste", {"text": "x", "story": "", "new_story": ""}, "new_story", "Choose a story"),
        ("paste", {"text": "x", "story": "unknown"}, "story", "Select a valid choice"),
        ("paste", {"text": "x", "source": "x" * 300}, "source", "at most 200 characters"),
        ("paste", {"text": "x", "published_on": "soon"}, "published_on", "valid date"),
        ("paste", {"text": "x", "published_time": "06:40"}, "published_on", "Give the day too"),
    ],
)
def test_errors_stand_beside_the_field_and_what_was_typed_stays(
    client, story, way, data, field, words
):
    response = send(client, way, **{"zone": "Asia/Tokyo", **data})
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="Asia/Tokyo"', status_code=422)
    assertContains(response, 'role="alert"', status_code=422)
    if field != "way":
        wrong = re.search(f'<(?:input|select|textarea)[^>]*id="id_{field}"[^>]*>', response.text)
        assert wrong
        assert 'aria-invalid="true"' in wrong[0]
    assert not ImportBatch.objects.exists()


def test_an_unknown_zone_is_not_taken_for_the_desks(client, story):
    facts = {"published_on": "2025-03-12", "published_time": "06:40"}
    response = send(client, "paste", text="x", zone="Tokyo", **facts)
    assertContains(response, "This is no time zone", status_code=422)
    assertContains(response, 'value="Tokyo"', status_code=422)
    send(client, "paste", text="x", zone="Asia/Tokyo", **facts)
    assert ImportBatch.objects.get().said == {**facts, "zone": "Asia/Tokyo"}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a.exe", "b.txt"], "No reader for a.exe."),
        (["../../../etc/passwd"], "No reader for passwd."),
        (["a.csv", "b.txt"], "leave out a.csv"),
        ([f"{number}.x" for number in range(7)], "0.x, 1.x, 2.x, 3.x, 4.x …"),
        ([f"{number}.txt" for number in range(501)], "These are 501 files"),
    ],
)
def test_files_that_no_reader_takes_are_named(client, story, names, words):
    response = upload(client, *((name, b"text") for name in names))
    assertContains(response, words, status_code=422)
    assertContains(response, "choose them again", status_code=422)
    assert not ImportBatch.objects.exists()


def test_a_table_must_be_one(client, story):
    response = send(client, "table", table=SimpleUploadedFile("a.pdf", b"x"))
    assertContains(response, "a.pdf is no table", status_code=422)


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("", MARKUP_BYTES + 1, "larger than 2 MB"),
        ("a.txt", MARKUP_BYTES + 1, "Too large: a.txt (2 MB)"),
        ("a.pdf", FILE_BYTES + 1, "Too large: a.pdf (20 MB)"),
    ],
)
def test_what_is_too_large_comes_back_with_413_and_what_was_typed(client, story, name, size, words):
    said = {"zone": "Asia/Tokyo"}
    text = "x" * size
    sent = upload(client, (name, text.encode()), **said) if name else paste(client, text, **said)
    assertContains(sent, words, status_code=413)
    assertContains(sent, 'value="Asia/Tokyo"', status_code=413)
    assert not ImportBatch.objects.exists()


def test_the_form_says_sizes_and_types_beforehand(client, story):
    page = client.get(START)
    for words in (".txt .md .htm .html", "2 MB", ".docx .odt .pdf .eml .zip", "20 MB", "60 MB"):
        assertContains(page, words)


def test_another_desks_story_is_not_offered_and_not_taken(client, story):
    factories.make_story(slug="elsewhere", title="Secret")
    assertNotContains(client.get(START), "Secret")
    assert paste(client, story="elsewhere").status_code == 422


def test_a_closed_story_is_offered_as_closed(client, story):
    Story.objects.filter(pk=story.pk).update(status=Story.Status.CLOSED)
    assertContains(client.get(START), f"{story.title} (closed: kept, not compared)")


def test_the_story_asked_for_is_chosen(client, story):
    assertContains(client.get(START, {"story": "ferry"}), '<option value="ferry" selected>')


def test_recent_imports_of_the_desk_are_listed_whoever_began_them(client, story):
    other = factories.make_member(story.desk, Role.ADMIN)
    batch = factories.make_read_import(other, story, ["One.", "Two."])
    factories.make_read_import(other, factories.make_story(title="Secret"))
    page = client.get(START)
    assertContains(page, f'href="/import/{batch.pk}/"')
    assertContains(page, "2 waiting")
    assertContains(page, str(other))
    assertNotContains(page, "Secret")


def test_without_imports_the_list_says_what_comes_there(client, story):
    assertContains(client.get(START), "Nothing was imported yet")


def test_the_form_asks_as_often_for_one_import_as_for_many(client, admin, story):
    factories.make_read_import(admin, story)
    numbers = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(START)
        numbers.append(len(asked))
        for _more in range(5):
            factories.make_read_import(admin, story, ["One.", "Two."])
    assert numbers[0] == numbers[1] <= 12
