"""What only the database can keep right in the reader's tables.

Each guard has a test in tests/reader/test_guards.py that tries to break it with plain SQL. All of
it keeps to what Postgres 15 knows.
"""

from django.db import migrations

# Arguments of the trigger: columns that may always change, columns that an erasure may empty
# (both as a comma-separated list). New columns are immutable unless named here. Erasure is on when
# its service has set `parallax.erasure` for the transaction.
KEEP = """
CREATE FUNCTION parallax_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
    IF current_setting('parallax.erasure', true) = 'on' THEN
        free := free || string_to_array(TG_ARGV[1], ',');
    END IF;
    IF TG_OP = 'UPDATE' AND cardinality(free) > 0
            AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % is never changed or deleted', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON reader_articleversion
    FOR EACH ROW EXECUTE FUNCTION
    parallax_keep('body_html', 'text,blocks,correction_note,erased_at');
CREATE TRIGGER raw_document_kept BEFORE UPDATE OR DELETE ON reader_rawdocument
    FOR EACH ROW EXECUTE FUNCTION parallax_keep('', 'content,where_from,erased_at');
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON reader_auditentry
    FOR EACH ROW EXECUTE FUNCTION parallax_keep('', 'actor_name,before,after');
"""
NO_KEEP = """
DROP TRIGGER version_kept ON reader_articleversion;
DROP TRIGGER raw_document_kept ON reader_rawdocument;
DROP TRIGGER audit_entry_kept ON reader_auditentry;
DROP FUNCTION parallax_keep();
"""

# Whatever else an erasure may touch, it can only leave nothing behind.
ERASED = """
ALTER TABLE reader_articleversion ADD CONSTRAINT version_erased_is_empty CHECK (
    erased_at IS NULL OR (text = '' AND blocks = '[]'::jsonb AND body_html = ''));
ALTER TABLE reader_rawdocument ADD CONSTRAINT raw_document_erased_is_empty CHECK (
    erased_at IS NULL OR content = ''::bytea);
"""
NOT_ERASED = """
ALTER TABLE reader_articleversion DROP CONSTRAINT version_erased_is_empty;
ALTER TABLE reader_rawdocument DROP CONSTRAINT raw_document_erased_is_empty;
"""

NUMBERS = """
CREATE FUNCTION reader_version_number() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected integer;
BEGIN
    PERFORM 1 FROM reader_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
    SELECT coalesce(max(number), 0) + 1 INTO expected
        FROM reader_articleversion WHERE article_id = NEW.article_id;
    IF NEW.number <> expected THEN
        RAISE EXCEPTION 'article % goes on with version %, not %',
            NEW.article_id, expected, NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_number_next BEFORE INSERT ON reader_articleversion
    FOR EACH ROW EXECUTE FUNCTION reader_version_number();
"""
NO_NUMBERS = """
DROP TRIGGER version_number_next ON reader_articleversion;
DROP FUNCTION reader_version_number();
"""

# Rows below a story stay in it; an article's current version is one of its own, with its hash.
KEYS = """
ALTER TABLE reader_article
    ADD CONSTRAINT article_with_story UNIQUE (id, story_id);
ALTER TABLE reader_articleversion
    ADD CONSTRAINT version_with_story UNIQUE (id, story_id),
    ADD CONSTRAINT version_with_article UNIQUE (id, article_id),
    ADD CONSTRAINT version_with_hash UNIQUE (id, text_sha256),
    ADD CONSTRAINT version_in_story FOREIGN KEY (article_id, story_id)
        REFERENCES reader_article (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE reader_article
    ADD CONSTRAINT article_current_is_own FOREIGN KEY (current_version_id, id)
        REFERENCES reader_articleversion (id, article_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT article_current_hash FOREIGN KEY (current_version_id, current_sha256)
        REFERENCES reader_articleversion (id, text_sha256) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT article_current_has_hash
        CHECK ((current_version_id IS NULL) = (current_sha256 IS NULL));
ALTER TABLE reader_importbatch
    ADD CONSTRAINT import_batch_with_story UNIQUE (id, story_id);
ALTER TABLE reader_importitem
    ADD CONSTRAINT import_item_in_story FOREIGN KEY (batch_id, story_id)
        REFERENCES reader_importbatch (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT import_item_article_in_story FOREIGN KEY (article_id, story_id)
        REFERENCES reader_article (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT import_item_version_of_article FOREIGN KEY (version_id, article_id)
        REFERENCES reader_articleversion (id, article_id) DEFERRABLE INITIALLY IMMEDIATE;
"""
NO_KEYS = """
ALTER TABLE reader_importitem
    DROP CONSTRAINT import_item_version_of_article,
    DROP CONSTRAINT import_item_article_in_story,
    DROP CONSTRAINT import_item_in_story;
ALTER TABLE reader_importbatch
    DROP CONSTRAINT import_batch_with_story;
ALTER TABLE reader_article
    DROP CONSTRAINT article_current_has_hash,
    DROP CONSTRAINT article_current_hash,
    DROP CONSTRAINT article_current_is_own;
ALTER TABLE reader_articleversion
    DROP CONSTRAINT version_in_story,
    DROP CONSTRAINT version_with_hash,
    DROP CONSTRAINT version_with_article,
    DROP CONSTRAINT version_with_story;
ALTER TABLE reader_article
    DROP CONSTRAINT article_with_story;
"""


class Migration(migrations.Migration):
    """Triggers, composite keys and checks."""

    dependencies = [("reader", "0001_initial")]

    operations = [
        migrations.RunSQL(KEEP, NO_KEEP),
        migrations.RunSQL(ERASED, NOT_ERASED),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
