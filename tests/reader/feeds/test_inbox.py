"""The inbox: what it shows, what its forms change, what they refuse."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import Desk, FeedEntry, ImportItem, Role, User
from tests import factories
from tests.reader.feeds.answers import ADDRESS, entries_of, item, make_feed

pytestmark = pytest.mark.django_db
Status = FeedEntry.Status


def row_headers(entry: FeedEntry) -> Mapping[str, str]:
    return {
        "HX-Request": "true",
        "HX-Request-Type": "partial",
        "HX-Target": f"li#entry-{entry.pk}",
    }


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


@pytest.mark.parametrize("name", ["inbox_send", "inbox_aside", "inbox_back"])
def test_without_an_entry_nothing_is_done_and_that_is_said(
    name: str, client: Client, editor: User, desk: Desk
) -> None:
    make_feed(desk)
    form = {"story": factories.make_story(desk).slug, "shown_status": "dismissed"}
    answer = client.post(reverse(f"reader:{name}"), form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Choose entries first." in shown
    assert '<option value="dismissed" selected>' in shown  # the page is the one it was


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
