"""How far an erasure goes: to every copy of the desk's own, and not into another desk."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reader.ingest.feeds_entry import make_item
from reader.models import Article, ImportBatch, ImportItem, RawDocument, Role, User
from reader.services.erasing import erase, scope_of
from reader.services.feed_polling import keep_entries
from tests import factories, jobs

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/quill"
SECRET = b"Quillfeather left."


@pytest.fixture
def article() -> Article:
    """A report that came from a page."""
    article = factories.make_article(None, None, external_key=ADDRESS)
    raw = factories.make_raw_document(SECRET, where_from=ADDRESS)
    factories.make_version(article, raw_document=raw)
    factories.make_import_item(
        article.story, raw_document=raw, article=article, address=ADDRESS, status="created"
    )
    return article


@pytest.fixture
def admin(article: Article) -> User:
    return factories.make_member(article.story.desk, Role.ADMIN)


def gone(document: RawDocument) -> bool:
    document.refresh_from_db()
    return document.erased_at is not None and not document.content


def entry_item(**said: Any) -> Any:
    """An entry as a poll would bring it."""
    fields = {
        "key": "quill",
        "address": ADDRESS,
        "title": "Quillfeather",
        "byline": "",
        "markup": "",
        "summary": "Left.",
        "published": None,
        "dated": False,
        "modified": None,
        "language": "en",
    }
    return make_item(**{**fields, **said})


@pytest.mark.parametrize(
    "copy",
    [
        {"content": SECRET, "where_from": "quill.txt"},
        {"content": b"Quillfeather left at noon.", "where_from": ADDRESS},
    ],
    ids=["the same bytes under another name", "an earlier answer of the same page"],
)
def test_copies_that_no_report_rests_on_go_too(
    copy: dict[str, Any], article: Article, admin: User
) -> None:
    document = factories.make_raw_document(**copy)
    assert scope_of(article).documents == 2
    erase(article=article, person=admin, reason="")
    assert gone(document)


def test_what_a_typed_text_stands_for_goes_too(article: Article, admin: User) -> None:
    came = factories.make_raw_document(b"Quillfeather, badly read.", where_from="scan.pdf")
    typed = factories.make_raw_document(b"Typed.", provenance={"typed_for": came.sha256})
    factories.make_version(article, "Quillfeather, typed.", raw_document=typed)
    erase(article=article, person=admin, reason="")
    assert gone(typed)
    assert gone(came)


def test_an_import_that_would_renew_the_report_is_discarded(article: Article, admin: User) -> None:
    raw = factories.make_raw_document(b"Quillfeather is back.", where_from="back.txt")
    item = factories.make_import_item(
        article.story, raw_document=raw, renews=article, status="waiting", text="Quillfeather"
    )
    erase(article=article, person=admin, reason="")
    item.refresh_from_db()
    assert (item.status, item.text) == (ImportItem.Status.DISCARDED, "")
    assert item.batch.state == ImportBatch.State.DONE
    assert gone(raw)


def test_what_was_typed_for_the_import_goes_too(article: Article, admin: User) -> None:
    item = ImportItem.objects.get(article=article)
    ImportBatch.objects.filter(pk=item.batch_id).update(
        said={"title": "Quillfeather", "byline": "By Quillfeather", "source": "The Post"},
        mapping={"tables": {"k": {"heads": ["a"], "rows": [{"a": "Quillfeather"}]}}},
    )
    ImportItem.objects.filter(pk=item.pk).update(error="Quillfeather")
    erase(article=article, person=admin, reason="")
    item.refresh_from_db()
    assert item.error == ""
    assert item.batch.said == {"source": "The Post"}
    assert item.batch.mapping["tables"]["k"]["rows"] == []


def test_entries_with_its_address_are_emptied_wherever_they_are(
    article: Article, admin: User
) -> None:
    feed = factories.make_feed(article.story.desk)
    entry = factories.make_entry(feed, address=f"{ADDRESS}?utm_source=rss", title="Quillfeather")
    other = factories.make_entry(feed, address=f"{ADDRESS}-2", title="Another")
    erase(article=article, person=admin, reason="")
    entry.refresh_from_db()
    other.refresh_from_db()
    assert (entry.title, entry.summary, other.title) == ("", "", "Another")


def test_a_poll_does_not_bring_an_erased_report_back(article: Article, admin: User) -> None:
    feed = factories.make_feed(article.story.desk)
    keep_entries(feed, [entry_item()], timezone.now())
    erase(article=article, person=admin, reason="")
    changed = entry_item(title="Quillfeather again")
    elsewhere = entry_item(key="other", address=f"{ADDRESS}?utm_medium=rss")
    kept = keep_entries(feed, [changed, elsewhere], timezone.now())
    assert (kept.seen, kept.fresh) == (2, 0)
    assert [entry.title for entry in feed.entries.all()] == [""]
    assert not RawDocument.objects.filter(where_from__startswith=ADDRESS).exists()


def test_another_desk_keeps_what_it_imports_from_the_same_bytes(
    article: Article, admin: User
) -> None:
    raw = RawDocument.objects.get(where_from=ADDRESS)
    theirs = factories.make_import_item(
        factories.make_story(), raw_document=raw, status="waiting", text="Quillfeather"
    )
    feed = factories.make_feed()
    entry = factories.make_entry(feed, address=ADDRESS, title="Quillfeather")
    assert scope_of(article).shared == 1
    erase(article=article, person=admin, reason="")
    theirs.refresh_from_db()
    entry.refresh_from_db()
    assert (theirs.status, theirs.text, entry.title) == (
        ImportItem.Status.WAITING,
        "Quillfeather",
        "Quillfeather",
    )
    assert not gone(raw)


@pytest.fixture
def queue() -> Iterator[None]:
    """Empties the queue afterwards, which a test with real transactions leaves as it is."""
    yield
    jobs.forget_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_an_erasure_and_an_import_do_not_wait_for_each_other() -> None:
    """The import holds its items and then wants the story; so must whoever erases."""
    article = factories.make_article(None, "Quillfeather left.")
    admin = factories.make_member(article.story.desk, Role.ADMIN)
    item = factories.make_import_item(article.story, renews=article, status="waiting")
    begun, errors = threading.Event(), list[DatabaseError]()

    def run() -> None:
        begun.set()
        try:
            erase(article=article, person=admin, reason="")
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        ImportItem.objects.select_for_update().get(pk=item.pk)
        thread.start()
        begun.wait(5)
        wait_until_someone_waits()
        type(article.story).objects.select_for_update().get(pk=article.story_id)
    thread.join(20)
    assert errors == []
    article.refresh_from_db()
    assert article.erased_at is not None


def wait_until_someone_waits() -> None:
    """Until another transaction waits for a lock that this one holds."""
    for _attempt in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            (waiting,) = cursor.fetchone()
            if waiting:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")
