"""Storing that ends worker after worker is given up, and the import says so."""

from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from reader.import_batch import build_batch
from reader.models import AuditEntry, Role, User
from reader.services import storing_items
from reader.services.batches import Target
from reader.services.confirming import confirm
from reader.services.storing_items import store_batch
from tests import factories, jobs
from tests.reader.importing.pipeline import OTHER, new_target, read, results, text_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    return new_target(admin)


def test_storing_that_ends_workers_waits_for_a_person_who_is_told(
    admin: User, target: Target
) -> None:
    batch = read(admin, target, text_file(), text_file("b.txt", OTHER))
    first, second = batch.items.all()
    confirm(batch, admin, [first.pk])
    store_batch(batch.pk)
    confirm(batch, admin)
    storing_items.give_up_storing(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, results(batch)) == ("waiting", [("created", ""), ("waiting", "")])
    page = build_batch(batch, zone="UTC")
    assert "ended the worker several times" in page.advice
    assert AuditEntry.objects.filter(action="reader.import.storing_lost").count() == 1
    storing_items.give_up_storing(batch.pk)  # nothing is left that could be given up
    assert AuditEntry.objects.filter(action="reader.import.storing_lost").count() == 1
    assert confirm(batch, admin, [second.pk]).stored == 1
    assert "storing_lost" not in batch.said
    store_batch(batch.pk)
    assert results(batch) == [("created", ""), ("created", "")]


def lose_worker(batch_id: int, attempts: int) -> None:
    """Let the batch's storing look as it does when its worker was killed, for the nth time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_workers (last_heartbeat)
               VALUES (now() - interval '1 hour') RETURNING id"""
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            """UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s
               WHERE queueing_lock = %s""",
            [worker, attempts, f"reader.store_batch-{batch_id}"],
        )
    app.configure_task("claims.tend_jobs").defer(timestamp=0)
    jobs.run_waiting()


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """An empty queue, before and after."""
    jobs.forget_all()
    yield
    jobs.forget_all()


@pytest.mark.parametrize(("attempts", "state"), [(0, "done"), (11, "waiting")])
def test_a_lost_job_of_storing_runs_again_until_it_has_ended_twelve_workers(
    queue: None, admin: User, target: Target, attempts: int, state: str
) -> None:
    batch = read(admin, target, text_file())
    confirm(batch, admin)
    lose_worker(batch.pk, attempts)
    batch.refresh_from_db()
    assert batch.state == state
