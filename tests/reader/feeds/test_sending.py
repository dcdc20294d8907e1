"""Entries sent to stories, by hand and by rule: what is stored without another question."""

import pytest

from reader.models import AuditEntry, FeedEntry, ImportBatch, ImportItem, Role, Story
from reader.services.feed_asking import Answer
from reader.services.feed_sending import put_aside, send_by_rule, send_entries, take_back
from tests import factories
from tests.reader.feeds.answers import WHOLE, entries_of, item, make_feed, poll, read

pytestmark = pytest.mark.django_db
Status = FeedEntry.Status


def sent_item(entry: FeedEntry) -> ImportItem:
    entry.refresh_from_db()
    assert entry.item is not None
    return entry.item


def test_an_entry_is_sent_by_its_address_with_the_facts_of_the_feed() -> None:
    story = factories.make_story()
    feed = make_feed(story.desk)
    (entry,) = entries_of(feed, item("a", authors=[{"name": "Ada Low"}]))
    editor = factories.make_member(story.desk, Role.EDITOR)
    done = send_entries(entries=[entry.pk], story=story, person=editor)
    sent = sent_item(entry)
    assert ([row.pk for row in done.changed], done.gone) == ([entry.pk], [])
    assert (sent.address, sent.raw_document, sent.batch.how) == (
        "https://example.org/a",
        None,
        ImportBatch.How.FEED,
    )
    assert sent.proposed["said"] == {
        "source": feed.source.name,
        "title": "Quay a",
        "byline": "Ada Low",
        "published": "2024-10-23T08:00:00+00:00",
    }
    assert (sent.proposed["said_in"], sent.batch.made_by) == ("feed", editor)
    assert sent.batch.said == {"confirms": "1"}
    assert AuditEntry.objects.filter(action="reader.feedentry.sent").get().object_id == entry.pk


def test_a_text_that_the_feed_carries_whole_is_not_fetched() -> None:
    story = factories.make_story()
    (entry,) = entries_of(make_feed(story.desk), item("a", content_html=WHOLE))
    send_entries(entries=[entry.pk], story=story, person=None)
    sent = sent_item(entry)
    assert sent.raw_document is not None
    assert bytes(sent.raw_document.content).decode() == WHOLE
    assert sent.batch.said == {"confirms": "1"}


def test_first_words_without_an_address_wait_for_a_person() -> None:
    story = factories.make_story()
    feed = make_feed(story.desk)
    teaser, paged = entries_of(feed, item("a", url="", summary="Shut."), item("b"))
    send_entries(entries=[teaser.pk, paged.pk], story=story, person=None)
    assert (sent_item(teaser).batch.said, sent_item(paged).batch.said) == ({}, {"confirms": "1"})


def test_a_time_that_the_feed_does_not_say_is_left_to_the_page() -> None:
    story = factories.make_story()
    (entry,) = entries_of(
        make_feed(story.desk), item("a", date_published=None, date_modified="2024-10-23T08:00:00Z")
    )
    send_entries(entries=[entry.pk], story=story, person=None)
    assert "published" not in sent_item(entry).proposed["said"]


def test_an_entry_is_sent_once() -> None:
    story = factories.make_story()
    (entry,) = entries_of(make_feed(story.desk), item("a"))
    send_entries(entries=[entry.pk], story=story, person=None)
    done = send_entries(entries=[entry.pk], story=story, person=None)
    assert (done.changed, [row.pk for row in done.gone]) == ([], [entry.pk])
    assert ImportBatch.objects.count() == 1


def test_another_desks_entry_is_never_sent() -> None:
    (entry,) = entries_of(make_feed(), item("a"))
    done = send_entries(entries=[entry.pk], story=factories.make_story(), person=None)
    assert (done.changed, done.gone) == ([], [])
    assert not ImportBatch.objects.exists()


