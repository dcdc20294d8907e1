"""Passages that two texts of a story share, found by the comparison."""

import django.db.models.deletion
from django.db import migrations, models

# Rows below a story stay in it.
KEYS = """
ALTER TABLE claims_sharedpassage
    ADD CONSTRAINT passage_version_in_story FOREIGN KEY (version_id, story_id)
        REFERENCES reader_articleversion (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT passage_other_in_story FOREIGN KEY (other_id, story_id)
        REFERENCES reader_articleversion (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
"""
NO_KEYS = """
ALTER TABLE claims_sharedpassage
    DROP CONSTRAINT passage_other_in_story,
    DROP CONSTRAINT passage_version_in_story;
"""


class Migration(migrations.Migration):
    """The table, its checks and its composite keys."""

    dependencies = [
        ("claims", "0004_discrepancy_found_at"),
        ("reader", "0006_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedPassage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("other_start", models.PositiveIntegerField()),
                ("other_end", models.PositiveIntegerField()),
                ("words", models.PositiveIntegerField(verbose_name="words")),
                ("one_origin", models.BooleanField(default=False, verbose_name="one origin")),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reader.articleversion",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="reader.story",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reader.articleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "shared passage",
                "verbose_name_plural": "shared passages",
                "ordering": ["story", "version", "other", "start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", models.F("other")), _negated=True),
                        name="passage_in_two_texts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start__lt", models.F("end")),
                            ("other_start__lt", models.F("other_end")),
                        ),
                        name="passage_is_not_empty",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
