"""The note of a comparison also names the rules that the desk has switched off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0007_story_compare_note"),
    ]

    operations = [
        migrations.AlterField(
            model_name="story",
            name="compare_note",
            field=models.CharField(blank=True, editable=False, max_length=1000),
        ),
    ]
