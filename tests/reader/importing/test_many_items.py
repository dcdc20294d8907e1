"""One word on many items of an import: one lock, one entry on record, no more asked for more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import AuditEntry, ImportBatch, ImportItem, User
from reader.services.batches import Target
from reader.services.confirming import discard_items, retry_items
from reader.services.documents import Given, keep_documents
from tests import factories
from tests.reader.importing.pipeline import begin, text_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.make_user()


@pytest.fixture
def target() -> Target:
    story = factories.make_story()
    return Target(desk=story.desk, story=story)


def failed(person: User, target: Target, number: int) -> ImportBatch:
    """An import of which nothing could be read."""
    files = [text_file(f"{place}.txt", f"Text {place} of {number}.") for place in range(number)]
    batch = begin(person, target, *files)
    batch.items.update(status="failed", reason="unsupported", text="Half of it")
    ImportBatch.objects.filter(pk=batch.pk).update(state="done")
    return batch


def ids(batch: ImportBatch) -> list[int]:
    return list(batch.items.order_by("position").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("act", "status", "state"),
    [(discard_items, "discarded", "done"), (retry_items, "reading", "reading")],
)
def test_many_ask_the_database_no_more_than_few(person, target, act, status, state) -> None:
    asked = []
    for number in (2, 9):
        batch = failed(person, target, number)
        chosen = ids(batch)
        with CaptureQueriesContext(connection) as queries:
            assert act(batch, person, chosen) == 0
        asked.append(len(queries))
        batch.refresh_from_db()
        assert ({item.status for item in batch.items.all()}, batch.state) == ({status}, state)
    assert asked[0] == asked[1]
    assert asked[0] <= 11


@pytest.mark.parametrize(("act", "verb"), [(discard_items, "discarded"), (retry_items, "retried")])
def test_many_are_one_entry_that_names_them_and_one_is_an_entry_of_its_own(
    person, target, act, verb
) -> None:
    batch = failed(person, target, 3)
    first, second, third = ids(batch)
    assert act(batch, person, [first, third]) == 0
    assert act(batch, person, [first, second]) == 1
    assert act(batch, person, [first, second]) == 2
    trail = AuditEntry.objects.filter(action__endswith=verb).order_by("pk")
    assert [(entry.action, entry.object_id, entry.after) for entry in trail] == [
        (f"reader.import.several_{verb}", batch.pk, {"items": [first, third]}),
        (f"reader.import.{verb}", second, {"items": [second]}),
    ]


def test_of_what_is_tried_again_only_what_was_fetched_is_fetched_anew(person, target) -> None:
    batch = failed(person, target, 3)
    first, second, third = batch.items.order_by("position")
    given = Given(content=b"x", content_type="text/html", where_from="https://a.example/",
                  provenance={"status": 200})  # fmt: skip
    (raw,) = keep_documents([given], person)
    fetched = {"address": "https://a.example/", "raw_document": raw}
    ImportItem.objects.filter(pk=first.pk).update(**fetched)
    ImportItem.objects.filter(pk=third.pk).update(raw_document=None)
    assert retry_items(batch, person, [first.pk, second.pk, third.pk]) == 1
    kept = [item.raw_document_id for item in batch.items.order_by("position")]
    assert kept == [None, second.raw_document_id, None]
    assert [item.status for item in batch.items.order_by("position")][2] == "failed"


def test_nothing_of_a_cancelled_import_is_discarded(person, target) -> None:
    batch = failed(person, target, 2)
    ImportBatch.objects.filter(pk=batch.pk).update(state="cancelled")
    assert discard_items(batch, person, ids(batch)) == 2
    assert not batch.items.filter(status="discarded").exists()
