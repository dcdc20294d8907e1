"""A person's own draft: put in, changed, removed. Nobody else's act ever touches or tells of one.

No audit entry is written: the trail is read by the whole desk, and a draft is its writer's alone.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.models import Draft
from reader.models import Story, User


@dataclass
class StaleDraft(Exception):
    """The draft was changed or removed meanwhile, in another tab; nothing was written.

    `now` is the draft as it is, None where it is gone.
    """

    now: Draft | None


def draft_of(story: Story, person: User) -> Draft | None:
    """The person's own draft on the story, without the bytes that still wait to be read."""
    return Draft.objects.filter(story=story, person=person).defer("incoming").first()


@transaction.atomic
def put_draft(
    *, story: Story, person: User, content: bytes, kind: str, row_version: int | None
) -> Draft:
    """Keep what was pasted, sent or edited, for the worker to read and check.

    `row_version` is that of the draft which the person saw, None where there was none. The old text
    stays until the new one is read. Raises `StaleDraft`.
    """
    values = {
        "incoming": content,
        "incoming_kind": kind,
        "checked_revision": None,
        "error": "",
        "changed_at": timezone.now(),
    }
    if row_version is None:
        draft, made = Draft.objects.get_or_create(story=story, person=person, defaults=values)
        if not made:
            raise StaleDraft(now=draft)
        return draft
    seen = Draft.objects.filter(story=story, person=person, row_version=row_version)
    if not seen.update(**values, row_version=F("row_version") + 1):
        raise StaleDraft(now=draft_of(story, person))
    return Draft.objects.get(story=story, person=person)


def ask_again(draft: Draft) -> None:
    """Let the draft be held against the story as it is now."""
    Draft.objects.filter(pk=draft.pk).update(checked_revision=None, error="")


@transaction.atomic
def remove_draft(*, story: Story, person: User, row_version: int) -> None:
    """Remove the draft and what was found of it; nothing of it is kept. Raises `StaleDraft`."""
    own = Draft.objects.filter(story=story, person=person)
    if own.exists() and not own.filter(row_version=row_version).delete()[0]:
        raise StaleDraft(now=draft_of(story, person))


def forget_findings(story_id: int) -> None:
    """Forget what was found of the story's drafts: a report that it rests on is being erased."""
    Draft.objects.filter(story=story_id).update(findings=[], checked_revision=None)


def stale_drafts(story_id: int) -> list[int]:
    """The drafts of the story that know another state of it than its present one."""
    story = Story.objects.get(pk=story_id)
    drafts = Draft.objects.filter(story=story_id, error="").exclude(checked_revision=story.revision)
    return list(drafts.order_by("pk").values_list("pk", flat=True))
