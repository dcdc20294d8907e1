"""Noting what a person has seen: never more than was on their page, and for them alone."""

from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from reader.models import AuditEntry, Role, Story, User
from reader.models.seen import StorySeen
from reader.services.seen import mark_all_seen, mark_seen, mark_unseen, note_tour
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    story = factories.make_story()
    Story.objects.filter(pk=story.pk).update(revision=3)
    story.refresh_from_db()
    return story


@pytest.fixture
def person(story: Story) -> User:
    return factories.make_member(story.desk, Role.READER)


def test_a_look_is_noted_with_its_state_and_neither_audited_nor_a_change(
    story: Story, person: User
) -> None:
    before = timezone.now()
    assert mark_seen(person=person, story_id=story.pk, revision=3)
    seen = StorySeen.objects.get(person=person, story=story)
    assert (seen.revision, before <= seen.seen_at <= timezone.now()) == (3, True)
    assert not AuditEntry.objects.exists()
    now = Story.objects.get(pk=story.pk)
    assert (now.revision, now.changed_at) == (3, story.changed_at)


def test_the_same_state_is_noted_once(story: Story, person: User) -> None:
    mark_seen(person=person, story_id=story.pk, revision=3)
    first = StorySeen.objects.get().seen_at
    assert mark_seen(person=person, story_id=story.pk, revision=3)
    assert StorySeen.objects.get().seen_at == first


def test_a_later_state_replaces_the_earlier_one(story: Story, person: User) -> None:
    mark_seen(person=person, story_id=story.pk, revision=3)
    first = StorySeen.objects.get().seen_at
    Story.objects.filter(pk=story.pk).bump()
    assert mark_seen(person=person, story_id=story.pk, revision=4)
    seen = StorySeen.objects.get()
    assert (seen.revision, seen.seen_at > first) == (4, True)


@pytest.mark.parametrize("revision", [0, 2, 4])
def test_a_story_that_has_gone_on_stays_unseen(story: Story, person: User, revision: int) -> None:
    assert not mark_seen(person=person, story_id=story.pk, revision=revision)
    assert not StorySeen.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_story_that_is_being_changed_stays_unseen(story: Story, person: User) -> None:
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM reader_story WHERE id = %s FOR UPDATE", [story.pk])
        assert not mark_seen(person=person, story_id=story.pk, revision=3)
    finally:
        other.rollback()
        other.close()
    assert mark_seen(person=person, story_id=story.pk, revision=3)


def test_all_stories_are_seen_but_other_desks_and_what_came_after_the_list(
    story: Story, person: User
) -> None:
    later, elsewhere = factories.make_story(story.desk), factories.make_story()
    made = timezone.now()
    with transaction.atomic():
        Story.objects.filter(pk=later.pk).bump()
    assert mark_all_seen(person=person, until=made) == 1
    assert StorySeen.objects.get().story == story
    assert StorySeen.objects.get().seen_at == made
    assert mark_all_seen(person=person, until=timezone.now() + timedelta(days=1)) == 1
    assert not StorySeen.objects.filter(story=elsewhere).exists()
    assert not StorySeen.objects.filter(seen_at__gt=timezone.now()).exists()


def test_unseen_is_for_one_person_and_one_story(story: Story, person: User) -> None:
    colleague = factories.make_member(story.desk, Role.READER)
    for one in (person, colleague):
        mark_seen(person=one, story_id=story.pk, revision=3)
    mark_unseen(person=person, story_id=story.pk)
    assert StorySeen.objects.get().person == colleague


def test_the_tour_is_noted_once(person: User) -> None:
    note_tour(person=person)
    person.refresh_from_db()
    first = person.tour_seen_at
    assert first is not None
    note_tour(person=person)
    person.refresh_from_db()
    assert person.tour_seen_at == first
