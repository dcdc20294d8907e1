"""Facts of several items at once: what is set, what it makes of their plans, what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import AuditEntry, ImportBatch, ImportItem
from reader.services.setting_facts import SomeFacts, set_facts
from tests import factories

pytestmark = pytest.mark.django_db
TEXTS = ["The ferry sank at noon. " * 20, "The crew is safe. " * 20, "The port is closed. " * 20]


@pytest.fixture
def batch(admin, story) -> ImportBatch:
    """Three reports that say neither source nor time, as texts from an archive do."""
    batch = factories.make_read_import(admin, story, TEXTS)
    for item in batch.items.all():
        empty = {"source": "", "title": "A title", "byline": "", "published_on": ""}
        item.proposed = {
            **item.proposed,
            "fields": {**empty, "published_time": "", "zone": "Europe/Berlin"},
            "published": "",
            "found_in": {},
        }
        item.warnings = [{"code": "no_source"}]
        item.save()
    return batch


def items(batch: ImportBatch) -> list[ImportItem]:
    return list(batch.items.order_by("position"))


def fields(item: ImportItem) -> dict[str, str]:
    found: dict[str, str] = ImportItem.objects.get(pk=item.pk).proposed["fields"]
    return found


def codes(item: ImportItem) -> set[str]:
    return {warning["code"] for warning in ImportItem.objects.get(pk=item.pk).warnings}


def send(client, batch: ImportBatch, *chosen: ImportItem, **data: str):
    address = reverse("reader:import_items", args=[batch.pk])
    return client.post(address, {"verb": "set", "item": [item.pk for item in chosen], **data})


def test_what_is_set_makes_the_chosen_ready_and_leaves_the_others(client, batch):
    first, second, third = items(batch)
    answer = send(client, batch, first, third, source="The Post", published_on="2025-03-12")
    assert answer.status_code == 302
    assert codes(first) == codes(third) == {"new_source"}
    assert codes(second) == {"no_source"}
    assert fields(first)["published_on"] == "2025-03-12"
    assertContains(client.get(f"/import/{batch.pk}/"), "Import all 2 that are ready")
    event = AuditEntry.objects.get(action="reader.import.facts_set")
    assert event.after == {"items": [first.pk, third.pk], "typed": ["source", "published"]}


def test_what_is_left_empty_stays_as_it_is(client, batch):
    first, *_others = items(batch)
    send(client, batch, first, source="The Post", published_on="2025-03-12", published_time="06:40")
    send(client, batch, first, source="The Courier")
    assert fields(first) == {
        "source": "The Courier",
        "title": "A title",
        "byline": "",
        "published_on": "2025-03-12",
        "published_time": "06:40",
        "zone": "Europe/Berlin",
    }


def test_a_zone_alone_keeps_the_hours_and_makes_no_guess_certain(batch, admin):
    first, *_others = items(batch)
    first.proposed["fields"] |= {"source": "The Post", "published_on": "2025-03-12"}
    first.proposed["fields"] |= {"published_time": "06:40"}
    first.proposed |= {"published": "2025-03-12T06:40:00+01:00", "found_in": {"published": "guess"}}
    first.save()
    set_facts(batch, admin, [first.pk], SomeFacts(zone="Asia/Tokyo"))
    first.refresh_from_db()
    assert first.proposed["published"] == "2025-03-12T06:40:00+09:00"
    assert fields(first)["published_time"] == "06:40"
    assert "published_guessed" in codes(first)


def test_a_source_tells_whether_its_report_is_here_already(batch, admin, story):
    first, second, _third = items(batch)
    source = factories.make_source("The Post")
    factories.make_article(story, first.text, source)
    set_facts(batch, admin, [first.pk, second.pk], SomeFacts(source="the post"))
    first.refresh_from_db()
    assert (first.planned, first.reason) == ("skip", "same_text")
    assert items(batch)[1].planned == "create"


def test_the_second_of_two_alike_is_skipped_once_both_have_one_source(batch, admin):
    first, second, _third = items(batch)
    ImportItem.objects.filter(pk=second.pk).update(
        text=first.text, proposed={**second.proposed, "sha256": first.proposed["sha256"]}
    )
    set_facts(batch, admin, [second.pk, first.pk], SomeFacts(source="The Post"))
    assert [item.reason for item in items(batch)[:2]] == ["", "twice_in_batch"]


def test_a_likeness_to_one_that_was_not_chosen_is_still_said(batch, admin):
    first, *_others = items(batch)
    first.warnings = [{"code": "alike_in_batch", "item": 1}]
    first.save()
    set_facts(batch, admin, [first.pk], SomeFacts(source="The Post"))
    assert "alike_in_batch" in codes(first)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Type what is to be set"),
        ({"published_time": "06:40"}, "Give the day too"),
        ({"source": "The Post", "zone": "Berlin"}, "This is no time zone"),
        ({"source": "The Post", "published_on": "2999-01-01"}, "This is no year of a report"),
        ({"source": "The Post", "published_on": "2199-01-01"}, "This is in the future"),
        ({"source": "The Post", "published_on": "soon"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_set_is_sent_back_as_it_was_typed_and_chosen(client, batch, data, words):
    first, second, _third = items(batch)
    answer = send(client, batch, first, **data)
    assertContains(answer, words, status_code=422)
    for value in data.values():
        assertContains(answer, f'value="{value}"', status_code=422)
    assertContains(answer, f'value="{first.pk}" aria-labelledby="item-{first.pk}" checked', 1, 422)
    assertNotContains(answer, f'aria-labelledby="item-{second.pk}" checked', 422)
    assert codes(first) == {"no_source"}


def test_facts_without_a_choice_are_kept_too(client, batch):
    answer = send(client, batch, source="The Post")
    assertContains(answer, "Choose one or more", status_code=422)
    assertContains(answer, 'value="The Post"', status_code=422)


def test_what_is_elsewhere_or_over_by_now_is_left(client, batch):
    first, second, third = items(batch)
    ImportItem.objects.filter(pk=first.pk).update(status="discarded", text="")
    over = timezone.now() - timedelta(minutes=1)
    ImportItem.objects.filter(pk=second.pk).update(expires_at=over)
    answer = send(client, batch, first, second, third, source="The Post")
    assertContains(answer, "2 of these were left", status_code=409)
    assert [fields(item).get("source", "") for item in (second, third)] == ["", "The Post"]


def test_what_failed_for_its_facts_waits_again(client, batch):
    first, *_others = items(batch)
    ImportItem.objects.filter(pk=first.pk).update(status="failed", reason="bad_time", error="no")
    ImportBatch.objects.filter(pk=batch.pk).update(state="done")
    send(client, batch, first, source="The Post", published_on="2025-03-12")
    first.refresh_from_db()
    assert (first.status, first.reason, first.error) == ("waiting", "", "")
    batch.refresh_from_db()
    assert batch.state == "waiting"


def test_an_import_at_work_takes_no_facts(client, batch):
    ImportBatch.objects.filter(pk=batch.pk).update(state="reading")
    answer = send(client, batch, items(batch)[0], source="The Post")
    assertContains(answer, "Nothing was changed", status_code=409)


def test_the_texts_around_are_read_once_however_many_are_chosen(batch, admin, story):
    factories.make_article(story, "Another report of it. " * 20)
    asked = []
    for chosen in (items(batch)[:1], items(batch)):
        with CaptureQueriesContext(connection) as queries:
            set_facts(batch, admin, [item.pk for item in chosen], SomeFacts(source="The Post"))
        asked.append(len(queries))
    one, three = asked
    assert one <= 16
    assert three - one <= 2 * 4
