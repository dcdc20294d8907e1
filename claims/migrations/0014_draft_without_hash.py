"""A draft's hash was written and never read."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drop the column."""

    dependencies: ClassVar = [("claims", "0013_draft_incoming")]

    operations: ClassVar = [migrations.RemoveField("draft", "text_sha256")]
