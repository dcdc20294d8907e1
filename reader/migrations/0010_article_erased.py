"""An article whose texts were erased stays, as taken down."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reader', '0009_articles_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='erased_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='erased'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('status', 'taken_down'), _connector='OR'), name='article_erased_is_taken_down'),
        ),
    ]
