"""A feed from the net to the report in its story, through the fetcher, the child and the jobs."""

import pytest
from django.utils import timezone

from reader.models import Article, Feed, FeedEntry, ImportItem, Role, Story
from reader.services import feed_polling, feed_trials, reading_items, storing_items
from reader.services.feed_sending import send_entries
from reader.services.feeds import start_trial
from tests import factories
from tests.net import Answer, Loopback, redirect
from tests.reader.feeds.answers import WHOLE

pytestmark = pytest.mark.django_db
FEED = "https://feeds.example/all"
PAGE = "https://news.example/quay"
RSS = "application/rss+xml; charset=utf-8"


def rss(title: str = "Quay shut", more: str = "") -> str:
    return (
        "<rss version='2.0'><channel><title>All news</title><item>"
        f"<title>{title}</title><link>{PAGE}</link><guid>q</guid>{more}"
        "<pubDate>Wed, 23 Oct 2024 08:00:00 GMT</pubDate></item></channel></rss>"
    )


def article(text: str = WHOLE) -> str:
    return f"<html lang='en'><title>Quay shut</title><body><article><h1>Quay shut</h1>{text}"


def polled(feed: Feed) -> FeedEntry:
    """The feed's one entry after a poll."""
    Feed.objects.update(next_poll_at=timezone.now())
    poll = feed_polling.poll_feed(feed.pk)
    assert poll is not None
    assert poll.error == ""
    return feed.entries.select_related("item").get()


def imported(item: ImportItem | None) -> ImportItem:
    """The item after the jobs of its import."""
    assert item is not None
    reading_items.read_batch(item.batch_id)
    storing_items.store_batch(item.batch_id)
    item.refresh_from_db()
    return item


@pytest.fixture
def feed(loopback: Loopback) -> Feed:
    loopback.put(FEED, Answer(rss(), RSS))
    loopback.put(PAGE, article())
    return factories.make_feed(address=FEED)


def test_an_entry_becomes_a_report_and_its_change_a_version(feed: Feed, loopback: Loopback) -> None:
    story = factories.make_story(feed.desk)
    editor = factories.make_member(feed.desk, Role.EDITOR)
    entry = polled(feed)
    send_entries(entries=[entry.pk], story=story, person=editor)
    entry.refresh_from_db()
    done = imported(entry.item)
    report = Article.objects.get()
    assert (done.status, done.article_id, report.story) == ("created", report.pk, story)
    assert (report.title, report.source) == ("Quay shut", feed.source)
    assert str(report.published_at) == "2024-10-23 08:00:00+00:00"
    assert report.current_version is not None
    assert report.current_version.found_in["published"] == "feed"

    loopback.put(FEED, Answer(rss("Quay open again"), RSS))
    loopback.put(PAGE, article(WHOLE.replace("At least 300", "About 290")))
    done = imported(polled(feed).item)
    report.refresh_from_db()
    assert (done.status, report.versions.count()) == ("version", 2)


def test_a_stub_is_not_stored_before_somebody_has_looked(feed: Feed, loopback: Loopback) -> None:
    loopback.put(PAGE, article("<p>The quay is shut. Subscribe to read on.</p>"))
    Feed.objects.update(story=factories.make_story(feed.desk))
    assert imported(polled(feed).item).status == ImportItem.Status.WAITING
    assert not Article.objects.exists()


def test_a_text_that_the_feed_carries_is_stored_without_a_look(
    feed: Feed, loopback: Loopback
) -> None:
    carried = f"<description><![CDATA[{WHOLE}]]></description>"
    loopback.put(FEED, Answer(rss(more=carried), RSS))
    Feed.objects.update(story=factories.make_story(feed.desk))
    assert imported(polled(feed).item).status == ImportItem.Status.CREATED
    assert [asked.address for asked in loopback.asked] == [FEED]


def test_a_feed_that_moved_for_good_is_asked_where_it_went(feed: Feed, loopback: Loopback) -> None:
    new = "https://www.news.example/all"
    loopback.put(FEED, redirect(new, 301))
    loopback.put(new, Answer(rss(), RSS, headers={"ETag": '"7"'}))
    polled(feed)
    feed.refresh_from_db()
    assert (feed.address, feed.etag) == (new, '"7"')
    loopback.put(new, Answer(status=304))
    polled(feed)
    assert loopback.asked[-1].headers["if-none-match"] == '"7"'
    feed.refresh_from_db()
    assert feed.last_outcome == Feed.Outcome.UNCHANGED


def test_a_passing_redirect_moves_nothing(feed: Feed, loopback: Loopback) -> None:
    loopback.put(FEED, redirect("https://www.news.example/all", 302))
    loopback.put("https://www.news.example/all", Answer(rss(), RSS))
    polled(feed)
    feed.refresh_from_db()
    assert feed.address == FEED


def test_a_site_names_its_feed_and_what_is_no_feed_says_so(loopback: Loopback) -> None:
    desk = factories.make_desk()
    admin = factories.make_member(desk, Role.ADMIN)
    link = "<link rel='alternate' type='application/rss+xml' title='All' href='/all'>"
    loopback.put("https://feeds.example/", f"<!doctype html><head>{link}<p>News")
    loopback.put("https://feeds.example/none", "<!doctype html><p>News")
    for path, error, found in (("", "page", [["All", FEED]]), ("none", "not_a_feed", [])):
        trial = start_trial(desk=desk, address=f"https://feeds.example/{path}", person=admin)
        feed_trials.try_feed(trial.pk)
        trial.refresh_from_db()
        assert (trial.error, trial.found["advertised"]) == (error, found)


@pytest.mark.parametrize("address", ["http://10.0.0.1/feed", "https://nowhere.test/feed"])
def test_an_address_that_leads_nowhere_fails_in_words(address: str, loopback: Loopback) -> None:
    feed = factories.make_feed(address=address)
    poll = feed_polling.poll_feed(feed.pk)
    assert poll is not None
    assert poll.error in ("blocked", "unknown_host")
    assert loopback.connected == []
    assert not Story.objects.exists()
