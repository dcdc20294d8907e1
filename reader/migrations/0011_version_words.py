"""Count a version's words, and how much it changed, once: when it is stored."""

from django.db import migrations, models

# The guard lets no new column of an old row change; it is put back as it was.
FREE = """
DROP TRIGGER version_kept ON reader_articleversion;
"""
FILL = """
UPDATE reader_articleversion SET words = (
    SELECT count(*) FROM regexp_split_to_table(text, '\\s+') AS word WHERE word <> '');
"""
KEEP_AGAIN = """
CREATE TRIGGER version_kept BEFORE UPDATE OR DELETE ON reader_articleversion
    FOR EACH ROW EXECUTE FUNCTION
    parallax_keep('body_html', 'text,blocks,correction_note,erased_at');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0010_article_erased'),
    ]

    operations = [
        migrations.AddField(
            model_name='articleversion',
            name='words',
            field=models.PositiveIntegerField(default=0, verbose_name='words'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='extent',
            field=models.JSONField(default=dict),
        ),
        migrations.RunSQL(FREE, KEEP_AGAIN),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_AGAIN, FREE),
    ]
