"""The pages of feeds and the inbox: what they show, what their forms change, what they refuse."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import (
    AuditEntry,
    Desk,
    Feed,
    FeedEntry,
    FeedPoll,
    FeedTrial,
    ImportItem,
    Role,
    User,
)
from reader.services import feed_trials
from reader.services.feed_asking import Answer
from tests import factories
from tests.jobs import waiting
from tests.reader.feeds.answers import ADDRESS, content, entries_of, item, make_feed, poll, read
from tests.testdata import load_data

pytestmark = pytest.mark.django_db
Status = FeedEntry.Status


def row_headers(entry: FeedEntry) -> Mapping[str, str]:
    return {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Target": f"li#entry-{entry.pk}",
    }


@pytest.fixture
def desk() -> Desk:
    return factories.make_desk()


@pytest.fixture
def editor(desk: Desk, client: Client) -> User:
    person = factories.make_member(desk, Role.EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def admin(desk: Desk, client: Client) -> User:
    person = factories.make_member(desk, Role.ADMIN)
    client.force_login(person)
    return person


def page_of(client: Client, query: str = "") -> str:
    return client.get(reverse("reader:inbox") + query).content.decode()


def test_the_inbox_shows_what_is_new_with_its_source_and_time(
    client: Client, editor: User, desk: Desk
) -> None:
    feed = make_feed(desk)
    entries_of(
        feed, item("a", content_html="Shut <b>until</b> May"), item("b", date_published=None)
    )
    shown = page_of(client)
    assert feed.source.name in shown
    for words in ("Quay a", "Shut until May", "23 Oct 2024, 08:00 UTC", "no time given"):
        assert words in shown, words
    assert shown.index("Quay a") < shown.index("Quay b")


def test_hostile_words_of_a_feed_stay_words(client: Client, editor: User, desk: Desk) -> None:
    entries_of(
        make_feed(desk, title='<img src=x onerror="x">'),
        item(
            "a", title="A &amp;lt;script&amp;gt; <script>x</script>", url='https://a.b/"onclick=x'
        ),
    )
    shown = page_of(client)
    assert "<img" not in shown
    assert "<script>x" not in shown
    assert "onclick" not in shown


def test_another_desks_entries_are_not_shown_nor_changed(client: Client, editor: User) -> None:
    (entry,) = entries_of(make_feed(), item("a"))
    assert "Quay a" not in page_of(client)
    assert "Quay a" not in page_of(client, f"?just={entry.pk}&feed={entry.feed_id}&status=all")
    for name in ("inbox_send", "inbox_aside", "inbox_back"):
        answer = client.post(reverse(f"reader:{name}"), {"entry": entry.pk})
        assert answer.status_code == 404


def test_a_clear_story_is_chosen_and_the_reason_told(
    client: Client, editor: User, desk: Desk
) -> None:
    story = factories.make_story(desk, title="Crack in the harbour wall")
    factories.make_story(desk, title="Another one")
    entries_of(make_feed(desk), item("a", title="Harbour wall: the crack grows"))
    shown = page_of(client)
    assert f'<option value="{story.slug}" selected>' in shown
    assert "Suggested: shares “" in shown


def test_an_entry_is_sent_with_one_click_and_its_row_says_so(
    client: Client, editor: User, desk: Desk
) -> None:
    story = factories.make_story(desk)
    (entry,) = entries_of(make_feed(desk), item("a"))
    form = {"entry": entry.pk, "story": story.slug}
    answer = client.post(reverse("reader:inbox_send"), form, headers=row_headers(entry))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.lstrip().startswith(f'<li class="inbox-row" id="entry-{entry.pk}"')
    assert "It is being fetched and read" in shown
    assert "data-announce" in shown
    assert "hx-trigger" in shown  # looks again until the import is over


def test_without_scripts_the_inbox_comes_back_with_what_was_decided(
    client: Client, editor: User, desk: Desk
) -> None:
    feed = make_feed(desk)
    first, second = entries_of(feed, item("a"), item("b"))
    form = {"entry": [first.pk, second.pk], "shown_feed": feed.pk, "shown_status": "new"}
    answer = client.post(reverse("reader:inbox_aside"), form, follow=True)
    shown = answer.content.decode()
    assert answer.redirect_chain[0][1] == 302
    assert shown.count('data-action="back"') == 2
    client.post(reverse("reader:inbox_back"), {"entry": [first.pk, second.pk]})
    assert set(feed.entries.values_list("status", flat=True)) == {Status.NEW}


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({}, "Choose a story first."),
        ({"story": "made-up"}, "Choose a story first."),
        ({"story": "closed"}, "Choose a story first."),
        ({"story": "elsewhere"}, "Choose a story first."),
        ({"story": "open", "entry": ""}, ""),
    ],
)
def test_without_a_story_nothing_is_sent(
    form: dict[str, str], problem: str, client: Client, editor: User, desk: Desk
) -> None:
    factories.make_story(desk, slug="open")
    factories.make_story(desk, slug="closed", status="closed")
    factories.make_story(slug="elsewhere")
    (entry,) = entries_of(make_feed(desk), item("a"))
    sent = {"entry": str(entry.pk), **form}
    answer = client.post(reverse("reader:inbox_send"), sent)
    entry.refresh_from_db()
    assert entry.status == Status.NEW
    if problem:
        assert answer.status_code == 422
        assert problem in answer.content.decode()
        assert "checked" in answer.content.decode()  # what was chosen stays chosen
        answer = client.post(reverse("reader:inbox_send"), sent, headers=row_headers(entry))
        assert (answer.status_code, problem in answer.content.decode()) == (422, True)


def test_entries_of_two_desks_are_not_sent_together(client: Client, desk: Desk) -> None:
    other = factories.make_desk()
    person = factories.make_member(desk, Role.EDITOR)
    other.memberships.create(user=person, role=Role.EDITOR)
    client.force_login(person)
    (here,) = entries_of(make_feed(desk), item("a"))
    (there,) = entries_of(make_feed(other), item("b"))
    story = factories.make_story(desk)
    form = {"entry": [here.pk, there.pk], "story": story.slug}
    answer = client.post(reverse("reader:inbox_send"), form)
    assert answer.status_code == 422
    assert set(FeedEntry.objects.values_list("status", flat=True)) == {Status.NEW}


def test_who_comes_second_sees_what_the_first_did(client: Client, editor: User, desk: Desk) -> None:
    story = factories.make_story(desk)
    (entry,) = entries_of(make_feed(desk), item("a"))
    form = {"entry": entry.pk, "story": story.slug}
    client.post(reverse("reader:inbox_send"), form)
    for headers in ({}, row_headers(entry)):
        answer = client.post(reverse("reader:inbox_aside"), form, headers=headers)
        assert answer.status_code == 409
        assert "Somebody else was quicker" in answer.content.decode()
    assert FeedEntry.objects.get().status == Status.SENT


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.ADMIN, "Look at it"), (Role.EDITOR, "An admin of your desk has to look at it.")],
)
def test_an_import_that_waits_is_linked_for_those_who_may_open_it(
    role: Role, told: str, client: Client, desk: Desk
) -> None:
    person = factories.make_member(desk, role)
    client.force_login(person)
    story = factories.make_story(desk)
    (entry,) = entries_of(make_feed(desk), item("a"))
    client.post(reverse("reader:inbox_send"), {"entry": entry.pk, "story": story.slug})
    ImportItem.objects.update(status=ImportItem.Status.WAITING)
    shown = client.get(reverse("reader:inbox_entry", args=[entry.pk])).content.decode()
    assert told in shown
    assert ("/import/" in shown) == (role == Role.ADMIN)


def test_a_report_that_is_hidden_is_not_linked_for_editors(
    client: Client, editor: User, desk: Desk
) -> None:
    story = factories.make_story(desk)
    (entry,) = entries_of(make_feed(desk), item("a"))
    client.post(reverse("reader:inbox_send"), {"entry": entry.pk, "story": story.slug})
    article = factories.make_article(story, status="taken_down")
    ImportItem.objects.update(status=ImportItem.Status.CREATED, article=article)
    shown = client.get(reverse("reader:inbox_entry", args=[entry.pk])).content.decode()
    assert "Open the report" not in shown


def test_filters_by_feed_and_status(client: Client, editor: User, desk: Desk) -> None:
    one, other = make_feed(desk, title="One"), make_feed(desk, address=f"{ADDRESS}/2")
    (entry,) = entries_of(one, item("a"))
    entries_of(other, item("b"))
    client.post(reverse("reader:inbox_aside"), {"entry": entry.pk})
    for query, a, b in (
        ("", False, True),
        (f"?feed={one.pk}", False, False),
        (f"?feed={one.pk}&status=all", True, False),
        ("?status=dismissed", True, False),
        ("?status=made-up&feed=x&page=99", False, True),
    ):
        shown = page_of(client, query)
        assert ("Quay a" in shown, "Quay b" in shown) == (a, b), query


def test_an_empty_inbox_says_why(client: Client, editor: User, desk: Desk) -> None:
    assert "No feeds yet" in page_of(client)
    make_feed(desk)
    assert "Nothing new" in page_of(client)
    assert "Nothing here" in page_of(client, "?status=sent")


@pytest.mark.parametrize("path", ["inbox", "feeds"])
def test_the_number_of_queries_does_not_grow(
    path: str,
    client: Client,
    admin: User,
    desk: Desk,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    counts = []
    for number in (1, 4):
        for feed_number in range(number):
            feed = make_feed(desk, address=f"{ADDRESS}/{number}/{feed_number}")
            entries_of(feed, *[item(f"{number}-{n}") for n in range(number)])
            factories.make_article(factories.make_story(desk))
        with django_assert_max_num_queries(16) as seen:  # type: ignore[operator]
            assert client.get(reverse(f"reader:{path}")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


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


def form_of(feed: Feed, **changes: object) -> dict[str, object]:
    known = {
        "address": feed.address,
        "title": feed.title,
        "source": feed.source.name,
        "story": feed.story.slug if feed.story else "",
        "words": feed.words,
        "interval_minutes": feed.interval_minutes,
        "seen": feed.row_version,
    }
    return {**known, **changes}


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
    feed = make_feed(desk)
    fields = ("address", "title", "source", "words", "interval_minutes", "story", "seen")
    strings = load_data("naughty.json")
    address = reverse("reader:feed", args=[feed.pk])
    for number, text in enumerate(strings[::6]):
        form = form_of(feed, **{fields[number % len(fields)]: text})
        assert client.post(address, form).status_code in (302, 409, 422)
        assert client.post(reverse("reader:feed_try"), {"address": text}).status_code in (302, 422)
        sent = {"entry": text, "story": text, "shown_feed": text, "shown_status": text}
        assert client.post(reverse("reader:inbox_send"), sent).status_code in (302, 422, 404)
        query = {"feed": text, "status": text, "page": text, "just": text}
        assert client.get(reverse("reader:inbox"), query).status_code == 200
        feed.refresh_from_db()
