"""Invitations, the count of mails, and the mark by which a person's sessions end."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0005_published_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='session_epoch',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name='MailCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['address_hash', 'at'], name='mail_count_by_address')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
                ('role', models.CharField(choices=[('reader', 'Reader'), ('fact_checker', 'Fact-checker'), ('editor', 'Editor'), ('admin', 'Admin')], max_length=12, verbose_name='role')),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited at')),
                ('expires_at', models.DateTimeField(verbose_name='can be used until')),
                ('token_sha256', models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                ('mailed_at', models.DateTimeField(null=True, verbose_name='mailed at')),
                ('accepted_at', models.DateTimeField(null=True, verbose_name='accepted at')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepted by')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='reader.desk')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-invited_at', '-pk'],
                'constraints': [models.UniqueConstraint(models.F('desk'), django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), name='invitation_one_unanswered', violation_error_message='This address is invited to the desk already. Send that invitation again, or withdraw it first.'), models.CheckConstraint(condition=models.Q(('role__in', ['reader', 'fact_checker', 'editor', 'admin'])), name='invitation_role_known'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), models.Q(('accepted_by__isnull', False), ('withdrawn_at__isnull', True)), _connector='OR'), name='invitation_one_answer')],
            },
        ),
    ]
