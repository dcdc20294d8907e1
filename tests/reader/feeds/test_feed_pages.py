"""The pages of feeds: an address tried, a feed added, changed, paused, removed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import AuditEntry, Desk, Feed, FeedEntry, FeedPoll, FeedTrial, ImportItem, User
from reader.services import feed_trials
from reader.services.feed_asking import Answer
from tests import factories
from tests.jobs import waiting
from tests.reader.feeds.answers import ADDRESS, content, entries_of, item, make_feed, poll, read
from tests.reader.feeds.naughty import form_of, send_naughty
from tests.testdata import load_data

pytestmark = pytest.mark.django_db


def try_it(client: Client, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the page of an address that was tried."""
    monkeypatch.setattr(feed_trials, "ask", lambda address: answer)
    answered = client.post(reverse("reader:feed_try"), {"address": ADDRESS})
    trial = FeedTrial.objects.get()
    assert waiting() == [{"trial_id": trial.pk}]
    feed_trials.try_feed(trial.pk)
    return str(answered["Location"])


def test_an_address_is_tried_before_it_is_polled(
    client: Client, admin: User, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = try_it(client, read(item("a", summary="Shut"), item("b")), monkeypatch)
    shown = client.get(page).content.decode()
    for words in ("Port", "2 entries", "Quay a", "Shut", "the text is fetched from its page"):
        assert words in shown, words
    assert not Feed.objects.exists()
    form = {"address": ADDRESS, "title": "Port", "source": "Harbour Wire", "interval_minutes": "30"}
    assert client.post(page, form)["Location"] == reverse("reader:feeds")
    feed = Feed.objects.get()
    assert (feed.source.name, feed.desk, feed.is_active) == ("Harbour Wire", desk, True)
    assert {"feed_id": feed.pk} in waiting()
    assert AuditEntry.objects.filter(action="reader.feed.added", actor=admin).exists()
    again = client.post(page, form)
    assert again.status_code == 422
    assert "The desk polls this address already." in again.content.decode()


def test_a_page_offers_the_feeds_that_it_names(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Answer(
        problem="page",
        status=200,
        content=content().__class__(problem="page", advertised=[("All news", f"{ADDRESS}/all")]),
    )
    shown = client.get(try_it(client, answer, monkeypatch)).content.decode()
    for words in ("which names feeds of its own", "All news", f'value="{ADDRESS}/all"'):
        assert words in shown, words


def test_an_address_without_a_feed_is_told_in_words(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Answer(problem="not_a_feed", status=200)
    shown = client.get(try_it(client, answer, monkeypatch)).content.decode()
    assert "neither a feed nor a page" in shown
    assert "interval_minutes" not in shown


def test_an_address_that_is_being_tried_says_so(client: Client, admin: User, desk: Desk) -> None:
    trial = FeedTrial.objects.create(desk=desk, address=ADDRESS, made_by=admin)
    address = reverse("reader:feed_trial", args=[trial.pk])
    assert "being asked" in client.get(address).content.decode()
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204


@pytest.mark.parametrize(
    "address",
    ["", "ftp://a.b/", "javascript:1", "nowhere", "https://", f"https://a.b/{'ü' * 1500}"],
)
def test_what_is_no_address_is_not_tried(address: str, client: Client, admin: User) -> None:
    answer = client.post(reverse("reader:feed_try"), {"address": address})
    assert answer.status_code == 422
    assert not FeedTrial.objects.exists()


def test_a_feed_is_changed_and_another_address_is_asked_for_everything(
    client: Client, admin: User, desk: Desk
) -> None:
    feed = make_feed(desk, etag='"1"')
    story = factories.make_story(desk)
    address = reverse("reader:feed", args=[feed.pk])
    changes = {"address": f"{ADDRESS}/new", "story": story.slug, "words": "quay"}
    assert client.post(address, form_of(feed, **changes)).status_code == 302
    feed.refresh_from_db()
    assert (feed.address, feed.etag, feed.story, feed.words) == (
        f"{ADDRESS}/new",
        "",
        story,
        "quay",
    )
    entry = AuditEntry.objects.get(action="reader.feed.changed")
    assert (entry.before["address"], entry.after["words"]) == (ADDRESS, "quay")


def test_a_feed_that_somebody_changed_meanwhile_is_not_overwritten(
    client: Client, admin: User, desk: Desk
) -> None:
    feed = make_feed(desk)
    old = form_of(feed, words="", title="Mine")
    address = reverse("reader:feed", args=[feed.pk])
    client.post(address, form_of(feed, title="Theirs"))
    answer = client.post(address, old)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in shown
    assert 'value="Mine"' in shown
    feed.refresh_from_db()
    client.post(address, {**old, "seen": feed.row_version})
    feed.refresh_from_db()
    assert feed.title == "Mine"


@pytest.mark.parametrize(
    "change",
    [
        {"interval_minutes": 1},
        {"interval_minutes": 99999},
        {"interval_minutes": "9" * 5000},
        {"source": ""},
        {"title": ""},
        {"address": "nowhere"},
        {"story": "made-up"},
        {"words": "quay"},  # without a story
    ],
)
def test_what_cannot_be_is_refused_and_kept_on_the_page(
    change: dict[str, object], client: Client, admin: User, desk: Desk
) -> None:
    feed = make_feed(desk)
    address = reverse("reader:feed", args=[feed.pk])
    answer = client.post(address, form_of(feed, **{"title": "Typed by hand", **change}))
    assert answer.status_code == 422
    if "title" not in change:
        assert "Typed by hand" in answer.content.decode()


def test_an_address_that_the_desk_polls_already_is_refused(
    client: Client, admin: User, desk: Desk
) -> None:
    make_feed(desk, address=f"{ADDRESS}/other")
    feed = make_feed(desk)
    address = reverse("reader:feed", args=[feed.pk])
    answer = client.post(address, form_of(feed, address=f"{ADDRESS}/other"))
    assert answer.status_code == 422
    assert "The desk polls this address already." in answer.content.decode()


def test_a_feed_is_paused_and_polled_again(client: Client, admin: User, desk: Desk) -> None:
    feed = make_feed(desk)
    for wanted, active in (("paused", False), ("polled", True)):
        feed.refresh_from_db()
        form = {"seen": feed.row_version, "wanted": wanted}
        client.post(reverse("reader:feed_pause", args=[feed.pk]), form)
        feed.refresh_from_db()
        assert feed.is_active == active
    late = client.post(reverse("reader:feed_pause", args=[feed.pk]), {"seen": 1})
    assert late.status_code == 409
    headers = {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Target": "div#feed-list",
    }
    late = client.post(reverse("reader:feed_pause", args=[feed.pk]), {"seen": 1}, headers=headers)
    assert (late.status_code, late.content.lstrip()[:19]) == (409, b'<div id="feed-list"')


def test_a_feed_is_polled_now_when_asked(client: Client, admin: User, desk: Desk) -> None:
    feed = make_feed(desk)
    poll(feed, read(item("a")))
    client.post(reverse("reader:feed_poll", args=[feed.pk]))
    feed.refresh_from_db()
    assert feed.next_poll_at is not None
    assert feed.next_poll_at <= timezone.now()
    assert waiting() == [{"feed_id": feed.pk}]
    shown = client.get(reverse("reader:feeds")).content.decode()
    assert "As soon as a worker is free" in shown
    assert "1 entry, 1 of them new." in shown


def test_a_removed_feed_takes_its_entries_along_but_no_report(
    client: Client, admin: User, desk: Desk
) -> None:
    story = factories.make_story(desk)
    feed = make_feed(desk)
    (entry,) = entries_of(feed, item("a"))
    client.post(reverse("reader:inbox_send"), {"entry": entry.pk, "story": story.slug})
    address = reverse("reader:feed_remove", args=[feed.pk])
    assert client.post(address, {"seen": 99}).status_code == 409
    feed.refresh_from_db()
    assert client.post(address, {"seen": feed.row_version}).status_code == 302
    assert not Feed.objects.exists()
    assert not FeedEntry.objects.exists()
    assert not FeedPoll.objects.exists()
    assert ImportItem.objects.count() == 1


def test_failures_are_told_in_words(client: Client, admin: User, desk: Desk) -> None:
    feed = make_feed(desk)
    failed = Answer(problem="not_a_feed", status=200)
    poll(feed, failed, failed)
    for name, arguments in (("feeds", []), ("feed", [feed.pk])):
        shown = client.get(reverse(f"reader:{name}", args=arguments)).content.decode()
        assert "neither a feed nor a page" in shown
    assert "Failed 2 times in a row." in client.get(reverse("reader:feeds")).content.decode()


def test_naughty_strings_in_every_field(client: Client, admin: User, desk: Desk) -> None:
    send_naughty(client, make_feed(desk), load_data("naughty.json")[::20])


def test_a_storys_history_tells_of_its_feed_without_the_address(
    client: Client, admin: User, desk: Desk
) -> None:
    story = factories.make_story(desk)
    feed = make_feed(desk, story=story, address="https://feeds.example.org/secret-key")
    client.post(reverse("reader:feed", args=[feed.pk]), form_of(feed, words="quay"))
    shown = client.get(reverse("reader:history", args=[story.slug])).content.decode()
    assert "changed a feed" in shown
    assert "secret-key" not in shown
