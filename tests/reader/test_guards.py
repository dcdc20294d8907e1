"""Each guard of the reader's tables, attacked with plain SQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from reader import audit
from reader.models import ArticleVersion, AuditEntry
from tests import factories
from tests.plain_sql import refused, run

pytestmark = pytest.mark.django_db


def in_erasure(work: Callable[[], object]) -> None:
    with transaction.atomic():
        run("SET LOCAL parallax.erasure = 'on'")
        work()
        run("SET LOCAL parallax.erasure = 'off'")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "another text"),
        ("blocks", '[{"kind": "heading"}]'),
        ("text_sha256", "0" * 64),
        ("number", 2),
        ("correction_note", "put right"),
        ("created_at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("erased_at", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_stored_version_never_changes(column: str, value: object) -> None:
    version = factories.make_article().versions.get()
    refused(
        f"UPDATE reader_articleversion SET {column} = %s WHERE id = %s",
        value,
        version.pk,
        match="never changed",
    )


def test_a_versions_body_may_be_cleaned_again() -> None:
    version = factories.make_article().versions.get()
    ArticleVersion.objects.filter(pk=version.pk).update(body_html="<p>clean</p>")
    version.refresh_from_db()
    assert version.body_html == "<p>clean</p>"


def test_a_version_is_never_deleted_not_even_by_an_erasure() -> None:
    version = factories.make_article().versions.get()
    sql = "DELETE FROM reader_articleversion WHERE id = %s"
    refused(sql, version.pk, match="never changed")
    in_erasure(lambda: refused(sql, version.pk, match="never changed"))


def test_an_erasure_empties_a_version_and_keeps_its_hash() -> None:
    version = factories.make_article().versions.get()
    sql = """UPDATE reader_articleversion
             SET text = '', blocks = '[]', body_html = '', erased_at = now() WHERE id = %s"""
    refused(sql, version.pk, match="never changed")
    in_erasure(lambda: run(sql, version.pk))
    erased = ArticleVersion.objects.get()
    assert (erased.text, erased.text_sha256) == ("", version.text_sha256)
    refused(
        "UPDATE reader_articleversion SET text = 'back' WHERE id = %s",
        version.pk,
        match="never changed",
    )


def test_an_erasure_leaves_nothing_behind_and_changes_nothing_else() -> None:
    version = factories.make_article().versions.get()
    in_erasure(
        lambda: refused(
            "UPDATE reader_articleversion SET erased_at = now() WHERE id = %s",
            version.pk,
            match="version_erased_is_empty",
        )
    )
    in_erasure(
        lambda: refused(
            "UPDATE reader_articleversion SET text_sha256 = '' WHERE id = %s",
            version.pk,
            match="never changed",
        )
    )


@pytest.mark.django_db(transaction=True)
def test_the_erasure_setting_ends_with_its_transaction() -> None:
    version = factories.make_article().versions.get()
    with transaction.atomic():
        run("SET LOCAL parallax.erasure = 'on'")
    refused(
        "UPDATE reader_articleversion SET text = '' WHERE id = %s",
        version.pk,
        match="never changed",
    )


def test_raw_bytes_never_change_but_by_an_erasure() -> None:
    raw = factories.make_raw_document()
    for sql in (
        "UPDATE reader_rawdocument SET content = 'other' WHERE id = %s",
        "UPDATE reader_rawdocument SET sha256 = '' WHERE id = %s",
        "DELETE FROM reader_rawdocument WHERE id = %s",
    ):
        refused(sql, raw.pk, match="never changed")
    empty = "UPDATE reader_rawdocument SET content = '', erased_at = now() WHERE id = %s"
    in_erasure(lambda: run(empty, raw.pk))
    raw.refresh_from_db()
    assert bytes(raw.content) == b""
    assert raw.sha256


def test_audit_entries_never_change() -> None:
    story = factories.make_story()
    entry = audit.record("reader.story.made", target=story, actor=None, after={"slug": "x"})
    for sql in (
        "UPDATE reader_auditentry SET action = 'other' WHERE id = %s",
        "UPDATE reader_auditentry SET action = action WHERE id = %s",
        "UPDATE reader_auditentry SET after = '{}' WHERE id = %s",
        "DELETE FROM reader_auditentry WHERE id = %s",
    ):
        refused(sql, entry.pk, match="never changed")
    in_erasure(lambda: run("UPDATE reader_auditentry SET after = '{}' WHERE id = %s", entry.pk))
    assert AuditEntry.objects.get().after == {}


def test_what_an_audit_entry_names_cannot_be_deleted() -> None:
    story = factories.make_story()
    person = factories.make_user()
    audit.record("reader.story.made", target=story, actor=person)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table, key in (("reader_story", story.pk), ("reader_user", person.pk)):
        refused(f"DELETE FROM {table} WHERE id = %s", key, match="reader_auditentry")


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_version_numbers_have_no_gaps_and_no_doubles(number: int) -> None:
    version = factories.make_article().versions.get()
    refused(
        """INSERT INTO reader_articleversion
               (story_id, article_id, number, text, blocks, text_sha256, correction_note,
                body_html, created_at)
           VALUES (%s, %s, %s, 'text', '[]', 'hash', '', '', now())""",
        version.story_id,
        version.article_id,
        number,
        match="goes on with version 2",
    )


def test_several_versions_in_one_statement_are_numbered_on() -> None:
    article = factories.make_article()
    ArticleVersion.objects.bulk_create(
        ArticleVersion(
            story_id=article.story_id, article=article, number=n, text=f"t{n}", text_sha256=f"h{n}"
        )
        for n in (2, 3)
    )
    assert [version.number for version in article.versions.all()] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_article_do_not_share_a_number() -> None:
    article = factories.make_article()

    def add(text: str) -> str:
        try:
            ArticleVersion.objects.create(
                story_id=article.story_id, article=article, number=2, text=text, text_sha256=text
            )
        except IntegrityError as error:
            return str(error)
        else:
            return "stored"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(add, ["a", "b"]))
    assert outcomes[1] == "stored"
    assert "goes on with version 3" in outcomes[0]
