"""The comparison as a job: queued with the change, run once, put back when a worker dies."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from claims import tasks
from claims.models import Claim
from claims.services import comparing
from reader.models import ArticleVersion, Story
from reader.signals import article_version_added, story_texts_changed
from tests import factories, jobs
from tests.claims.conftest import Reported


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """An empty queue, before and after."""
    jobs.forget_all()
    yield
    jobs.forget_all()


def statuses(name: str) -> list[str]:
    return [job["status"] for job in jobs.job_rows() if job["task_name"] == name]


@pytest.mark.django_db
def test_a_new_text_queues_one_comparison_of_its_story() -> None:
    story = factories.make_story()
    article_version_added.send(ArticleVersion, version_id=1, story_id=story.pk, number=1)
    (job,) = jobs.job_rows()
    assert (job["task_name"], jobs.waiting()) == (tasks.COMPARE, [{"story_id": story.pk}])
    assert job["lock"] == f"story-{story.pk}"
    story.refresh_from_db()
    assert (story.comparison_state, story.revision) == ("pending", 1)


@pytest.mark.django_db
def test_a_second_text_waits_with_the_first_and_spoils_nothing() -> None:
    story = factories.make_story()
    for number in (1, 2):
        article_version_added.send(ArticleVersion, version_id=number, story_id=story.pk, number=1)
    story_texts_changed.send(Story, story_id=story.pk)
    assert len(jobs.waiting()) == 1
    story.refresh_from_db()
    assert story.texts_revision == 3


def test_a_job_is_rolled_back_with_its_text(queue: None) -> None:
    story = factories.make_story()
    with transaction.atomic():
        article_version_added.send(ArticleVersion, version_id=1, story_id=story.pk, number=1)
        transaction.set_rollback(True)
    assert jobs.job_rows() == []


def test_the_worker_compares_the_story(queue: None, story: Story, reported: Reported) -> None:
    reported("troops: 1", "troops: 2")
    tasks.queue_comparison(story.pk)
    jobs.run_waiting()
    story.refresh_from_db()
    assert (story.comparison_state, Claim.objects.count()) == ("ready", 2)
    assert statuses(tasks.COMPARE) == ["succeeded"]


def test_a_comparison_that_fails_is_shown_and_tried_again_later(
    queue: None, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(inputs: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(comparing, "_compare", broken)
    tasks.queue_comparison(story.pk)
    jobs.run_waiting()
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("failed", "ArithmeticError")
    assert statuses(tasks.COMPARE) == ["todo"]


def test_a_comparison_that_would_never_end_is_ended_and_not_tried_again(
    queue: None, story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1")

    def endless(inputs: object) -> None:
        while True:
            pass

    monkeypatch.setattr(comparing, "_engine_read", endless)
    monkeypatch.setattr(comparing, "MOST_SECONDS", 0.05)
    tasks.queue_comparison(story.pk)
    jobs.run_waiting()
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("failed", "TookTooLong")
    assert statuses(tasks.COMPARE) == ["succeeded"]


def lose_worker(story: Story, attempts: int = 0) -> None:
    """Leave the story's job as a killed worker leaves it."""
    tasks.queue_comparison(story.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_workers (last_heartbeat)
               VALUES (now() - interval '1 hour') RETURNING id"""
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            """UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s
               WHERE queueing_lock = %s""",
            [worker, attempts, f"compare-{story.pk}"],
        )


def look_for_stalled() -> None:
    app.configure_task("claims.tend_jobs").defer(timestamp=0)
    jobs.run_waiting()


def test_a_lost_workers_job_runs_again(queue: None, story: Story, reported: Reported) -> None:
    reported("troops: 1")
    lose_worker(story)
    look_for_stalled()
    assert statuses(tasks.COMPARE) == ["succeeded"]
    assert Claim.objects.count() == 1


def test_a_lost_job_gives_way_to_a_newer_one(queue: None, story: Story, reported: Reported) -> None:
    reported("troops: 1")
    lose_worker(story)
    tasks.queue_comparison(story.pk)
    look_for_stalled()
    assert statuses(tasks.COMPARE) == ["failed", "succeeded"]
    assert Claim.objects.count() == 1


def test_a_job_that_killed_three_workers_is_given_up_and_the_page_says_so(
    queue: None, story: Story, reported: Reported
) -> None:
    reported("troops: 1")
    lose_worker(story, attempts=2)
    look_for_stalled()
    assert statuses(tasks.COMPARE) == ["failed"]
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("failed", "WorkerLost")


def test_jobs_long_done_are_forgotten(queue: None, story: Story, reported: Reported) -> None:
    reported("troops: 1")
    tasks.queue_comparison(story.pk)
    jobs.run_waiting()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '2 days'")
    look_for_stalled()
    assert statuses(tasks.COMPARE) == []


def test_texts_that_cannot_be_read_are_noted_on_the_story(
    queue: None, story: Story, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported("troops: 1")

    def fail(story_id: int) -> None:
        raise LookupError("words of a report")

    monkeypatch.setattr(comparing, "read_inputs", fail)
    with pytest.raises(LookupError):
        comparing.compare_story(story.pk)
    story.refresh_from_db()
    assert (story.comparison_state, story.compare_error) == ("failed", "LookupError")
