"""Polls: what they keep, when the next one is, and what a site's word changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reader.models import AuditEntry, Feed, FeedEntry, FeedPoll, FeedTrial, Role
from reader.services import feed_polling
from reader.services.feed_asking import Answer
from reader.tasks import empty_expired_imports
from tests import factories
from tests.jobs import waiting
from tests.reader.feeds.answers import ADDRESS, answering, item, make_feed, poll, read

pytestmark = pytest.mark.django_db


def wait_of(feed: Feed) -> float:
    """Minutes from the last poll to the next."""
    assert feed.next_poll_at is not None
    assert feed.last_polled_at is not None
    return (feed.next_poll_at - feed.last_polled_at).total_seconds() / 60


def test_new_entries_are_kept_once_and_shown_as_new() -> None:
    feed = make_feed()
    first = poll(feed, read(item("a"), item("b"), item("a")))
    again = poll(feed, read(item("b"), item("c")))
    assert first is not None
    assert again is not None
    assert (first.seen, first.fresh, again.seen, again.fresh) == (2, 2, 2, 1)
    assert set(feed.entries.values_list("title", "status")) == {
        ("Quay a", "new"),
        ("Quay b", "new"),
        ("Quay c", "new"),
    }


def test_a_feed_that_the_database_refuses_waits_longer_like_any_that_fails() -> None:
    feed = make_feed(interval_minutes=30)
    answer = read(item("a"))
    assert answer.content is not None
    broken = replace(answer.content.entries[0], title="\0")
    done = poll(feed, replace(answer, content=replace(answer.content, entries=[broken])))
    assert done is not None
    assert (done.outcome, feed.failures, feed.entries.count()) == ("failed", 1, 0)
    assert wait_of(feed) >= 60


def test_what_a_tried_address_gave_is_forgotten_after_a_day() -> None:
    desk = factories.make_desk()
    person = factories.make_member(desk, Role.ADMIN)
    FeedTrial.objects.create(desk=desk, address=ADDRESS, made_by=person)
    for hours, left in ((23, 1), (25, 0)):
        empty_expired_imports(int((timezone.now() + timedelta(hours=hours)).timestamp()))
        assert FeedTrial.objects.count() == left


def test_the_newest_of_a_poll_stands_first() -> None:
    feed = make_feed()
    poll(feed, read(item("newest"), item("older"), item("oldest")))
    assert [entry.title for entry in feed.entries.all()] == [
        "Quay newest",
        "Quay older",
        "Quay oldest",
    ]


def test_an_entry_is_kept_as_it_came() -> None:
    feed = make_feed()
    poll(feed, read(item("a", content_html="<p onclick='x()'>Shut")))
    (entry,) = feed.entries.select_related("raw_document")
    assert entry.raw_document is not None
    assert b"<p onclick='x()'>Shut" in bytes(entry.raw_document.content)
    assert (entry.summary, str(entry.published_at)) == ("Shut", "2024-10-23 08:00:00+00:00")


def test_a_changed_entry_is_changed_in_place() -> None:
    feed = make_feed()
    poll(feed, read(item("a")), read(item("a", title="Quay open again")))
    (entry,) = feed.entries.all()
    assert (entry.title, entry.status) == ("Quay open again", FeedEntry.Status.NEW)
    assert entry.changed_at is not None


def test_what_a_site_gave_for_the_next_time_is_sent_back() -> None:
    feed = make_feed()
    known = {"etag": '"1"', "last_modified": "Wed, 23 Oct 2024 08:00:00 GMT"}
    poll(feed, read(item("a"), **known))
    Feed.objects.update(next_poll_at=timezone.now())
    with answering(Answer(status=304, unchanged=True)) as asked:
        feed_polling.poll_feed(feed.pk)
    feed.refresh_from_db()
    assert asked == [{"address": ADDRESS, **known}]
    assert (feed.last_outcome, feed.etag) == (Feed.Outcome.UNCHANGED, '"1"')


def test_the_next_poll_is_an_interval_later_and_not_on_the_dot() -> None:
    feed = make_feed(interval_minutes=30)
    poll(feed, read())
    assert 30 <= wait_of(feed) <= 33


def test_a_feed_that_fails_is_asked_ever_more_seldom_up_to_a_day() -> None:
    feed = make_feed(interval_minutes=30)
    waits = []
    for _ in range(8):
        poll(feed, Answer(problem="no_connection"))
        waits.append(wait_of(feed))
    assert 60 <= waits[0] <= 66
    assert 120 <= waits[1] <= 132
    assert 24 * 60 <= waits[-1] <= 24 * 60 * 1.1
    assert (feed.failures, feed.last_error, feed.is_active) == (8, "no_connection", True)
    poll(feed, read())
    assert (feed.failures, feed.last_error) == (0, "")


def test_a_weekly_feed_that_fails_is_not_asked_more_often_than_before() -> None:
    feed = make_feed(interval_minutes=7 * 24 * 60)
    poll(feed, Answer(problem="busy"))
    assert wait_of(feed) >= 7 * 24 * 60


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_for_a_pause_has_it(status: int) -> None:
    feed = make_feed(interval_minutes=30)
    poll(feed, Answer(problem="busy", status=status, retry_after=6 * 3600))
    assert 360 <= wait_of(feed) <= 396
    poll(feed, Answer(problem="busy", status=status, retry_after=10**9))
    assert wait_of(feed) <= 7 * 24 * 60 * 1.1


def test_a_feed_that_is_gone_is_paused_and_that_is_told() -> None:
    feed = make_feed()
    poll(feed, Answer(problem="not_found", status=410))
    assert (feed.is_active, feed.next_poll_at, feed.last_error) == (False, None, "gone")
    assert AuditEntry.objects.get(action="reader.feed.gone").object_id == feed.pk
    assert feed_polling.poll_feed(feed.pk) is None


def test_a_feed_that_has_moved_for_good_is_asked_there_from_then_on() -> None:
    feed = make_feed()
    poll(feed, read(moved_to="https://example.org/new"))
    entry = AuditEntry.objects.get(action="reader.feed.moved")
    assert (entry.before, entry.after) == (
        {"address": ADDRESS},
        {"address": "https://example.org/new"},
    )
    assert feed.address == "https://example.org/new"


def test_a_feed_does_not_move_onto_another_one_of_its_desk() -> None:
    feed = make_feed()
    other = make_feed(feed.desk, address="https://example.org/new")
    poll(feed, read(moved_to=other.address))
    assert feed.address == ADDRESS


@pytest.mark.parametrize("fields", [{"is_active": False}, {"next_poll_at": None}])
def test_a_feed_that_is_not_due_is_not_asked(fields: dict[str, Any]) -> None:
    feed = make_feed(**fields)
    with answering() as asked:
        assert feed_polling.poll_feed(feed.pk) is None
    assert asked == []


def test_the_job_that_comes_second_asks_nothing() -> None:
    feed = make_feed()
    poll(feed, read(item("a")))
    with answering() as asked:
        assert feed_polling.poll_feed(feed.pk) is None
    assert asked == []


def test_an_answer_for_an_address_that_was_changed_meanwhile_is_dropped() -> None:
    feed = make_feed()
    asked = Feed.objects.get(pk=feed.pk)
    Feed.objects.update(address="https://example.org/other")
    assert feed_polling._note(asked, read(item("a")), timezone.now()) is None
    assert not FeedPoll.objects.exists()


def test_only_the_last_hundred_polls_are_kept() -> None:
    feed = make_feed()
    old = timezone.now() - timedelta(days=1)
    outcome = Feed.Outcome.UNCHANGED
    FeedPoll.objects.bulk_create(
        FeedPoll(feed=feed, at=old - timedelta(minutes=n), outcome=outcome) for n in range(105)
    )
    newest = poll(feed, read())
    assert feed.polls.count() == 100
    assert feed.polls.first() == newest


def test_each_due_feed_has_one_job_however_often_the_clock_ticks() -> None:
    due, later = make_feed(), make_feed()
    later.next_poll_at = timezone.now() + timedelta(minutes=5)
    later.save()
    paused = make_feed(is_active=False)
    for _tick in range(2):
        feed_polling.queue_due(timezone.now())
    assert waiting() == [{"feed_id": due.pk}]
    assert paused.next_poll_at is not None


def test_polling_takes_as_many_queries_for_many_entries(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    counts = []
    for number in (2, 40):
        feed = make_feed()
        with django_assert_max_num_queries(30) as seen:  # type: ignore[operator]
            poll(feed, read(*[item(f"{number}-{n}") for n in range(number)]))
        counts.append(len(seen))
    assert counts[0] == counts[1]
