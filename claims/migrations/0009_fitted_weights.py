"""Weights of matching that were fitted with what a desk decided."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table, with one in use for each desk."""

    dependencies = [
        ("claims", "0008_judge_answers"),
        ("reader", "0007_story_compare_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="FittedWeights",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fitted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="fitted at"
                    ),
                ),
                ("numbers", models.TextField(verbose_name="numbers")),
                ("measured", models.JSONField(default=list, verbose_name="measured")),
                ("on", models.BooleanField(default=False, verbose_name="on")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fitted_weights",
                        to="reader.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "fitted weights",
                "verbose_name_plural": "fitted weights",
                "ordering": ["desk", "-fitted_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("on", True)),
                        fields=("desk",),
                        name="fitted_weights_on_once",
                    )
                ],
            },
        ),
    ]
