"""Queries that are written out once: asked again, they ask for what is named then."""

import pytest
from django.db.models import QuerySet

from reader.models import Membership, Role, Story
from reader.ready_query import Given, GivenIds, ReadyQuery, columns_of
from tests.factories import make_story

pytestmark = pytest.mark.django_db


def test_a_query_is_written_once_and_asked_with_other_values() -> None:
    written = 0

    def build() -> QuerySet[Story, tuple[str]]:
        nonlocal written
        written += 1
        return Story.objects.filter(slug=Given("slug")).values_list("title")

    query = ReadyQuery(build)
    first, second = make_story(title="The port"), make_story(title="The dam")
    assert query.ask(slug=first.slug) == [("The port",)]
    assert query.ask(slug=second.slug) == [("The dam",)]
    assert query.ask(slug="' OR ''='") == []
    assert written == 1


def test_ids_may_be_many_few_or_none() -> None:
    query = ReadyQuery(
        lambda: Story.objects.filter(pk__in=GivenIds("chosen")).order_by("pk").values_list("pk")
    )
    stories = [make_story().pk for _ in range(3)]
    assert query.ask(chosen=stories[:2]) == [(stories[0],), (stories[1],)]
    assert query.ask(chosen=[10**18, stories[2]]) == [(stories[2],)]
    assert query.ask(chosen=[]) == []


def test_rows_are_what_a_queryset_gives() -> None:
    story = make_story()
    names = columns_of(Story)
    query = ReadyQuery(lambda: Story.objects.filter(pk=Given("story")).values_list(*names))
    (row,) = query.ask(story=story.pk)
    assert row == Story.objects.values_list(*names).get(pk=story.pk)
    assert Story.from_db("default", names, row) == story


def test_a_value_that_is_not_named_is_an_error() -> None:
    query = ReadyQuery(lambda: Membership.objects.filter(role=Given("role")).values_list("pk"))
    assert query.ask(role=Role.EDITOR.value) == []
    with pytest.raises(KeyError):
        query.ask(person=1)
