"""The page that asks which column of a table holds what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import ImportBatch, ImportItem
from tests.reader.importing.pages import send, work

pytestmark = pytest.mark.django_db
TABLE = b"Outlet,Headline,Story\nThe Post,Ferry sinks,At least 14 people died.\n,Two,More text."


@pytest.fixture
def batch(client, story) -> ImportBatch:
    return begin(client)


def begin(client) -> ImportBatch:
    send(client, "table", table=SimpleUploadedFile("t.csv", TABLE))
    work()
    return ImportBatch.objects.latest("pk")


def choose(client, batch, *columns, **data):
    chosen = {f"column_{number}": name for number, name in enumerate(columns)}
    return client.post(f"/import/{batch.pk}/columns/", {**chosen, **data})


def test_columns_are_shown_with_values_and_asked_for(client, batch):
    columns = f"/import/{batch.pk}/columns/"
    assertRedirects(client.get(f"/import/{batch.pk}/"), columns)
    assertContains(client.get(f"/import/{batch.pk}/?list=1"), f'href="{columns}"')
    page = client.get(f"/import/{batch.pk}/columns/")
    for words in ("Outlet", "The Post", "Headline", "At least 14 people died."):
        assertContains(page, words)
    assertNotContains(page, "data-remembered")
    response = choose(client, batch, "source", "title", "text", published_on="2025-03-12")
    assertRedirects(response, f"/import/{batch.pk}/", fetch_redirect_response=False)
    work()
    found = [item.proposed["fields"] for item in ImportItem.objects.order_by("position")]
    assert [fields["title"] for fields in found] == ["Ferry sinks", "Two"]
    assert {fields["published_on"] for fields in found} == {"2025-03-12"}


def test_what_the_desk_chose_is_filled_in_the_next_time(client, batch):
    choose(client, batch, "", "byline", "text")
    page = client.get(f"/import/{begin(client).pk}/columns/")
    assertContains(page, "data-remembered")
    assertContains(page, '<option value="byline" selected>')


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("source", "title", ""), "Say which column holds the text"),
        (("title", "title", "text"), "Title is taken from Outlet already"),
        (("time", "title", "text"), "A time of day needs its day"),
        (("burn", "title", "text"), "Select a valid choice"),
    ],
)
def test_a_choice_that_cannot_be_used_is_kept_and_named(client, batch, columns, words):
    response = choose(client, batch, *columns, source="The Post")
    assertContains(response, words, status_code=422)
    assertContains(response, 'value="The Post"', status_code=422)
    assert ImportBatch.objects.get(pk=batch.pk).state == "mapping"


def test_a_day_and_a_time_in_two_columns_make_one_time(client, story):
    table = b"Time,Date,Outlet,Body\n6:30 pm,23/10/2024,The Post,At least 14 people died."
    send(client, "table", table=SimpleUploadedFile("t.csv", table))
    work()
    batch = ImportBatch.objects.latest("pk")
    page = client.get(f"/import/{batch.pk}/columns/")
    assertContains(page, '<option value="time" selected>Time of day, if it stands apart</option>')
    choose(client, batch, "time", "published", "source", "text", zone="Europe/Berlin")
    work()
    fields = ImportItem.objects.get().proposed["fields"]
    assert (fields["published_on"], fields["published_time"]) == ("2024-10-23", "18:30")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"zone": "Tokyo", "published_on": "2025-03-12"}, "This is no time zone"),
        ({"published_on": "soon"}, "valid date"),
    ],
)
def test_facts_that_cannot_be_are_sent_back_and_not_left_out(client, batch, facts, words):
    response = choose(client, batch, "source", "title", "text", **facts)
    assertContains(response, words, status_code=422)
    assert ImportBatch.objects.get(pk=batch.pk).state == "mapping"


def test_columns_that_were_chosen_are_not_asked_for_again(client, batch):
    choose(client, batch, "source", "title", "text")
    address = f"/import/{batch.pk}/columns/"
    assertRedirects(client.get(address), f"/import/{batch.pk}/", fetch_redirect_response=False)
