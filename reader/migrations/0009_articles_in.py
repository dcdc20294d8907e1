"""Batches with states, feeds, and what proves where a text came from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The guard lets no new column of an old row change; it is put back with what an erasure may empty.
FREE = """
DROP TRIGGER version_kept ON reader_articleversion;
DROP TRIGGER raw_document_kept ON reader_rawdocument;
"""
FILL = """
UPDATE reader_rawdocument SET size = octet_length(content);
UPDATE reader_articleversion SET change = 'first' WHERE number = 1;
UPDATE reader_importbatch b SET desk_id = coalesce(
    (SELECT s.desk_id FROM reader_story s WHERE s.id = b.story_id),
    (SELECT (i.proposed ->> 'desk')::bigint FROM reader_importitem i
        WHERE i.batch_id = b.id AND i.proposed ? 'desk' LIMIT 1),
    (SELECT m.desk_id FROM reader_membership m WHERE m.user_id = b.made_by_id
        ORDER BY m.role = 'admin' DESC, m.id LIMIT 1),
    (SELECT min(d.id) FROM reader_desk d));
UPDATE reader_importbatch b SET new_story = left(i.proposed ->> 'new_story', 300)
    FROM reader_importitem i
    WHERE i.batch_id = b.id AND b.story_id IS NULL AND i.proposed ->> 'new_story' <> '';
UPDATE reader_importbatch b SET state = 'done' WHERE NOT EXISTS (
    SELECT FROM reader_importitem i WHERE i.batch_id = b.id AND i.status IN ('reading', 'waiting'));
UPDATE reader_importbatch SET state = 'waiting' WHERE state = 'reading';
"""
KEEP_AGAIN = """
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON reader_articleversion
    FOR EACH ROW EXECUTE FUNCTION
    parallax_keep('body_html', 'text,blocks,correction_note,erased_at');
CREATE TRIGGER raw_document_kept BEFORE UPDATE OR DELETE ON reader_rawdocument
    FOR EACH ROW EXECUTE FUNCTION
    parallax_keep('', 'content,where_from,provenance,erased_at');
"""
KEPT_BEFORE = """
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON reader_articleversion
    FOR EACH ROW EXECUTE FUNCTION
    parallax_keep('body_html', 'text,blocks,correction_note,erased_at');
CREATE TRIGGER raw_document_kept BEFORE UPDATE OR DELETE ON reader_rawdocument
    FOR EACH ROW EXECUTE FUNCTION parallax_keep('', 'content,where_from,erased_at');
"""

# Nothing goes into a story of another desk.
KEYS = """
ALTER TABLE reader_story ADD CONSTRAINT story_with_desk UNIQUE (id, desk_id);
ALTER TABLE reader_importbatch ADD CONSTRAINT import_batch_story_of_desk
    FOREIGN KEY (story_id, desk_id) REFERENCES reader_story (id, desk_id)
    DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE reader_feed ADD CONSTRAINT feed_story_of_desk
    FOREIGN KEY (story_id, desk_id) REFERENCES reader_story (id, desk_id)
    DEFERRABLE INITIALLY IMMEDIATE;
