"""The keys of the reader's tables, attacked with plain SQL: what belongs together stays so."""

import pytest
from django.db import IntegrityError, connection, transaction

from reader.models import Article, Role, Source
from tests import factories
from tests.plain_sql import refused

pytestmark = pytest.mark.django_db


def test_a_version_lies_in_its_articles_story() -> None:
    article = factories.make_article()
    refused(
        """INSERT INTO reader_articleversion
               (story_id, article_id, number, text, blocks, text_sha256, correction_note,
                body_html, change, words, extent, found_in, created_at)
           VALUES (%s, %s, 2, 'text', '[]', 'hash', '', '', 'words', 1, '{}', '{}', now())""",
        factories.make_story().pk,
        article.pk,
        match="version_in_story",
    )


def test_an_article_with_versions_does_not_change_its_story() -> None:
    article = factories.make_article()
    refused(
        "UPDATE reader_article SET story_id = %s WHERE id = %s",
        factories.make_story().pk,
        article.pk,
        match="version_in_story",
    )


def test_the_current_version_is_one_of_the_articles_own() -> None:
    article, other = factories.make_article(), factories.make_article()
    refused(
        "UPDATE reader_article SET current_version_id = %s WHERE id = %s",
        other.current_version_id,
        article.pk,
        match="article_current_is_own",
    )


@pytest.mark.parametrize("sha256", ["0" * 64, None])
def test_the_current_hash_is_that_of_the_current_version(sha256: str | None) -> None:
    article = factories.make_article()
    refused(
        "UPDATE reader_article SET current_sha256 = %s WHERE id = %s",
        sha256,
        article.pk,
        match="article_current_ha",
    )


def test_one_source_has_an_address_and_a_text_once_in_a_story() -> None:
    first = factories.make_article(external_key="https://example.org/1")
    second = factories.make_article(first.story, "other", first.source, external_key="k")
    refused(
        "UPDATE reader_article SET external_key = %s WHERE id = %s",
        first.external_key,
        second.pk,
        match="article_key_once",
    )
    with pytest.raises(IntegrityError, match="article_text_once"), transaction.atomic():
        factories.make_version(second, first.versions.get().text)


def test_pastes_without_an_address_stand_beside_each_other() -> None:
    first = factories.make_article()
    factories.make_article(first.story, "other", first.source)
    assert Article.objects.filter(external_key=None).count() == 2


def test_an_import_item_stays_in_its_batchs_story() -> None:
    item = factories.make_import_item(factories.make_story())
    elsewhere = factories.make_article()
    refused(
        "UPDATE reader_importitem SET story_id = %s WHERE id = %s",
        elsewhere.story_id,
        item.pk,
        match="import_item_in_story",
    )
    refused(
        "UPDATE reader_importitem SET article_id = %s WHERE id = %s",
        elsewhere.pk,
        item.pk,
        match="import_item_article_in_story",
    )
    own = factories.make_article(item.story)
    refused(
        "UPDATE reader_importitem SET article_id = %s, version_id = %s WHERE id = %s",
        own.pk,
        elsewhere.current_version_id,
        item.pk,
        match="import_item_version_of_article",
    )


def test_a_person_has_one_known_role_on_a_desk() -> None:
    desk = factories.make_desk()
    user = factories.make_member(desk, Role.READER)
    sql = "INSERT INTO reader_membership (user_id, desk_id, role) VALUES (%s, %s, %s)"
    refused(sql, user.pk, desk.pk, "admin", match="membership_one_role")
    refused(sql, factories.make_user().pk, desk.pk, "chief", match="membership_role_known")


def test_a_source_has_its_name_once_whatever_the_capitals() -> None:
    factories.make_source("Harbour Wire")
    with pytest.raises(IntegrityError, match="source_name_once"), transaction.atomic():
        Source.objects.create(name="HARBOUR WIRE")


@pytest.mark.parametrize(
    ("table", "column", "constraint"),
    [
        ("reader_story", "status", "story_status_known"),
        ("reader_article", "status", "article_status_known"),
        ("reader_article", "published_precision", "article_precision_known"),
    ],
)
def test_states_are_known_words(table: str, column: str, constraint: str) -> None:
    factories.make_article()
    refused(f"UPDATE {table} SET {column} = 'odd'", match=constraint)


def test_a_comparison_is_never_ahead_of_its_texts() -> None:
    factories.make_story()
    refused("UPDATE reader_story SET compared_revision = 1", match="story_compared_not_ahead")


def test_keys_are_bigint_identities() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name FROM information_schema.columns
               WHERE column_name = 'id' AND table_schema = 'public'
                 AND (table_name LIKE 'reader\\_%' OR table_name LIKE 'claims\\_%')
                 AND NOT (data_type = 'bigint' AND is_identity = 'YES')"""
        )
        assert cursor.fetchall() == []


def test_every_table_below_a_story_has_an_indexed_story() -> None:
    above = {
        "claims_alias",
        "claims_judgeanswer",
        "claims_ruleswitch",
        "reader_story",
        "reader_desk",
        "claims_fittedweights",
        "reader_columnmapping",
        "reader_feedentry",
        "reader_feedpoll",
        "reader_feedtrial",
        "reader_importcontainer",
        "reader_invitation",
        "reader_mailcount",
        "reader_membership",
        "reader_source",
        "reader_rawdocument",
        "reader_user",
        "reader_user_groups",
        "reader_user_user_permissions",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname,
                      EXISTS (SELECT FROM pg_index i JOIN pg_attribute a
                              ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                              WHERE i.indrelid = c.oid AND a.attname = 'story_id')
               FROM pg_class c
               WHERE c.relkind = 'r'
                 AND (c.relname LIKE 'reader\\_%' OR c.relname LIKE 'claims\\_%')"""
        )
        tables = dict(cursor.fetchall())
    assert {name for name, indexed in tables.items() if not indexed} == above


def test_a_feed_goes_straight_only_into_a_story_of_its_desk() -> None:
    feed = factories.make_feed(story=factories.make_story())
    refused(
        "UPDATE reader_feed SET story_id = %s WHERE id = %s",
        factories.make_story().pk,
        feed.pk,
        match="feed_story_of_desk",
    )


def test_a_desk_polls_an_address_once_and_a_feed_has_an_entry_once() -> None:
    first, second = factories.make_entry(), factories.make_entry()
    refused(
        "UPDATE reader_feed SET desk_id = %s, address = %s WHERE id = %s",
        first.feed.desk_id,
        first.feed.address,
        second.feed_id,
        match="feed_address_once",
    )
    refused(
        "UPDATE reader_feedentry SET feed_id = %s, key_sha256 = %s WHERE id = %s",
        first.feed_id,
        first.key_sha256,
        second.pk,
        match="feed_entry_once",
    )
    refused("UPDATE reader_feed SET interval_minutes = 1", match="feed_interval_sensible")
