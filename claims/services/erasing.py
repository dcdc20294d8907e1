"""What an erased report said leaves its claims, and whatever repeats their words."""

from collections.abc import Sequence

from django.db.models import Case, CharField, F, Q, Value, When

from claims import stored_reading
from claims.engine.readings import Reading
from claims.models import (
    Claim,
    Counterpart,
    Discrepancy,
    DiscrepancyClaim,
    KeptReading,
    MadeBy,
    Point,
    SharedPassage,
)
from reader import audit
from reader.models import Story, User

# stands for the label of a point that no report names any more; the next comparison writes anew
NO_LABEL = "…"


def erase_claims(*, story_id: int, version_ids: Sequence[int], person: User) -> None:
    """Empty the claims of erased versions and withdraw them, with the flags that rest on them.

    Their places stay, so that the trail still says where something stood. Discrepancies, pairs in
    doubt and labels that were made from their words lose these; the normal forms in decisions stay.
    Belongs into the erasure's transaction, after the texts are empty: the guards look.
    """
    claims = Claim.objects.filter(story=story_id, article_version__in=version_ids)
    ids = list(claims.values_list("pk", flat=True))
    points = set(claims.exclude(point=None).values_list("point", flat=True))
    flags = set(
        DiscrepancyClaim.objects.filter(claim__in=ids).values_list("discrepancy", flat=True)
    )
    nothing = stored_reading.to_json(Reading())
    claims.update(
        exact="",
        prefix="",
        suffix="",
        reading=nothing,
        overrides={},
        proposed_start=None,
        proposed_end=None,
        **_once_gone(Claim.Status.WITHDRAWN),
        **stored_reading.mirror_columns(nothing),
    )
    Discrepancy.objects.filter(pk__in=flags).update(
        explanation="",
        evidence={},
        settlement={},
        **_once_gone(Discrepancy.Status.SUPERSEDED),
    )
    pairs = Counterpart.objects.filter(Q(claim__in=ids) | Q(other__in=ids))
    pairs.update(explanation="", evidence={}, row_version=F("row_version") + 1)
    Point.objects.filter(pk__in=points, label_by=MadeBy.ENGINE).update(
        label=NO_LABEL, row_version=F("row_version") + 1
    )
    audit.record(
        "claims.story.words_erased",
        target=Story.objects.get(pk=story_id),
        actor=person,
        after={"versions": list(version_ids), "claims": sorted(ids), "flags": sorted(flags)},
    )
    SharedPassage.objects.filter(Q(version__in=version_ids) | Q(other__in=version_ids)).delete()
    KeptReading.objects.filter(version__in=version_ids).delete()


def _once_gone(status: Claim.Status | Discrepancy.Status) -> dict[str, object]:
    """The status of what no longer stands, and the one that it held before it went."""
    return {
        "status_before": Case(
            When(status=status.value, then=F("status_before")),
            default=F("status"),
            output_field=CharField(),
        ),
        "status": Value(status.value),
        "row_version": F("row_version") + 1,
    }
