"""Undo: a decision that reverses another, whatever that was about."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import Decision
from claims.services import annotating, arranging, deciding, pairing, reattaching
from claims.services.changes import Refused
from claims.services.quoting import naming
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

    For "accept all" and the like. Raises `Refused` as `undo` does, and says for which claim.
    """
    story_id = Decision.objects.values_list("story_id", flat=True).get(pk=decision_id)
    with transaction.atomic(), audit.act():
        _hold(story_id)
        decisions = decided_together(Decision.objects.get(pk=decision_id))
        claims = [decision for decision in decisions if decision.claim is not None]
        for decision in decisions:
            if decision.claim is None:
                _undo(decision, person)
        claims = [one for one in claims if not _is_undone(one)]  # with the pair that they joined
        if claims:
            _refuse_older(claims)
            annotating.reverse_all(claims, person)
        return len(decisions)


def decided_together(decision: Decision) -> list[Decision]:
    """All decisions of the same act as this one, newest first."""
    about = decision.claim or decision.point or decision.discrepancy or decision.counterpart
    assert about is not None  # the database keeps it so
    entries = AuditEntry.objects.filter(story=decision.story_id)
    own = entries.filter(
        object_type=about._meta.label_lower,  # noqa: SLF001 - public by its docs
        object_id=about.pk,
        after__decision=decision.pk,
    )
    together = entries.filter(act_id__in=own.values("act_id"), after__decision__isnull=False)
    ids = [entry.after["decision"] for entry in together]
    decisions = Decision.objects.filter(pk__in=ids).order_by("-pk")
    return list(decisions.select_related("claim__article_version__article__source"))


def _hold(story_id: int) -> None:
    """Lock the story first, as every change does, so that what is looked at stays as it is."""
    Story.objects.select_for_update().get(pk=story_id)


def _undo(decision: Decision, person: User) -> Decision:
    _refuse_unless_newest(decision)
    if decision.claim is not None and decision.action in reattaching.ACTIONS:
        return reattaching.reverse(decision, person)
    if decision.claim is not None:
        return annotating.reverse(decision, person)
    if decision.point is not None:
        return arranging.reverse(decision, person)
    if decision.counterpart is not None:
        done = pairing.done_by(decision)
        if done is not None:
            _undo(done, person)
        return pairing.reverse(decision, person)
    return deciding.reverse(decision, person)


def _is_undone(decision: Decision) -> bool:
    return Decision.objects.filter(undoes=decision).exists()


def _refuse_unless_newest(decision: Decision) -> None:
    about = Decision.objects.filter(
        claim=decision.claim_id,
        point=decision.point_id,
        discrepancy=decision.discrepancy_id,
        counterpart=decision.counterpart_id,
    )
    _refuse_overtaken(decision, _newest(about).first(), undone=_is_undone(decision))


def _refuse_older(decisions: Sequence[Decision]) -> None:
    """Raise `Refused`, with the claim's words, unless each is the newest about its claim."""
    about = Decision.objects.filter(claim__in=[decision.claim_id for decision in decisions])
    newest = {decision.claim_id: decision for decision in _newest(about).order_by("pk")}
    reversals = Decision.objects.filter(undoes__in=decisions)
    undone = set(reversals.values_list("undoes", flat=True))
    for decision in decisions:
        assert decision.claim is not None  # the caller chose them so
        with naming(decision.claim):
            last = newest.get(decision.claim_id)
            _refuse_overtaken(decision, last, undone=decision.pk in undone)


def _newest(about: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions that still stand, newest first."""
    return about.filter(undoes__isnull=True, undone_by__isnull=True).order_by("-pk")


def _refuse_overtaken(decision: Decision, newest: Decision | None, *, undone: bool) -> None:
    if decision.undoes_id is not None:
        raise Refused(_("An undo is not undone. Decide again instead."))
    if newest is None or undone:
        raise Refused(_("This was undone already."))
    if newest.pk != decision.pk:
        raise Refused(_("Something newer was decided about this. Undo that first."))