def test_what_was_put_aside_can_be_taken_back() -> None:
    feed = make_feed()
    (entry,) = entries_of(feed, item("a"))
    editor = factories.make_member(feed.desk, Role.EDITOR)
    for change, status in ((put_aside, Status.DISMISSED), (take_back, Status.NEW)):
        change(entries=[entry.pk], desks=[feed.desk_id], person=editor)
        entry.refresh_from_db()
        assert entry.status == status
    late = take_back(entries=[entry.pk], desks=[feed.desk_id], person=editor)
    assert [row.pk for row in late.gone] == [entry.pk]
    actions = AuditEntry.objects.filter(object_type="reader.feedentry").order_by("pk")
    assert list(actions.values_list("action", "actor")) == [
        ("reader.feedentry.put_aside", editor.pk),
        ("reader.feedentry.taken_back", editor.pk),
    ]


@pytest.mark.parametrize("status", list(ImportItem.Status))
def test_an_entry_that_was_sent_in_vain_can_be_taken_back(status: str) -> None:
    feed = make_feed()
    (entry,) = entries_of(feed, item("a"))
    send_entries(entries=[entry.pk], story=factories.make_story(feed.desk), person=None)
    ImportItem.objects.update(status=status)
    editor = factories.make_member(feed.desk, Role.EDITOR)
    take_back(entries=[entry.pk], desks=[feed.desk_id], person=editor)
    entry.refresh_from_db()
    in_vain = status in ("expired", "discarded", "cancelled")
    assert (entry.status, entry.item is None) == ("new" if in_vain else "sent", in_vain)


def test_an_entry_that_changes_before_its_report_is_stored_is_imported_again_after() -> None:
    story = factories.make_story()
    feed = make_feed(story.desk)
    (entry,) = entries_of(feed, item("a"))
    send_entries(entries=[entry.pk], story=story, person=None)
    poll(feed, read(item("a", title="Quay open again")))
    assert ImportBatch.objects.count() == 1
    ImportItem.objects.update(status="created", article=factories.make_article(story))
    poll(feed, Answer(unchanged=True, status=304), Answer(unchanged=True, status=304))
    assert ImportBatch.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("", {"Quay a", "Ferry b"}),
        ("quay", {"Quay a"}),
        ("FERR, lighthouse", {"Ferry b"}),
        ("uay", set()),
        (" , ", {"Quay a", "Ferry b"}),
        ("(.*", set()),
    ],
)
def test_a_rule_sends_what_holds_one_of_its_words(words: str, sent: set[str]) -> None:
    feed = make_feed(story=factories.make_story(), words=words)
    poll(feed, read(item("a"), item("b", title="Ferry b")))
    assert set(feed.entries.filter(status=Status.SENT).values_list("title", flat=True)) == sent


def test_a_rule_sends_nothing_into_a_closed_story_before_it_is_opened_again() -> None:
    story = factories.make_story(status=Story.Status.CLOSED)
    feed = make_feed(story=story)
    poll(feed, read(item("a")))
    assert feed.entries.get().status == Status.NEW
    Story.objects.update(status=Story.Status.OPEN)
    poll(feed, read(item("a")))
    assert feed.entries.get().status == Status.SENT


def test_what_was_put_aside_is_not_sent_by_a_rule() -> None:
    feed = make_feed(story=factories.make_story(), words="ferry")
    (entry,) = entries_of(feed, item("a"))
    editor = factories.make_member(feed.desk, Role.EDITOR)
    put_aside(entries=[entry.pk], desks=[feed.desk_id], person=editor)
    feed.words = ""
    assert send_by_rule(feed) == 0


@pytest.mark.parametrize("status", list(ImportItem.Status))
def test_a_changed_entry_whose_report_is_stored_is_imported_again(status: str) -> None:
    story = factories.make_story()
    feed = make_feed(story.desk)
    (entry,) = entries_of(feed, item("a"))
    send_entries(entries=[entry.pk], story=story, person=None)
    ImportItem.objects.update(status=status, article=factories.make_article(story))
    poll(feed, read(item("a", title="Quay open again")))
    again = ImportBatch.objects.count() == 2
    assert again == (status in ("created", "version", "duplicate"))


def test_sending_takes_as_many_queries_for_many_entries(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    story = factories.make_story()
    feed = make_feed(story.desk)
    counts = []
    for number in (2, 30):
        rows = entries_of(feed, *[item(f"{number}-{n}") for n in range(number)])
        with django_assert_max_num_queries(30) as seen:  # type: ignore[operator]
            send_entries(entries=[row.pk for row in rows], story=story, person=None)
        counts.append(len(seen))
    assert counts[0] == counts[1]
