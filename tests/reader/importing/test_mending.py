"""What failed is put right, or tried again where there is something to try; two people at once."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import ImportItem, Role, Story, User
from reader.services.batches import Target, Thing
from reader.services.confirming import ItemGone, mend_item, retry_item
from reader.services.proposals import Proposal
from reader.services.storing_items import store_batch
from tests import factories
from tests.reader.importing.pages import FACTS, act, items_act, preview
from tests.reader.importing.pipeline import (
    SAID,
    new_target,
    read,
    results,
    store,
    text,
    text_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(person: User) -> Target:
    return new_target(person)


def archive_with(*names: str) -> Thing:
    """An archive of these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, text(name))
    return Thing(name="all.zip", content=data.getvalue())


def fail(item: ImportItem, **fields: object) -> None:
    """As if storing it had failed, two days ago."""
    then = timezone.now() - timedelta(days=1)
    ImportItem.objects.filter(pk=item.pk).update(
        status="failed", reason="not_stored", expires_at=then, **fields
    )
    item.refresh_from_db()


def test_what_left_no_bytes_is_not_tried_again_and_keeps_its_reason(
    person: User, target: Target, client: Client
) -> None:
    batch = read(person, target, archive_with("a.txt", "b.exe"))
    item = batch.items.get(status="failed")
    client.force_login(person)
    page = preview(client, item)
    assertContains(page, 'value="mend"')
    assertContains(page, 'value="discard"')
    assertNotContains(page, 'value="retry"')
    with pytest.raises(ItemGone):
        retry_item(item, person)
    assert results(batch) == [("waiting", ""), ("failed", "unsupported")]
    mend_item(item, person, None, text("Typed by hand, since no reader opens it."))
    assert batch.items.get(pk=item.pk).status == "reading"


def test_what_is_mended_waits_another_day(person: User, target: Target) -> None:
    batch = read(person, target, text_file())
    item = batch.items.get()
    fail(item)
    mend_item(item, person, Proposal.of(item).facts(batch.desk))
    assert item.expires_at is not None
    assert item.expires_at > timezone.now()
    assert store(batch, person) == [("created", "")]


def test_what_could_not_be_stored_is_kept_for_another_day(person: User, target: Target) -> None:
    batch = read(person, target, text_file())
    item = batch.items.get()
    fail(item, proposed={**item.proposed, "published": ""})
    ImportItem.objects.filter(pk=item.pk).update(status="confirmed")
    store_batch(batch.pk)
    item.refresh_from_db()
    assert (item.status, item.reason) == ("failed", "no_published")
    assert item.expires_at is not None
    assert item.expires_at > timezone.now()


def test_what_is_mended_into_what_is_here_already_says_so(person: User, target: Target) -> None:
    store(read(person, target, text_file()), person)
    said = {**SAID, "source": "The Echo"}
    batch = read(person, target, text_file("b.txt"), said=said)
    item = batch.items.get()
    facts = Proposal.of(item).facts(batch.desk)
    fail(item)
    mend_item(item, person, facts)
    assert (item.planned, item.reason) == ("create", "")
    fail(item)
    mend_item(item, person, replace(facts, source=SAID["source"]))
    assert (item.status, item.planned, item.reason) == ("waiting", "skip", "same_text")


def test_what_was_typed_for_an_item_that_is_elsewhere_by_now_is_given_back(
    client: Client, admin: User, story: Story
) -> None:
    batch = factories.make_read_import(admin, story, ["The ferry sank.", "The crew is safe."])
    item = batch.items.all()[0]
    type(batch).objects.update(state="reading")  # somebody tries another of its items again
    late = act(client, item, "confirm", **{**FACTS, "byline": "<b>Typed at length</b>"})
    assertContains(late, "data-typed", status_code=409)
    assertContains(late, "&lt;b&gt;Typed at length&lt;/b&gt;", status_code=409)
    ImportItem.objects.update(status="reading", text="")  # and somebody this one
    late = act(client, item, "mend", text="Two paragraphs\n\nthat took an hour.")
    assertContains(late, "that took an hour.", status_code=409)
    late = act(client, item, "discard", **FACTS)
    assertNotContains(late, "data-typed", status_code=409)


def test_the_second_of_two_who_store_the_same_is_told_that_it_is_done(
    client: Client, admin: User, story: Story
) -> None:
    batch = factories.make_read_import(admin, story, ["The ferry sank.", "The crew is safe."])
    chosen = list(batch.items.all())
    assert items_act(client, "confirm", *chosen).status_code == 302
    for chosen_now in ([], chosen):
        late = items_act(client, "confirm" if chosen_now else "confirm_all", *chosen_now)
        assertContains(late, "these do not wait any more", status_code=409)
    assert {item.status for item in batch.items.all()} == {"confirmed"}
