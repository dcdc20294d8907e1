"""Addresses by which articles are known take their one form, so that what comes again is found."""

from typing import Any

from django.db import migrations

from reader.ingest.addresses import canonical


def in_one_form(apps: Any, schema_editor: Any) -> None:
    """Write each address in its one form, unless another article of the source has that already."""
    articles = apps.get_model("reader", "Article").objects
    known = articles.filter(external_key__iregex="^https?://").order_by("pk")
    for article in known.only("story", "source", "external_key").iterator():
        key = canonical(article.external_key)
        taken = articles.filter(story=article.story_id, source=article.source_id, external_key=key)
        if key != article.external_key and not taken.exists():
            articles.filter(pk=article.pk).update(external_key=key)


class Migration(migrations.Migration):
    """No column changes; going back leaves the addresses as they are."""

    dependencies = [
        ("reader", "0012_feed_trials"),
    ]

    operations = [
        migrations.RunPython(in_one_form, migrations.RunPython.noop),
    ]
