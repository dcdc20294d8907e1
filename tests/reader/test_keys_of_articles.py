"""Articles stored before an address had one form are known again after the migration."""

from importlib import import_module

import pytest
from django.apps import apps

from reader.models import Article
from tests.factories import make_article, make_source, make_story

migration = import_module("reader.migrations.0013_addresses_as_keys")


@pytest.mark.django_db
def test_addresses_take_their_one_form_and_never_that_of_another_article() -> None:
    story, source = make_story(), make_source()
    keys = [
        "http://News.example/a?utm_source=x",
        "https://news.example/a",
        "http://news.example/b#top",
        "HTTP://news.example/b?fbclid=1",
        "texts/http.txt",
        None,
    ]
    made = [make_article(story, text=None, source=source, external_key=key).pk for key in keys]
    elsewhere = make_article(text=None, source=source, external_key="http://news.example/a").pk
    migration.in_one_form(apps, None)
    assert [Article.objects.get(pk=pk).external_key for pk in [*made, elsewhere]] == [
        "http://News.example/a?utm_source=x",
        "https://news.example/a",
        "https://news.example/b",
        "HTTP://news.example/b?fbclid=1",
        "texts/http.txt",
        None,
        "https://news.example/a",
    ]
