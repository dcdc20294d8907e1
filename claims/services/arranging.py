"""What editors do to points: rename, merge, split."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, MadeBy, Point
from claims.services import annotating, moving
from claims.services.changes import Refused, Stale, changing, put_on_record, renew
from reader import audit
from reader.models import Story, User

Places = Mapping[int, tuple[int | None, str]]
PERSON = MadeBy.PERSON.value


def rename_point(*, person: User, point_id: int, row_version: int, label: str) -> Point:
    """Give a point a person's label, which every comparison keeps.

    Raises `Stale` where somebody was faster, `Refused` for an empty or overlong label, a point that
    is not open, and where nothing would change.
    """
    story_id = Point.objects.values_list("story_id", flat=True).get(pk=point_id)
    with changing(story_id, corrects=False):
        point = _as_seen(point_id, row_version)
        label = moving.checked_label(label)
        before = {"label": point.label, "label_by": str(point.label_by)}
        after = {"label": label, "label_by": PERSON}
        if before == after:
            raise Refused(_("Nothing was changed."))
        renamed = renew(point, row_version, **after)
        put_on_record(renamed, person=person, action="rename", before=before, after=after)
        return renamed


def merge_points(
    *, person: User, point_id: int, row_version: int, others: Mapping[int, int]
) -> Point:
    """Take over all claims of the other points, which are retired; the claims stay together.

    `others` has the row versions of those points, as the person saw them, by their ids. A label
    that a person gave is kept. Raises `Stale` where one of the points changed, and `Refused`: for
    points of another story, closed or retired ones, and where no other is named.
    """
    story_id = Point.objects.values_list("story_id", flat=True).get(pk=point_id)
    with changing(story_id, corrects=True) as story:
        point = _as_seen(point_id, row_version)
        absorbed = _others(story, point, others)
        claims = list(Claim.objects.filter(point__in=[point, *absorbed]).order_by("pk"))
        before = _state(point, claims)
        label = _kept_label(point, absorbed)
        moved_to = {claim.pk: (point.pk, PERSON) for claim in claims}
        _move(story, claims, moved_to, person)
        merged = renew(point, row_version, **label)
        put_on_record(
            merged,
            person=person,
            action="merge",
            before=before,
            after={**_state(merged, claims), "absorbed": [other.pk for other in absorbed]},
        )
        return merged


def split_point(
    *, person: User, point_id: int, row_version: int, seen: Mapping[int, int], label: str
) -> Point:
    """Move these claims of the point into a new one with this label; the new point.

    `seen` has the claims' row versions by their ids. Both halves stay apart over every comparison.
    Raises `Stale` where the point or one of the claims changed, and `Refused`: where no claim is
    named, or all are, for one that is not in the point, and for an empty or overlong label.
    """
    story_id = Point.objects.values_list("story_id", flat=True).get(pk=point_id)
    with changing(story_id, corrects=True) as story:
        point = _as_seen(point_id, row_version)
        claims = list(Claim.objects.filter(point=point).order_by("pk"))
        chosen = _chosen(claims, seen)
        before = _state(point, claims)
        made = moving.new_point(story, label, person)
        places = {
            claim.pk: (made.pk if claim.pk in chosen else point.pk, PERSON) for claim in claims
        }
        _move(story, claims, places, person)
        left = renew(point, row_version)
        after = {**_state(left, claims), "into": made.pk}
        put_on_record(left, person=person, action="split", before=before, after=after)
        made.refresh_from_db()
        return made


def take_out(*, person: User, seen: Mapping[int, int]) -> list[Claim]:
    """Take claims out of their points, all or none; `seen` has their row versions by their ids.

    One act with one decision for each. Raises `Stale` and `Refused` as `place_claim` does.
    """
    if not seen:
        raise Refused(_("Choose the claims to take out."))
    with transaction.atomic(), audit.act():
        return [
            annotating.place_claim(person=person, claim_id=pk, row_version=version, place=None)
            for pk, version in sorted(seen.items())
        ]


def reverse(decision: Decision, person: User, row_version: int | None = None) -> Decision:
    """Give a point its label, its claims and the absorbed points back, as before the decision.

    Raises `Stale`, and `Refused` where the label or one of the claims' places changed since.
    """
    assert decision.point is not None  # the dispatcher looked
    before, after = decision.values["before"], decision.values["after"]
    known = decision.point.row_version if row_version is None else row_version
    with changing(decision.story_id, corrects="claims" in before) as story:
        point = _as_seen(decision.point.pk, known)
        claims = list(Claim.objects.filter(pk__in=before.get("claims", {})).order_by("pk"))
        now = {**after, **_state(point, claims)}
        if PERSON not in (now["label_by"], after["label_by"]):
            now["label"] = after["label"]  # the engine names its points anew each time
        if any(now[name] != after[name] for name in after):
            raise Refused(_("This has changed since; undoing it would lose the newer change."))
        places = {int(pk): (home, by) for pk, (home, by) in before.get("claims", {}).items()}
        moving.revive((home for home, _by in places.values()), person)
        _move(story, claims, places, person)
        label = {name: before[name] for name in ("label", "label_by") if name in before}
        restored = renew(point, known, **label)
        return put_on_record(
            restored, person=person, action="undo", before=after, after=before, undoes=decision
        )


def _as_seen(point_id: int, row_version: int) -> Point:
    point = Point.objects.get(pk=point_id)
    if point.row_version != row_version:
        raise Stale(point)
    moving.refuse_unless_open(point)
    return point


def _others(story: Story, point: Point, seen: Mapping[int, int]) -> list[Point]:
    others = list(Point.objects.filter(story=story, pk__in=seen).order_by("pk"))
    if not others:
        raise Refused(_("Choose at least one point to take over."))
    if len(others) != len(seen):
        raise Refused(_("This point does not exist in this story."))
    for other in others:
        if other.pk == point.pk:
            raise Refused(_("A point cannot be merged with itself."))
        if other.row_version != seen[other.pk]:
            raise Stale(other)
        moving.refuse_unless_open(other)
    return others


def _chosen(claims: Collection[Claim], seen: Mapping[int, int]) -> set[int]:
    chosen = set(seen)
    standing = {claim.pk for claim in claims if claim.status != Claim.Status.WITHDRAWN}
    if not chosen <= standing:
        raise Refused(_("One of these claims is no longer in this point. Look again."))
    if not chosen:
        raise Refused(_("Choose the claims for the new point."))
    if chosen == standing:
        raise Refused(_("Leave at least one claim in this point, or rename it instead."))
    for claim in claims:
        if claim.row_version != seen.get(claim.pk, claim.row_version):
            raise Stale(claim)
    return chosen


def _kept_label(point: Point, others: Collection[Point]) -> dict[str, Any]:
    """The columns of a label that a person gave to one of the others, if this has none."""
    if point.label_by == MadeBy.PERSON:
        return {}
    named = [other.label for other in others if other.label_by == MadeBy.PERSON]
    return {"label": named[0], "label_by": PERSON} if named else {}


def _state(point: Point, claims: Collection[Claim]) -> dict[str, Any]:
    """What an arrangement changes: the label, and where each claim is and by whom.

    Ids are text, as the keys of stored JSON are.
    """
    return {
        "label": point.label,
        "label_by": str(point.label_by),
        "claims": {str(claim.pk): [claim.point_id, str(claim.point_by)] for claim in claims},
    }


def _move(story: Story, claims: Collection[Claim], places: Places, person: User) -> None:
    """Put the claims into their points, with their flags, and write down each that moved."""
    had = {claim.pk: (claim.point_id, str(claim.point_by)) for claim in claims}
    with moving.flags_follow(story, list(had), person):
        moving.put(claims, places)
    for claim in claims:
        if had[claim.pk] != places[claim.pk]:
            audit.record(
                "claims.claim.moved",
                target=claim,
                actor=person,
                before=dict(zip(("point", "point_by"), had[claim.pk], strict=True)),
                after=dict(zip(("point", "point_by"), places[claim.pk], strict=True)),
            )
