"""An erased report: its words are nowhere in the database, and all else holds together."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from claims.models import Claim, Counterpart, Discrepancy, Point
from reader.models import (
    Article,
    ArticleVersion,
    AuditEntry,
    Feed,
    FeedEntry,
    ImportItem,
    RawDocument,
    Role,
    Source,
    User,
)
from reader.services.articles import Content, Details
from reader.services.confirming import confirm
from reader.services.erasing import erase, scope_of
from reader.services.loading import ErasedReport, Report, load_reports
from reader.services.storing_items import store_batch
from reader.services.visibility import CannotChange, show
from tests import factories
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db

# words that stand in the erased report and nowhere else
SECRET = "Quillfeather"
TEXT = f"{SECRET} told 3,000 soldiers to leave.\n\nNobody else knew."


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def admin(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.ADMIN)


@pytest.fixture
def article(compared: Compared, admin: User) -> Article:
    """A report whose words stand everywhere that they can."""
    article = factories.make_article(
        compared.story, None, title=f"{SECRET} speaks", byline=f"By {SECRET}"
    )
    raw = factories.make_raw_document(TEXT.encode(), where_from=f"{SECRET}.txt")
    earlier = factories.make_version(
        article, TEXT.replace("3,000", "2,000"), raw_document=raw, body_html=f"<p>{SECRET}</p>"
    )
    version = factories.make_version(article, TEXT, correction_note=f"{SECRET} was misspelt.")
    claim = factories.make_claim(
        version, f"{SECRET} told 3,000 soldiers", overrides={"place": SECRET}
    )
    factories.make_claim(earlier, f"{SECRET} told")
    other = compared.points[0].claims.order_by("pk").first()
    assert other is not None
    point = factories.make_point(compared.story, [claim], label=f"{SECRET}'s order")
    factories.make_discrepancy(point, [claim], explanation=SECRET, evidence={"quotes": [SECRET]})
    factories.make_counterpart(claim, other, explanation=SECRET)
    item = factories.make_import_item(
        compared.story,
        raw_document=raw,
        article=article,
        name=f"{SECRET}.txt",
        original=TEXT,
        text=TEXT,
        proposed={"fields": {"title": SECRET}},
    )
    feed = Feed.objects.create(desk=compared.story.desk, address="https://a", source=article.source)
    FeedEntry.objects.create(
        feed=feed,
        key_sha256="k",
        digest="d",
        title=SECRET,
        summary=TEXT,
        item=item,
        first_seen_at=timezone.now(),
        raw_document=factories.make_raw_document(f"entry {TEXT}".encode()),
    )
    return article


def everything() -> Iterator[tuple[str, str]]:
    """Each table with all that it holds, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, row


def tables_with(word: str) -> set[str]:
    """The tables that hold the word, in bytes too."""
    shapes = (word, word.encode().hex())
    return {table for table, row in everything() if any(shape in row for shape in shapes)}


def test_no_table_holds_a_word_of_an_erased_report(article: Article, admin: User) -> None:
    assert {"reader_rawdocument", "claims_claim", "reader_feedentry"} <= tables_with(SECRET)
    erase(article=article, person=admin, reason="A court demands it.")
    assert tables_with(SECRET) == set()


def test_hashes_and_the_trail_stay(article: Article, admin: User) -> None:
    hashes = list(article.versions.values_list("text_sha256", flat=True))
    erase(article=article, person=admin, reason="A court demands it.")
    article.refresh_from_db()
    assert (article.status, article.status_note) == ("taken_down", "A court demands it.")
    assert article.erased_at is not None
    assert list(article.versions.values_list("text_sha256", flat=True)) == hashes
    entry = AuditEntry.objects.get(action="reader.article.erased")
    assert sorted(entry.after["versions"].values()) == sorted(hashes)
    assert entry.actor == admin


def test_claims_are_withdrawn_and_the_flags_on_them_superseded(
    article: Article, admin: User, compared: Compared
) -> None:
    erase(article=article, person=admin, reason="")
    gone = Claim.objects.filter(article_version__article=article)
    assert set(gone.values_list("status", "exact")) == {("withdrawn", "")}
    flags = Discrepancy.objects.filter(claims__in=gone)
    assert set(flags.values_list("status", "explanation")) == {("superseded", "")}
    compared.flag.refresh_from_db()
    assert compared.flag.status == "open"
    assert Point.objects.filter(label="…").count() == 1
    assert Counterpart.objects.get().explanation == ""


def test_bytes_that_another_report_rests_on_stay_with_it(article: Article, admin: User) -> None:
    raw = RawDocument.objects.get(sha256=factories.sha256(TEXT))
    other = factories.make_article(article.story, None)
    factories.make_version(other, TEXT, raw_document=raw)
    assert scope_of(article).shared == 1
    erase(article=article, person=admin, reason="")
    raw.refresh_from_db()
    assert bytes(raw.content) == TEXT.encode()
    erase(article=other, person=admin, reason="")
    raw.refresh_from_db()
    assert bytes(raw.content) == b""


def test_what_waits_to_be_imported_from_the_same_bytes_is_discarded(
    article: Article, admin: User
) -> None:
    raw = RawDocument.objects.get(sha256=factories.sha256(TEXT))
    waiting = factories.make_import_item(
        article.story, raw_document=raw, status="waiting", text=TEXT
    )
    erase(article=article, person=admin, reason="")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.text) == (ImportItem.Status.DISCARDED, "")


def test_an_erased_report_is_erased_once_and_never_shown_again(
    article: Article, admin: User
) -> None:
    erased = erase(article=article, person=admin, reason="")
    with pytest.raises(CannotChange):
        erase(article=article, person=admin, reason="")
    with pytest.raises(CannotChange):
        show(article=erased, person=admin)


@pytest.mark.parametrize("key", [None, "https://example.org/other"])
def test_an_erased_text_does_not_come_in_again(
    key: str | None, article: Article, admin: User
) -> None:
    erase(article=article, person=admin, reason="")
    again = Report(
        source=article.source,
        details=Details(
            title="Again",
            byline="",
            published_at=factories.PUBLISHED,
            published_precision="minute",
            published_zone="UTC",
            language="en",
        ),
        content=Content(text=TEXT, blocks=[], body_html=""),
        external_key=key,
    )
    with pytest.raises(ErasedReport):
        load_reports(story=article.story, reports=[again], actor=admin)
    assert tables_with(SECRET) == set()


def test_an_import_that_brings_an_erased_text_again_keeps_none_of_it(
    article: Article, admin: User
) -> None:
    erase(article=article, person=admin, reason="")
    Source.objects.filter(pk=article.source_id).update(name="The Post")
    batch = factories.make_read_import(admin, article.story, [TEXT])
    confirm(batch, admin)
    store_batch(batch.pk)
    item = batch.items.get()
    assert (item.status, item.reason) == ("failed", "erased")
    assert tables_with(SECRET) == set()


def test_the_guards_stand_again_after_an_erasure(article: Article, admin: User) -> None:
    other = factories.make_article()
    erase(article=article, person=admin, reason="")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ArticleVersion.objects.filter(article=other).update(
            text="", blocks=[], erased_at=timezone.now() - timedelta(days=1)
        )
