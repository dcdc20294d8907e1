"""Making stories, and noting what changes them from outside."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from reader import audit
from reader.models import Desk, Story, User
from reader.models.stories import StoryQuerySet
from reader.signals import story_texts_changed

_SLUG_LENGTH = 100
_TRIES = 100


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


def refresh_stories(stories: StoryQuerySet, *, compare: bool) -> None:
    """Note that something above the stories changed; `compare` says that their texts may differ.

    Belongs into the transaction of the change. Stories are locked in one order, so that two such
    changes never wait for each other.
    """
    for pk in stories.order_by("pk").values_list("pk", flat=True):
        Story.objects.filter(pk=pk).bump()
        if compare:
            story_texts_changed.send(Story, story_id=pk)
