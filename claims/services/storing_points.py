"""The engine's groups into points that keep their ids.

A group takes the id of the old point with which it shares most claims (ties: the older); a claim of
a new text counts where the one stood whose place it took. What a person put into a point stays
there, and what a person took out stays out. A point one of whose claims a person changed while the
story was compared is busy: its claims and flags stay as they are until the next comparison.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from claims.engine import readings
from claims.models import Claim, MadeBy, Point
from claims.services.storing_claims import Stored
from claims.services.tally import Tally
from reader.models import Story

FIELDS = ["label", "verdict", "also", "status", "position", "origins", "row_version"]
# What a person's edit could run into. A verdict or a place in the list is none of it: who merges
# points that were compared meanwhile is not told that somebody else had changed them.
CONTENT = ["label", "status"]


@dataclass(frozen=True, kw_only=True)
class _Group:
    """A group of the engine with the rows of its claims and its place in the list.

    `former` holds the points in which its new claims stood in older texts.
    """

    point: readings.Point
    position: int
    rows: Sequence[Claim]
    former: Sequence[int]

    def loose(self, still: Collection[int]) -> list[Claim]:
        """The claims that the engine may put where it likes; those with the ids of `still` stay."""
        return [row for row in self.rows if _is_loose(row) and row.pk not in still]

    def homes(self, *, by_person: bool) -> list[int]:
        """The points in which its claims are or were: put there by a person, or by anyone."""
        rows = [row for row in self.rows if row.point_by == MadeBy.PERSON or not by_person]
        former = () if by_person else self.former
        return [*former, *(row.point_id for row in rows if row.point_id is not None)]


def _is_loose(row: Claim) -> bool:
    return row.point_by == MadeBy.ENGINE and row.status != Claim.Status.REJECTED


def store_points(
    story: Story,
    found: Sequence[readings.Point],
    stored: Stored,
    since: Iterable[Claim],
    tally: Tally,
) -> tuple[dict[str, Point], set[int]]:
    """Write the points and put the claims into them: points by the engine's ids, ids of busy ones.

    `since` are the claims that people changed after they were read. Expects the composite keys of
    discrepancies to be deferred: they are mended later. A group of which nothing may be moved has
    no point.
    """
    groups = [
        _Group(
            point=point,
            position=at,
            rows=[stored.rows[name] for name in point.claims],
            former=[
                row.point_id
                for name in point.claims
                if (row := stored.followed.get(name)) is not None and row.point_id is not None
            ],
        )
        for at, point in enumerate(found)
    ]
    old = {point.pk: point for point in Point.objects.filter(story=story)}
    homes = _homes(groups, old)
    changed = {row.pk: row.point_id for row in since}
    busy = {pk for pk in changed.values() if pk is not None} | _meant(groups, homes, changed)
    rows = stored.rows.values()
    still = {row.pk for row in rows if row.pk in changed or row.point_id in busy}
    loose = {group.point.id: group.loose(still) for group in groups}
    points = _write(story, groups, homes, old, loose, tally)
    _place_claims(loose, [row for row in rows if row.pk not in still], points, tally)
    return points, busy | _meant(groups, points, changed)


def _meant(
    groups: Iterable[_Group], points: Mapping[str, Point], changed: Collection[int]
) -> set[int]:
    """The ids of the points that would hold a claim changed since."""
    return {
        points[group.point.id].pk
        for group in groups
        if group.point.id in points and any(row.pk in changed for row in group.rows)
    }


def _homes(groups: Sequence[_Group], old: Mapping[int, Point]) -> dict[str, Point]:
    """The old point of each group that has one, be it retired: withdrawn claims may be back.

    What a person put into a point has its home there, whatever else is in the group.
    """
    shared = [
        (not by_person, -number, pk, group.position)
        for group in groups
        for by_person in (True, False)
        for pk, number in Counter(group.homes(by_person=by_person)).items()
        if pk in old
    ]
    homes: dict[str, Point] = {}
    taken: set[int] = set()
    for _, _, pk, at in sorted(shared):
        name = groups[at].point.id
        if name not in homes and pk not in taken:
            homes[name] = old[pk]
            taken.add(pk)
    return homes


def _write(
    story: Story,
    groups: Sequence[_Group],
    homes: Mapping[str, Point],
    old: Mapping[int, Point],
    loose: Mapping[str, Sequence[Claim]],
    tally: Tally,
) -> dict[str, Point]:
    """New points for groups without a home, and the present verdicts for all."""
    points = dict(homes)
    fresh = []
    for group in groups:
        if group.point.id not in points and loose[group.point.id]:
            points[group.point.id] = _new_point(story, group)
            fresh.append(points[group.point.id])
    Point.objects.bulk_create(fresh)
    before = {pk: [getattr(point, name) for name in FIELDS] for pk, point in old.items()}
    for group in groups:
        if group.point.id in homes:
            _renew(homes[group.point.id], group)
    changed = [
        old[pk] for pk, had in before.items() if had != [getattr(old[pk], n) for n in FIELDS]
    ]
    Point.objects.bulk_update(changed, FIELDS)
    tally.touched("points added", *[point.pk for point in fresh])
    tally.touched("points renewed", *[point.pk for point in changed])
    return points


def _new_point(story: Story, group: _Group) -> Point:
    return Point(
        story=story,
        label=group.point.label,
        verdict=group.point.verdict,
        also=list(group.point.also),
        position=group.position,
        origins=group.point.origins,
    )


def _renew(point: Point, group: _Group) -> None:
    """What the engine says now; a person's label stays. A retired point is back in use."""
    before = [getattr(point, name) for name in CONTENT]
    if point.status == Point.Status.RETIRED:
        point.status = Point.Status.OPEN
    if point.label_by == MadeBy.ENGINE:
        point.label = group.point.label
    point.verdict, point.also = group.point.verdict, list(group.point.also)
    point.origins, point.position = group.point.origins, group.position
    if before != [getattr(point, name) for name in CONTENT]:
        point.row_version += 1


def _place_claims(
    loose: Mapping[str, Iterable[Claim]],
    rows: Iterable[Claim],
    points: Mapping[str, Point],
    tally: Tally,
) -> None:
    """Put each loose claim where its group is; one that is in no group goes out of its point."""
    place = {
        row.pk: points[name] for name, members in loose.items() if name in points for row in members
    }
    moved = []
    for row in rows:
        if row.point_by == MadeBy.PERSON:
            continue
        point = place.get(row.pk)
        if row.point_id != (point.pk if point else None):
            row.point = point
            row.row_version += 1
            moved.append(row)
    Claim.objects.bulk_update(moved, ["point", "row_version"], batch_size=1000)
    tally.claims("placed", len(moved))


def retire_emptied(story: Story, held: Iterable[int]) -> list[Point]:
    """Retire those of the points that held claims before and hold none now; which these are."""
    inside = Claim.objects.shown().filter(story=story, point__isnull=False)
    emptied = Point.objects.shown().filter(story=story, pk__in=held)
    emptied = emptied.exclude(pk__in=inside.values("point"))
    points = list(emptied.order_by("pk"))
    Point.objects.filter(pk__in=[point.pk for point in points]).update(
        status=Point.Status.RETIRED, row_version=F("row_version") + 1
    )
    return points
