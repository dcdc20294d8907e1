"""What only the database can keep right in the claims' tables.

Each guard has a test in tests/claims/test_guards.py that tries to break it with plain SQL. All of
it keeps to what Postgres 15 knows.
"""

from django.db import migrations

# A claim's span lies in its version and its `exact` is that text. One look at the versions for each
# statement; an update is checked only where version, span or text changed.
SPANS = """
ALTER TABLE claims_claim ADD CONSTRAINT claim_span_is_as_long_as_its_text CHECK (
    exact = '' OR char_length(exact) = "end" - start);

CREATE FUNCTION claims_refuse_span(claim bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF claim IS NOT NULL THEN
        RAISE EXCEPTION 'claim % does not quote its version', claim
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION claims_span_quotes(exact text, first integer, past integer, body text,
                                   erased timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT substr(body, first + 1, past - first) = exact AND exact <> ''
        OR exact = '' AND erased IS NOT NULL
$$;

CREATE FUNCTION claims_check_new_spans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse_span((
        SELECT n.id FROM new_rows n JOIN reader_articleversion v ON v.id = n.article_version_id
        WHERE NOT claims_span_quotes(n.exact, n.start, n."end", v.text, v.erased_at) LIMIT 1));
    RETURN NULL;
END $$;

CREATE FUNCTION claims_check_changed_spans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM claims_refuse_span((
        SELECT n.id FROM new_rows n JOIN reader_articleversion v ON v.id = n.article_version_id
        WHERE NOT EXISTS (
            SELECT FROM old_rows o
            WHERE (o.id, o.article_version_id, o.start, o."end", o.exact)
                = (n.id, n.article_version_id, n.start, n."end", n.exact))
        AND NOT claims_span_quotes(n.exact, n.start, n."end", v.text, v.erased_at) LIMIT 1));
    RETURN NULL;
END $$;

CREATE TRIGGER claim_spans_inserted AFTER INSERT ON claims_claim
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION claims_check_new_spans();
CREATE TRIGGER claim_spans_updated AFTER UPDATE ON claims_claim
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION claims_check_changed_spans();
"""
NO_SPANS = """
DROP TRIGGER claim_spans_updated ON claims_claim;
DROP TRIGGER claim_spans_inserted ON claims_claim;
DROP FUNCTION claims_check_changed_spans();
DROP FUNCTION claims_check_new_spans();
DROP FUNCTION claims_span_quotes(text, integer, integer, text, timestamptz);
DROP FUNCTION claims_refuse_span(bigint);
ALTER TABLE claims_claim DROP CONSTRAINT claim_span_is_as_long_as_its_text;
"""

# `parallax_keep` comes with the reader's guards.
KEEP = """
CREATE TRIGGER decision_kept BEFORE UPDATE OR DELETE ON claims_decision
    FOR EACH ROW EXECUTE FUNCTION parallax_keep('', 'note,values');
"""
NO_KEEP = "DROP TRIGGER decision_kept ON claims_decision;"

# Rows below a story stay in it; a discrepancy's claims belong to its point.
KEYS = """
ALTER TABLE claims_point
    ADD CONSTRAINT point_with_story UNIQUE (id, story_id);
ALTER TABLE claims_claim
    ADD CONSTRAINT claim_with_story UNIQUE (id, story_id),
    ADD CONSTRAINT claim_with_point UNIQUE (id, point_id),
    ADD CONSTRAINT claim_version_in_story FOREIGN KEY (article_version_id, story_id)
        REFERENCES reader_articleversion (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT claim_point_in_story FOREIGN KEY (point_id, story_id)
        REFERENCES claims_point (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE claims_discrepancy
    ADD CONSTRAINT discrepancy_with_story UNIQUE (id, story_id),
    ADD CONSTRAINT discrepancy_with_point UNIQUE (id, point_id),
    ADD CONSTRAINT discrepancy_point_in_story FOREIGN KEY (point_id, story_id)
        REFERENCES claims_point (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE claims_discrepancyclaim
    ADD CONSTRAINT discrepancy_claim_in_story FOREIGN KEY (discrepancy_id, story_id)
        REFERENCES claims_discrepancy (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT discrepancy_claim_point_of_discrepancy FOREIGN KEY (discrepancy_id, point_id)
        REFERENCES claims_discrepancy (id, point_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT discrepancy_claim_point_of_claim FOREIGN KEY (claim_id, point_id)
        REFERENCES claims_claim (id, point_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE claims_decision
    ADD CONSTRAINT decision_with_story UNIQUE (id, story_id),
    ADD CONSTRAINT decision_discrepancy_in_story FOREIGN KEY (discrepancy_id, story_id)
        REFERENCES claims_discrepancy (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT decision_point_in_story FOREIGN KEY (point_id, story_id)
        REFERENCES claims_point (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT decision_claim_in_story FOREIGN KEY (claim_id, story_id)
        REFERENCES claims_claim (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT decision_undoes_in_story FOREIGN KEY (undoes_id, story_id)
        REFERENCES claims_decision (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
"""
NO_KEYS = """
ALTER TABLE claims_decision
    DROP CONSTRAINT decision_undoes_in_story,
    DROP CONSTRAINT decision_claim_in_story,
    DROP CONSTRAINT decision_point_in_story,
    DROP CONSTRAINT decision_discrepancy_in_story,
    DROP CONSTRAINT decision_with_story;
ALTER TABLE claims_discrepancyclaim
    DROP CONSTRAINT discrepancy_claim_point_of_claim,
    DROP CONSTRAINT discrepancy_claim_point_of_discrepancy,
    DROP CONSTRAINT discrepancy_claim_in_story;
ALTER TABLE claims_discrepancy
    DROP CONSTRAINT discrepancy_point_in_story,
    DROP CONSTRAINT discrepancy_with_point,
    DROP CONSTRAINT discrepancy_with_story;
ALTER TABLE claims_claim
    DROP CONSTRAINT claim_point_in_story,
    DROP CONSTRAINT claim_version_in_story,
    DROP CONSTRAINT claim_with_point,
    DROP CONSTRAINT claim_with_story;
ALTER TABLE claims_point
    DROP CONSTRAINT point_with_story;
"""


class Migration(migrations.Migration):
    """Triggers, composite keys and checks."""

    dependencies = [("claims", "0001_initial"), ("reader", "0002_guards")]

    operations = [
        migrations.RunSQL(SPANS, NO_SPANS),
        migrations.RunSQL(KEEP, NO_KEEP),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
