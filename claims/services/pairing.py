"""What people say of a pair in doubt: that it is about the same point, or that it is not.

Said to be the same, the other claim is put into the point, or its point is merged with it; both are
decisions of their own, which this one stands beside in one act and takes back with it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Counterpart, Decision, Point
from claims.services import annotating, arranging
from claims.services.changes import Refused, Stale, changing, put_on_record, renew
from reader.models import Story, User

JOINED, KEPT_APART = Counterpart.Status.JOINED.value, Counterpart.Status.KEPT_APART.value


def join(
    *, person: User, counterpart_id: int, row_version: int, point_id: int, other_point: int | None
) -> Decision:
    """Put the pair's other claim into the point; it stays there over every comparison.

    `other_point` is where that claim was when the person looked. Raises `Stale` where the pair or
    one of its claims' points changed, and `Refused` as `annotating.place_claim` does.
    """
    with changing(_story_of(counterpart_id), corrects=False) as story:
        pair, claim = _far_claim(counterpart_id, row_version, point_id, other_point)
        placed = annotating.place_claim(
            person=person, claim_id=claim.pk, row_version=claim.row_version, place=point_id
        )
        done = Decision.objects.filter(story=story, claim=placed).latest("pk")
        return _decide(pair, person, "join", {"status": JOINED, "done": done.pk})


def merge(
    *, person: User, counterpart_id: int, row_version: int, point_id: int, other_point: int | None
) -> Decision:
    """Merge the other claim's point into this one. Raises as `join` and `merge_points` do."""
    with changing(_story_of(counterpart_id), corrects=False) as story:
        pair, claim = _far_claim(counterpart_id, row_version, point_id, other_point)
        versions = dict(
            Point.objects.filter(pk__in=[point_id, claim.point_id]).values_list("pk", "row_version")
        )
        if claim.point_id is None:
            raise Stale(pair)
        merged = arranging.merge_points(
            person=person,
            point_id=point_id,
            row_version=versions[point_id],
            others={claim.point_id: versions[claim.point_id]},
        )
        done = Decision.objects.filter(story=story, point=merged).latest("pk")
        return _decide(pair, person, "join_points", {"status": JOINED, "done": done.pk})


def keep_apart(*, person: User, counterpart_id: int, row_version: int) -> Decision:
    """Say that the claims are not about the same: no comparison puts them together again.

    What is found now rests on their being apart already, so nothing is compared again; but a
    comparison on its way does not know yet, and has to be followed by one that does. Raises `Stale`
    where the pair changed.
    """
    story_id = _story_of(counterpart_id)
    with _held(story_id) as story, changing(story_id, corrects=story.comparison_state == "pending"):
        pair = _as_seen(counterpart_id, row_version)
        return _decide(pair, person, "keep_apart", {"status": KEPT_APART})


def reverse(decision: Decision, person: User) -> Decision:
    """Bring the pair in doubt again; what a join did to the points is taken back by `undoing`.

    Raises `Refused` where the pair is no longer what was decided.
    """
    pair = decision.counterpart
    assert pair is not None  # the dispatcher looked
    with changing(decision.story_id, corrects=False):
        if pair.status != decision.new_status:
            raise Refused(_("This has changed since; undoing it would lose the newer change."))
        before, after = decision.values["before"], decision.values["after"]
        renewed = renew(pair, pair.row_version, status=before["status"])
        return put_on_record(
            renewed, person=person, action="undo", before=after, after=before, undoes=decision
        )


def done_by(decision: Decision) -> Decision | None:
    """The decision on a claim or a point by which a pair was joined, unless that was undone."""
    done = Decision.objects.filter(pk=decision.values["after"].get("done"))
    return done.filter(undone_by__isnull=True).first()


def _story_of(counterpart_id: int) -> int:
    return Counterpart.objects.values_list("story_id", flat=True).get(pk=counterpart_id)


@contextmanager
def _held(story_id: int) -> Iterator[Story]:
    """The story, so that no comparison begins between a look at its state and the change."""
    with transaction.atomic():
        yield Story.objects.select_for_update().get(pk=story_id)


def _as_seen(counterpart_id: int, row_version: int) -> Counterpart:
    pair = Counterpart.objects.select_related("claim", "other").get(pk=counterpart_id)
    if pair.row_version != row_version or pair.status != Counterpart.Status.OPEN:
        raise Stale(pair)
    return pair


def _far_claim(
    counterpart_id: int, row_version: int, point_id: int, other_point: int | None
) -> tuple[Counterpart, Claim]:
    """The pair, and the one of its claims that is not in the point but where it was seen."""
    pair = _as_seen(counterpart_id, row_version)
    near, far = pair.claim, pair.other
    if near.point_id != point_id:
        near, far = far, near
    if near.point_id != point_id or far.point_id != other_point or far.point_id == point_id:
        raise Stale(pair)
    return pair, far


def _decide(pair: Counterpart, person: User, action: str, after: Mapping[str, object]) -> Decision:
    renewed = renew(pair, pair.row_version, status=after["status"])
    before = {"status": str(pair.status)}
    return put_on_record(renewed, person=person, action=action, before=before, after=after)
