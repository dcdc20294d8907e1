"""Making, closing, reopening and renaming stories, and noting what changes them from outside."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from reader import audit
from reader.models import Desk, Story, User
from reader.models.stories import StoryQuerySet
from reader.signals import story_texts_changed

_SLUG_LENGTH = 100
_TRIES = 100
MAX_REASON = 300


class Renamed(Exception):
    """Somebody renamed the story after the person's page was made; `story` is as it is now."""

    def __init__(self, story: Story) -> None:
        super().__init__(story.title)
        self.story = story


@transaction.atomic
def create_story(*, desk: Desk, title: str, actor: User | None, slug: str = "") -> Story:
    """Make an open story; its slug comes from the title where none is given.

    A slug that is taken, by whichever desk, gets a number. Raises `ValueError` if a hundred are.
    """
    base = slugify(slug or title)[:_SLUG_LENGTH].strip("-") or "story"
    for number in range(1, _TRIES + 1):
        name = base if number == 1 else f"{base}-{number}"
        if Story.objects.filter(slug=name).exists():
            continue
        try:
            with transaction.atomic():
                story = Story.objects.create(desk=desk, title=title, slug=name)
        except IntegrityError:
            continue  # somebody took it between the question and the answer
        audit.record(
            "reader.story.created",
            target=story,
            actor=actor,
            after={"slug": story.slug, "title": story.title, "desk": desk.pk},
        )
        return story
    raise ValueError(f"No free slug like {base!r}.")


@transaction.atomic
def close_story(*, story_id: int, person: User, reason: str = "") -> bool:
    """Close the story: nothing below it is regrouped or changed until it is opened again.

    False where it was closed already. `reason` is the person's own words and stands in the trail.
    """
    return _set_status(story_id, Story.Status.CLOSED, person, reason) is not None


@transaction.atomic
def reopen_story(*, story_id: int, person: User, reason: str = "") -> bool:
    """Open a closed story again; False where it was open.

    Texts that came meanwhile count as seen, so what was compared once is compared again.
    """
    story = _set_status(story_id, Story.Status.OPEN, person, reason)
    if story is not None and story.texts_revision:
        story_texts_changed.send(Story, story_id=story_id)
    return story is not None


def _set_status(story_id: int, status: Story.Status, person: User, reason: str) -> Story | None:
    """The story with its new status; None if it has it already."""
    story = Story.objects.select_for_update().get(pk=story_id)
    if story.status == status:
        return None
    Story.objects.filter(pk=story_id).bump(status=status)
    audit.record(
        "reader.story.closed" if status == Story.Status.CLOSED else "reader.story.reopened",
        target=story,
        actor=person,
        before={"status": story.status},
        after={"status": status.value, **({"reason": reason[:MAX_REASON]} if reason else {})},
    )
    return story


@transaction.atomic
def rename_story(*, story_id: int, person: User, seen: str, title: str) -> None:
    """Give the story another title; its address stays.

    `seen` is the title that the person had before them. Raises `Renamed` if it is another by now.
    """
    story = Story.objects.select_for_update().get(pk=story_id)
    if story.title == title:
        return
    if story.title != seen:
        raise Renamed(story)
    Story.objects.filter(pk=story_id).bump(title=title)
    audit.record(
        "reader.story.renamed",
        target=story,
        actor=person,
        before={"title": story.title},
        after={"title": title},
    )


def refresh_stories(stories: StoryQuerySet, *, compare: bool) -> None:
    """Note that something above the stories changed; `compare` says that their texts may differ.

    Belongs into the transaction of the change. Stories are locked in one order, so that two such
    changes never wait for each other.
    """
    for pk in stories.order_by("pk").values_list("pk", flat=True):
        Story.objects.filter(pk=pk).bump()
        if compare:
            story_texts_changed.send(Story, story_id=pk)