"""
NO_KEYS = """
ALTER TABLE reader_feed DROP CONSTRAINT feed_story_of_desk;
ALTER TABLE reader_importbatch DROP CONSTRAINT import_batch_story_of_desk;
ALTER TABLE reader_story DROP CONSTRAINT story_with_desk;
"""


class Migration(migrations.Migration):
    """Fill the new columns of what is there, then let the guards stand again."""

    dependencies = [
        ('reader', '0008_longer_compare_note'),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heads_sha256', models.CharField(max_length=64)),
                ('heads', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('used_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'column mapping',
                'verbose_name_plural': 'column mappings',
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='only with one of these words')),
                ('is_active', models.BooleanField(default=True, verbose_name='polled')),
                ('interval_minutes', models.PositiveIntegerField(default=30, verbose_name='minutes between polls')),
                ('etag', models.CharField(blank=True, editable=False, max_length=500)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('last_outcome', models.CharField(choices=[('never', 'Not polled yet'), ('read', 'Read'), ('unchanged', 'Unchanged'), ('failed', 'Failed')], default='never', max_length=10, verbose_name='last result')),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='last error')),
                ('last_polled_at', models.DateTimeField(null=True, verbose_name='last poll')),
                ('next_poll_at', models.DateTimeField(db_index=True, null=True, verbose_name='next poll')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'feed',
                'verbose_name_plural': 'feeds',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FeedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_sha256', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('address', models.CharField(blank=True, max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('byline', models.CharField(blank=True, max_length=300, verbose_name='byline')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published')),
                ('first_seen_at', models.DateTimeField(verbose_name='first seen')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed')),
                ('status', models.CharField(choices=[('new', 'New'), ('sent', 'Sent to a story'), ('dismissed', 'Put aside')], default='new', max_length=10, verbose_name='status')),
                ('row_version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'ordering': ['-first_seen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FeedPoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('outcome', models.CharField(choices=[('never', 'Not polled yet'), ('read', 'Read'), ('unchanged', 'Unchanged'), ('failed', 'Failed')], max_length=10, verbose_name='result')),
                ('http_status', models.PositiveIntegerField(null=True)),
                ('seen', models.PositiveIntegerField(default=0, verbose_name='entries')),
                ('fresh', models.PositiveIntegerField(default=0, verbose_name='new entries')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='error')),
            ],
            options={
                'verbose_name': 'poll',
                'verbose_name_plural': 'polls',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportContainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=2000, verbose_name='name')),
                ('content', models.BinaryField(verbose_name='bytes')),
                ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('emptied_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'archive or table',
                'verbose_name_plural': 'archives and tables',
            },
        ),
        migrations.AlterModelOptions(
            name='importbatch',
            options={'ordering': ['-made_at', '-pk'], 'verbose_name': 'import', 'verbose_name_plural': 'imports'},
        ),
        migrations.AlterModelOptions(
            name='importitem',
            options={'ordering': ['batch', 'position', 'pk'], 'verbose_name': 'import item', 'verbose_name_plural': 'import items'},
        ),
        migrations.AddField(
            model_name='article',
            name='embargo_until',
            field=models.DateTimeField(null=True, verbose_name='embargoed until'),
        ),
        migrations.AddField(
            model_name='article',
            name='status_note',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='change',
            field=models.CharField(choices=[('first', 'First version'), ('spacing', 'Only spaces and marks'), ('date_line', 'Only a date line'), ('flip_flop', 'Back to an earlier text'), ('words', 'Changed words'), ('correction', 'Correction')], default='words', max_length=10, verbose_name='change'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='found_in',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='modified_at',
            field=models.DateTimeField(null=True, verbose_name='changed by the source'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='desk',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='import_batches', to='reader.desk'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='finished_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='mapping',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='new_story',
            field=models.CharField(blank=True, max_length=300, verbose_name='new story'),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='said',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='state',
            field=models.CharField(choices=[('mapping', 'Waiting for its columns'), ('reading', 'Being read'), ('waiting', 'Waiting for you'), ('storing', 'Being stored'), ('done', 'Done'), ('cancelled', 'Cancelled')], default='reading', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='address',
            field=models.CharField(blank=True, max_length=2000, verbose_name='address'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='cuts',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='importitem',
            name='original',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='importitem',
            name='part',
            field=models.CharField(blank=True, max_length=2000, verbose_name='part'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='planned',
            field=models.CharField(blank=True, choices=[('create', 'New report'), ('renew', 'New version'), ('skip', 'Already here')], max_length=6, verbose_name='planned'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='position',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='importitem',
            name='reason',
            field=models.CharField(blank=True, max_length=40, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='renews',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reader.article'),
        ),
        migrations.AddField(
            model_name='importitem',
            name='warnings',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='rawdocument',
            name='provenance',
            field=models.JSONField(default=dict, verbose_name='provenance'),
        ),
        migrations.AddField(
            model_name='rawdocument',
            name='size',
            field=models.PositiveIntegerField(default=0, verbose_name='size in bytes'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='how',
            field=models.CharField(choices=[('paste', 'Paste'), ('upload', 'Files'), ('address', 'Addresses'), ('table', 'Table'), ('feed', 'Feed'), ('command', 'Command')], max_length=8, verbose_name='how'),
        ),
        migrations.AlterField(
            model_name='importitem',
            name='status',
            field=models.CharField(choices=[('reading', 'Being read'), ('waiting', 'Waiting for you'), ('confirmed', 'To be stored'), ('created', 'New report'), ('version', 'New version'), ('duplicate', 'Already here'), ('failed', 'Failed'), ('expired', 'Expired'), ('discarded', 'Discarded'), ('cancelled', 'Cancelled')], default='reading', max_length=10, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='importitem',
            index=models.Index(fields=['batch', 'status'], name='import_item_by_status'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'embargoed'), ('embargo_until__isnull', True), _connector='OR'), name='article_embargo_ends'),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['mapping', 'reading', 'waiting', 'storing', 'done', 'cancelled'])), name='import_batch_state_known'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='column_mappings', to='reader.desk'),
        ),
        migrations.AddField(
            model_name='feed',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='reader.desk'),
        ),
        migrations.AddField(
            model_name='feed',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='feed',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='reader.source', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='feed',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='reader.story', verbose_name='straight into the story'),
        ),
        migrations.AddField(
            model_name='feedentry',
            name='feed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='reader.feed'),
        ),
        migrations.AddField(
            model_name='feedentry',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reader.importitem'),
        ),
        migrations.AddField(
            model_name='feedentry',
            name='raw_document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reader.rawdocument'),
        ),
        migrations.AddField(
            model_name='feedpoll',
            name='feed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='reader.feed'),
        ),
        migrations.AddField(
            model_name='importcontainer',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='containers', to='reader.importbatch'),
        ),
        migrations.AddConstraint(
            model_name='columnmapping',
            constraint=models.UniqueConstraint(fields=('desk', 'heads_sha256'), name='column_mapping_once'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('desk', 'address'), name='feed_address_once'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('interval_minutes__gte', 5), ('interval_minutes__lte', 10080)), name='feed_interval_sensible'),
        ),
        migrations.AddIndex(
            model_name='feedentry',
            index=models.Index(fields=['feed', 'status'], name='feed_entry_by_status'),
        ),
        migrations.AddConstraint(
            model_name='feedentry',
            constraint=models.UniqueConstraint(fields=('feed', 'key_sha256'), name='feed_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='importcontainer',
            constraint=models.CheckConstraint(condition=models.Q(('emptied_at__isnull', True), ('content', b''), _connector='OR'), name='import_container_emptied'),
        ),
        migrations.RunSQL(FREE, KEPT_BEFORE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='importbatch',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_batches', to='reader.desk'),
        ),
        migrations.RunSQL(KEEP_AGAIN, FREE),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
