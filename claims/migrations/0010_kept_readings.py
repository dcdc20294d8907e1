"""What the engine read of each text, and the database's word that it goes when the text goes."""

import django.db.models.deletion
from django.db import migrations, models

# Vectors do not compress. A text that is being erased is waited for, then nothing is kept of it.
GUARDS = """
ALTER TABLE claims_keptreading
    ALTER COLUMN vectors SET STORAGE EXTERNAL,
    ADD CONSTRAINT kept_reading_version_in_story FOREIGN KEY (version_id, story_id)
        REFERENCES reader_articleversion (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;

CREATE FUNCTION claims_keep_no_erased_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM reader_articleversion
        WHERE id = NEW.version_id AND erased_at IS NULL FOR SHARE;
    IF FOUND THEN RETURN NEW; END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION claims_forget_erased_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM claims_keptreading WHERE version_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER kept_reading_of_a_text BEFORE INSERT OR UPDATE ON claims_keptreading
    FOR EACH ROW EXECUTE FUNCTION claims_keep_no_erased_reading();
CREATE TRIGGER kept_reading_goes_with_its_text AFTER UPDATE ON reader_articleversion
    FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION claims_forget_erased_reading();
"""
NO_GUARDS = """
DROP TRIGGER kept_reading_goes_with_its_text ON reader_articleversion;
DROP TRIGGER kept_reading_of_a_text ON claims_keptreading;
DROP FUNCTION claims_forget_erased_reading();
DROP FUNCTION claims_keep_no_erased_reading();
ALTER TABLE claims_keptreading DROP CONSTRAINT kept_reading_version_in_story;
"""


class Migration(migrations.Migration):
    """The table, and its guards."""

    dependencies = [
        ("claims", "0009_fitted_weights"),
        ("reader", "0007_story_compare_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptReading",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="reader.articleversion",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reader.story",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("body", models.BinaryField(verbose_name="claims")),
                ("vectors_key", models.CharField(blank=True, max_length=200)),
                ("vectors", models.BinaryField(default=b"", verbose_name="vectors")),
            ],
            options={
                "verbose_name": "kept reading",
                "verbose_name_plural": "kept readings",
                "ordering": ["version"],
            },
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
