"""Noting what a person knows already: a story until when, and the tour.

These are notes for one person alone: nothing is audited, and the story's revision stays, since a
step of it would make every other person's copy of its pages stale.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from reader.models import Story, User
from reader.models.seen import StorySeen


@transaction.atomic
def mark_seen(*, person: User, story_id: int, revision: int) -> bool:
    """Note that the person has looked at this state of the story; whether it is noted now.

    False where the story has gone on meanwhile, or is being changed at this moment: what is new
    then was not on the page. The same state twice is one look, at its first time.
    """
    # whoever changes a story holds this lock until the change is stored, with times from before
    story = Story.objects.select_for_update(no_key=True, skip_locked=True)
    if not story.filter(pk=story_id, revision=revision).exists():
        return False
    known = StorySeen.objects.filter(person=person, story=story_id, revision=revision)
    if not known.exists():
        _note(person, {story_id: revision}, timezone.now())
    return True


@transaction.atomic
def mark_all_seen(*, person: User, until: datetime) -> int:
    """Note every story of the person's desks as seen that nothing changed after `until`; how many.

    `until` is when the person's list was made: what came later was not on it.
    """
    seen = StorySeen.objects.filter(person=person, story=OuterRef("pk")).values("revision")
    stories = Story.objects.visible_to(person).annotate(known=Subquery(seen))
    new = stories.filter(Q(known=None) | Q(known__lt=F("revision")), changed_at__lte=until)
    revisions = dict(new.order_by("pk").values_list("pk", "revision"))
    _note(person, revisions, min(until, timezone.now()))
    return len(revisions)


def mark_unseen(*, person: User, story_id: int) -> None:
    """Forget that the person ever opened the story: all of it is new to them again."""
    StorySeen.objects.filter(person=person, story=story_id).delete()


def note_tour(*, person: User) -> None:
    """Note that the person went through the tour or skipped it; the first time counts."""
    User.objects.filter(pk=person.pk, tour_seen_at=None).update(tour_seen_at=timezone.now())


def _note(person: User, revisions: dict[int, int], at: datetime) -> None:
    rows = [
        StorySeen(person=person, story_id=story, revision=revision, seen_at=at)
        for story, revision in revisions.items()
    ]
    StorySeen.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "story"],
        update_fields=["revision", "seen_at"],
    )
