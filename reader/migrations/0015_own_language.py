"""Nobody could choose a language so far: until they do, the browser asks for theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0014_reading_views'),
    ]

    operations = [
        migrations.AlterField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language'),
        ),
        migrations.RunSQL(
            "UPDATE reader_user SET language = '' WHERE language = 'en'", migrations.RunSQL.noop
        ),
    ]
