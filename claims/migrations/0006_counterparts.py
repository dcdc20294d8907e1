"""Pairs of claims that are perhaps about the same point, and decisions about them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Rows below a story stay in it.
KEYS = """
ALTER TABLE claims_counterpart
    ADD CONSTRAINT counterpart_with_story UNIQUE (id, story_id),
    ADD CONSTRAINT counterpart_claim_in_story FOREIGN KEY (claim_id, story_id)
        REFERENCES claims_claim (id, story_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT counterpart_other_in_story FOREIGN KEY (other_id, story_id)
        REFERENCES claims_claim (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE claims_decision
    ADD CONSTRAINT decision_counterpart_in_story FOREIGN KEY (counterpart_id, story_id)
        REFERENCES claims_counterpart (id, story_id) DEFERRABLE INITIALLY IMMEDIATE;
"""
NO_KEYS = """
ALTER TABLE claims_decision
    DROP CONSTRAINT decision_counterpart_in_story;
ALTER TABLE claims_counterpart
    DROP CONSTRAINT counterpart_other_in_story,
    DROP CONSTRAINT counterpart_claim_in_story,
    DROP CONSTRAINT counterpart_with_story;
"""


class Migration(migrations.Migration):
    """The table, its keys, and the fourth thing that a decision can be about."""

    dependencies = [
        ('claims', '0005_shared_passages'),
        ('reader', '0006_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Counterpart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(verbose_name='score')),
                ('kind', models.CharField(blank=True, choices=[('quantity', 'Quantity'), ('date', 'Date'), ('attribution', 'Attribution'), ('response', 'Response'), ('certainty', 'Certainty'), ('actor', 'Actor'), ('description', 'Description'), ('place', 'Place')], max_length=12, verbose_name='kind')),
                ('severity', models.CharField(blank=True, choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=6, verbose_name='severity')),
                ('judge', models.CharField(blank=True, max_length=60, verbose_name='judge')),
                ('rule', models.CharField(blank=True, max_length=80, verbose_name='rule')),
                ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                ('evidence', models.JSONField(default=dict)),
                ('status', models.CharField(choices=[('open', 'Open'), ('joined', 'The same point'), ('kept_apart', 'Kept apart'), ('superseded', 'No longer found')], default='open', max_length=10, verbose_name='status')),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'pair in doubt',
                'verbose_name_plural': 'pairs in doubt',
                'ordering': ['story', '-score', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_about_one_thing',
        ),
        migrations.AddField(
            model_name='counterpart',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='counterparts', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='counterpart',
            name='other',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='counterparts_before', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='counterpart',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counterparts', to='reader.story'),
        ),
        migrations.AddField(
            model_name='decision',
            name='counterpart',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='claims.counterpart'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', True), ('counterpart__isnull', True), ('discrepancy__isnull', False), ('point__isnull', True)), models.Q(('claim__isnull', True), ('counterpart__isnull', True), ('discrepancy__isnull', True), ('point__isnull', False)), models.Q(('claim__isnull', False), ('counterpart__isnull', True), ('discrepancy__isnull', True), ('point__isnull', True)), models.Q(('claim__isnull', True), ('counterpart__isnull', False), ('discrepancy__isnull', True), ('point__isnull', True)), _connector='OR'), name='decision_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='counterpart',
            constraint=models.UniqueConstraint(fields=('claim', 'other'), name='counterpart_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='counterpart',
            constraint=models.CheckConstraint(condition=models.Q(('claim__lt', models.F('other'))), name='counterpart_smaller_first'),
        ),
        migrations.AddConstraint(
            model_name='counterpart',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'joined', 'kept_apart', 'superseded'])), name='counterpart_status_known'),
        ),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
