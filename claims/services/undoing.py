"""Undo: a decision that reverses another, whatever that was about."""

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Decision
from claims.services import annotating, arranging, deciding
from claims.services.changes import Refused
from reader import audit
from reader.models import AuditEntry, Story, User


def undo(*, person: User, decision_id: int) -> Decision:
    """Reverse a decision: the newest about its thing that is not undone yet; the undo.

    What it changed is put back exactly. Raises `Refused` for an older decision, one undone already,
    an undo itself (decide again instead), a closed story, and where what the decision set has
    changed since in a way that putting it back would lose.
    """
    story_id = Decision.objects.values_list("story_id", flat=True).get(pk=decision_id)
    with transaction.atomic(), audit.act():
        _hold(story_id)
        return _undo(Decision.objects.get(pk=decision_id), person)


def undo_together(*, person: User, decision_id: int) -> int:
    """Reverse all decisions of the act that this one belongs to, or none; how many they were.

    For "accept all" and the like. Raises `Refused` as `undo` does.
    """
    story_id = Decision.objects.values_list("story_id", flat=True).get(pk=decision_id)
    with transaction.atomic(), audit.act():
        _hold(story_id)
        decisions = decided_together(Decision.objects.get(pk=decision_id))
        for decision in decisions:
            _undo(decision, person)
        return len(decisions)


def decided_together(decision: Decision) -> list[Decision]:
    """All decisions of the same act as this one, newest first."""
    about = decision.claim or decision.point or decision.discrepancy
    assert about is not None  # the database keeps it so
    entries = AuditEntry.objects.filter(story=decision.story_id)
    own = entries.filter(
        object_type=about._meta.label_lower,  # noqa: SLF001 - public by its docs
        object_id=about.pk,
        after__decision=decision.pk,
    )
    together = entries.filter(act_id__in=own.values("act_id"), after__decision__isnull=False)
    ids = [entry.after["decision"] for entry in together]
    return list(Decision.objects.filter(pk__in=ids).order_by("-pk"))


def _hold(story_id: int) -> None:
    """Lock the story first, as every change does, so that what is looked at stays as it is."""
    Story.objects.select_for_update().get(pk=story_id)


def _undo(decision: Decision, person: User) -> Decision:
    _refuse_unless_newest(decision)
    if decision.claim is not None:
        return annotating.reverse(decision, person)
    if decision.point is not None:
        return arranging.reverse(decision, person)
    return deciding.reverse(decision, person)


def _refuse_unless_newest(decision: Decision) -> None:
    if decision.undoes_id is not None:
        raise Refused(_("An undo is not undone. Decide again instead."))
    about = Decision.objects.filter(
        claim=decision.claim_id, point=decision.point_id, discrepancy=decision.discrepancy_id
    )
    standing = about.filter(undoes__isnull=True, undone_by__isnull=True)
    newest = standing.order_by("-pk").first()
    if newest is None or Decision.objects.filter(undoes=decision).exists():
        raise Refused(_("This was undone already."))
    if newest.pk != decision.pk:
        raise Refused(_("Something newer was decided about this. Undo that first."))
