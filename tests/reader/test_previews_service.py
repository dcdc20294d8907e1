"""Previews that two people, or a person and the clock, finish at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic, sleep

import pytest
from django.db import connection
from django.utils import timezone

from reader.ingest.times import Published
from reader.models import Article, AuditEntry, ImportItem, Role, User
from reader.services.imports import Facts
from reader.services.previews import (
    PreviewGone,
    confirm_preview,
    discard_preview,
    empty_expired,
    waiting_item,
)
from reader.signals import article_version_added
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = Facts(
    source="The Post",
    title="Ferry sinks",
    byline="",
    published=Published(local=datetime(2025, 3, 12), precision="day"),  # noqa: DTZ001 - a wall clock
)
PATIENCE = 20  # seconds after which a thread that never waits for the other fails the test


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def item(admin: User) -> ImportItem:
    desk = admin.memberships.get().desk
    return factories.make_waiting_import(admin, factories.make_story(desk))


def confirm(item: ImportItem, person: User) -> None:
    confirm_preview(item=item, person=person, facts=FACTS, renews=None)


def expire(item: ImportItem) -> None:
    item.expires_at = timezone.now() - timedelta(seconds=1)
    waiting_item(item)


def discard(item: ImportItem) -> None:
    person = item.batch.made_by
    assert person is not None
    discard_preview(item=item, person=person)


@pytest.mark.parametrize("give_up", [discard, expire])
def test_an_older_row_in_hand_never_undoes_a_confirmation(
    item: ImportItem, admin: User, give_up: Callable[[ImportItem], None]
) -> None:
    in_hand = ImportItem.objects.get(pk=item.pk)
    confirm(item, admin)
    with pytest.raises(PreviewGone) as gone:
        give_up(in_hand)
    assert gone.value.item.status == "created"
    item.refresh_from_db()
    assert (item.status, item.article) == ("created", Article.objects.get())


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT 1 FROM pg_locks
               WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"""
        )
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True)
def test_a_discard_in_the_midst_of_a_confirmation_comes_too_late(
    item: ImportItem, admin: User
) -> None:
    in_hand = ImportItem.objects.get(pk=item.pk)

    def discard_meanwhile() -> str:
        try:
            discard_preview(item=in_hand, person=admin)
            return "discarded"
        except PreviewGone as gone:
            return gone.item.status
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        discards = []

        def hold_until_it_waits(**_kwargs: object) -> None:
            discards.append(pool.submit(discard_meanwhile))
            last = monotonic() + PATIENCE
            while not somebody_waits_for_us():
                assert monotonic() < last
                sleep(0.01)

        article_version_added.connect(hold_until_it_waits)
        try:
            confirm(item, admin)
        finally:
            article_version_added.disconnect(hold_until_it_waits)
        assert [discard.result(PATIENCE) for discard in discards] == ["created"]
    item.refresh_from_db()
    assert (item.status, item.article) == ("created", Article.objects.get())


def entries(item: ImportItem) -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(object_type="reader.importitem", object_id=item.pk)
    return list(found.order_by("pk").values_list("action", "actor_name"))


def test_a_preview_that_is_begun_and_discarded_is_recorded_without_its_text(
    item: ImportItem, admin: User
) -> None:
    discard(item)
    assert entries(item) == [
        ("reader.import.started", admin.username),
        ("reader.import.discarded", admin.username),
    ]
    trail = str(list(AuditEntry.objects.values_list("before", "after")))
    assert "soldiers" not in trail
    assert item.raw_document is not None
    assert item.raw_document.sha256 in trail
    assert AuditEntry.objects.filter(story=item.story).count() == 2


@pytest.mark.parametrize("by", ["page", "job"])
def test_a_preview_that_expires_is_recorded_once(item: ImportItem, by: str) -> None:
    if by == "page":
        with pytest.raises(PreviewGone):
            expire(item)
    for emptied in [0] if by == "page" else [1, 0]:
        assert empty_expired(timezone.now() + timedelta(days=2)) == emptied
    assert entries(item)[1:] == [("reader.import.expired", "system")]
