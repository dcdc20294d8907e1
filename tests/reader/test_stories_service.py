"""Closing, reopening and renaming stories."""

import pytest

from reader.models import AuditEntry, Role, Story, User
from reader.services.stories import Renamed, close_story, rename_story, reopen_story
from tests import factories, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    story = factories.make_story(title="A port")
    Story.objects.filter(pk=story.pk).update(revision=3, texts_revision=2, compared_revision=2)
    return story


@pytest.fixture
def editor(story: Story) -> User:
    return factories.make_member(story.desk, Role.EDITOR, "ana")


def last_entry() -> AuditEntry:
    entry = AuditEntry.objects.first()
    assert entry is not None
    return entry


def test_closing_is_audited_with_its_reason_and_steps_the_revision(
    story: Story, editor: User
) -> None:
    assert close_story(story_id=story.pk, person=editor, reason="Printed")
    story.refresh_from_db()
    assert (story.status, story.revision) == ("closed", 4)
    entry = last_entry()
    assert (entry.action, entry.actor, entry.story) == ("reader.story.closed", editor, story)
    assert entry.before == {"status": "open"}
    assert entry.after == {"status": "closed", "reason": "Printed"}
    assert jobs.waiting() == []


def test_closing_twice_changes_nothing_the_second_time(story: Story, editor: User) -> None:
    close_story(story_id=story.pk, person=editor)
    assert not close_story(story_id=story.pk, person=editor)
    story.refresh_from_db()
    assert story.revision == 4
    assert AuditEntry.objects.count() == 1


def test_a_reopened_story_is_compared_again(story: Story, editor: User) -> None:
    close_story(story_id=story.pk, person=editor)
    assert reopen_story(story_id=story.pk, person=editor)
    story.refresh_from_db()
    assert (story.status, story.comparison_state) == ("open", "pending")
    assert last_entry().action == "reader.story.reopened"
    assert last_entry().after == {"status": "open"}
    assert jobs.waiting() == [{"story_id": story.pk}]


def test_a_story_without_texts_has_nothing_to_compare_when_reopened(editor: User) -> None:
    empty = factories.make_story(editor.memberships.get().desk, status=Story.Status.CLOSED)
    assert reopen_story(story_id=empty.pk, person=editor)
    empty.refresh_from_db()
    assert empty.comparison_state == "empty"
    assert jobs.waiting() == []


def test_opening_an_open_story_changes_nothing(story: Story, editor: User) -> None:
    assert not reopen_story(story_id=story.pk, person=editor)
    assert not AuditEntry.objects.exists()
    assert jobs.waiting() == []


def test_a_new_title_is_audited_and_the_address_stays(story: Story, editor: User) -> None:
    rename_story(story_id=story.pk, person=editor, seen="A port", title="Two ports")
    renamed = Story.objects.get(pk=story.pk)
    assert (renamed.title, renamed.slug, renamed.revision) == ("Two ports", story.slug, 4)
    entry = last_entry()
    assert entry.action == "reader.story.renamed"
    assert (entry.before, entry.after) == ({"title": "A port"}, {"title": "Two ports"})


def test_a_title_that_somebody_else_changed_is_not_overwritten(story: Story, editor: User) -> None:
    rename_story(story_id=story.pk, person=editor, seen="A port", title="Two ports")
    with pytest.raises(Renamed) as refused:
        rename_story(story_id=story.pk, person=editor, seen="A port", title="Three ports")
    assert refused.value.story.title == "Two ports"
    story.refresh_from_db()
    assert story.title == "Two ports"


def test_the_same_title_is_no_change(story: Story, editor: User) -> None:
    rename_story(story_id=story.pk, person=editor, seen="Older", title="A port")
    assert not AuditEntry.objects.exists()
