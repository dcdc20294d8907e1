"""Where a changed claim may stand, and what settled a discrepancy."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_kept_readings'),
        ('reader', '0009_articles_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='proposed_end',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='proposed_start',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='discrepancy',
            name='settlement',
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('anchor_state__in', ['changed', 'orphan'])), fields=['story', 'anchor_state'], name='claim_waiting'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_end__isnull', True), ('proposed_start__isnull', True)), models.Q(('anchor_state', 'changed'), ('proposed_start__isnull', False), ('proposed_start__lt', models.F('proposed_end'))), _connector='OR'), name='claim_proposed_if_changed'),
        ),
    ]
