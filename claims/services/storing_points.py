"""The engine's groups into points that keep their ids.

A group takes the id of the old point with which it shares most claims (ties: the older); a claim of
a new text counts where the old text had its words. What a person put into a point stays there, and
what a person took out stays out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

    @property
    def loose(self) -> list[Claim]:
        """The claims that the engine may put where it likes."""
        return [row for row in self.rows if _is_loose(row)]

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
    tally: Tally,
) -> dict[str, Point]:
    """Write the points and put the claims into them; the points by the engine's ids.

    Expects the composite keys of discrepancies to be deferred: they are mended later. A group of
    which nothing may be moved has no point.
    """
    groups = [
        _Group(
            point=point,
            position=at,
            rows=[stored.rows[name] for name in point.claims],
            former=[stored.former[name] for name in point.claims if name in stored.former],
        )
        for at, point in enumerate(found)
    ]
    old = {point.pk: point for point in Point.objects.filter(story=story)}
    homes = _homes(groups, old)
    points = _write(story, groups, homes, old, tally)
    _place_claims(groups, stored.rows.values(), points, tally)
    return points


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
    tally: Tally,
) -> dict[str, Point]:
    """New points for groups without a home, and the present verdicts for all."""
    points = dict(homes)
    fresh = []
    for group in groups:
        if group.point.id not in points and group.loose:
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
    groups: Iterable[_Group],
    rows: Iterable[Claim],
    points: Mapping[str, Point],
    tally: Tally,
) -> None:
    """Put each loose claim where its group is; one that is in no group goes out of its point."""
    place = {
        row.pk: points[group.point.id]
        for group in groups
        if group.point.id in points
        for row in group.loose
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


def retire_emptied(story: Story, held: Iterable[int], tally: Tally) -> None:
    """Retire those of the points that held claims before and hold none now."""
    inside = Claim.objects.shown().filter(story=story, point__isnull=False)
    emptied = Point.objects.shown().filter(story=story, pk__in=held)
    emptied = emptied.exclude(pk__in=inside.values("point"))
    ids = list(emptied.values_list("pk", flat=True))
    Point.objects.filter(pk__in=ids).update(
        status=Point.Status.RETIRED, row_version=F("row_version") + 1
    )
    tally.touched("points retired", *ids)
