"""What follows claims that are moved, rejected or brought back: their points and their flags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import F, Max
from django.utils.translation import gettext as _

from claims.models import Claim, Discrepancy, DiscrepancyClaim, MadeBy, Point, Verdict
from claims.services.changes import Refused
from claims.services.comparing import MENDED
from claims.services.storing_flags import natural_key
from claims.services.storing_points import retire_emptied
from reader import audit
from reader.models import Story, User
from reader.text import clean_line

MAX_LABEL = 300
Place = int | str | None  # a point's id, a new point's label, or none


@contextmanager
def flags_follow(story: Story, claim_ids: Collection[int], person: User) -> Iterator[None]:
    """Let flags and points follow what happens inside to these claims of the story.

    A flag all of whose claims went to one other point goes with them, and what was decided on it
    too. One that lost a claim, or rests on a rejected one, is superseded at once; the comparison
    that follows finds what still differs. A point that lost its last claim is retired.
    """
    points = _points_of(claim_ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {MENDED} DEFERRED")
    yield
    _mend_flags(claim_ids, person)
    for point in retire_emptied(story, points):
        _record_status(point, Point.Status.RETIRED, person)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {MENDED} IMMEDIATE")


def _points_of(claim_ids: Collection[int]) -> list[int]:
    inside = Claim.objects.filter(pk__in=claim_ids, point__isnull=False)
    return list(inside.values_list("point", flat=True).distinct())


def _mend_flags(claim_ids: Collection[int], person: User) -> None:
    touched = DiscrepancyClaim.objects.filter(claim__in=claim_ids).values("discrepancy")
    flags = Discrepancy.objects.filter(pk__in=touched).order_by("pk")
    links: dict[int, list[DiscrepancyClaim]] = defaultdict(list)
    for link in DiscrepancyClaim.objects.filter(discrepancy__in=flags).select_related("claim"):
        links[link.discrepancy_id].append(link)
    for flag in flags:
        _mend(flag, links[flag.pk], person)


def _mend(flag: Discrepancy, links: Sequence[DiscrepancyClaim], person: User) -> None:
    homes = {link.claim.point_id for link in links}
    rejected = any(link.claim.status == Claim.Status.REJECTED for link in links)
    if homes == {flag.point_id} and not rejected:
        return
    if not rejected and len(homes) == 1 and _move(flag, homes.pop(), links):
        return
    _supersede(flag, person)
    stray = [link.pk for link in links if link.claim.point_id != flag.point_id]
    DiscrepancyClaim.objects.filter(pk__in=stray).delete()


def _move(flag: Discrepancy, home: int | None, links: Sequence[DiscrepancyClaim]) -> bool:
    """Take the flag along to where all its claims are, unless the same one is there already."""
    if home is None:
        return False
    key = natural_key(home, flag.kind, flag.rule, [link.claim_id for link in links])
    if Discrepancy.objects.filter(story=flag.story_id, natural_key=key).exists():
        return False
    Discrepancy.objects.filter(pk=flag.pk).update(
        point=home, natural_key=key, row_version=F("row_version") + 1
    )
    DiscrepancyClaim.objects.filter(discrepancy=flag).update(point=home)
    flag.point_id = home
    return True


def _supersede(flag: Discrepancy, person: User) -> None:
    if flag.status in (Discrepancy.Status.SUPERSEDED, Discrepancy.Status.SETTLED):
        return
    gone = Discrepancy.Status.SUPERSEDED.value
    Discrepancy.objects.filter(pk=flag.pk).update(
        status=gone, status_before=flag.status, row_version=F("row_version") + 1
    )
    audit.record(
        "claims.discrepancy.superseded",
        target=flag,
        actor=person,
        before={"status": flag.status},
        after={"status": gone},
    )


def find_point(story: Story, place: int | str, person: User) -> Point:
    """The open point with this id, or a new one with this label.

    Raises `Refused` for a point of another story, a closed or retired one, and an empty label.
    """
    if isinstance(place, str):
        return new_point(story, place, person)
    point = Point.objects.filter(pk=place, story=story).first()
    if point is None:
        raise Refused(_("This point does not exist in this story."))
    refuse_unless_open(point)
    return point


def refuse_unless_open(point: Point) -> None:
    """Raise `Refused` for a point that an editor closed or that holds nothing any more."""
    if point.status == Point.Status.CLOSED:
        raise Refused(_("The point “%(label)s” is closed.") % {"label": point.label})
    if point.status == Point.Status.RETIRED:
        raise Refused(_("The point “%(label)s” is no longer in use.") % {"label": point.label})


def checked_label(label: str) -> str:
    """The label, clean and on one line. Raises `Refused` for an empty or overlong one."""
    cleaned = clean_line(label)
    if not cleaned:
        raise Refused(_("A point needs a label."))
    if len(cleaned) > MAX_LABEL:
        raise Refused(_("A label has at most %(number)s characters.") % {"number": MAX_LABEL})
    return cleaned


def new_point(story: Story, label: str, person: User) -> Point:
    """Make a point with a person's label, last in the list; the next comparison gives a verdict."""
    label = checked_label(label)
    last = Point.objects.filter(story=story).aggregate(last=Max("position"))["last"]
    point = Point.objects.create(
        story=story,
        label=label,
        label_by=MadeBy.PERSON,
        made_by=MadeBy.PERSON,
        verdict=Verdict.SINGLE_SOURCE,
        position=0 if last is None else last + 1,
    )
    audit.record("claims.point.added", target=point, actor=person, after={"label": label})
    return point


def revive(point_ids: Iterable[int | None], person: User) -> None:
    """Bring retired points back into use: a claim returns to them."""
    wanted = Point.objects.filter(pk__in=[pk for pk in point_ids if pk is not None])
    retired = list(wanted.filter(status=Point.Status.RETIRED).order_by("pk"))
    Point.objects.filter(pk__in=[point.pk for point in retired]).update(
        status=Point.Status.OPEN, row_version=F("row_version") + 1
    )
    for point in retired:
        _record_status(point, Point.Status.OPEN, person)


def _record_status(point: Point, status: Point.Status, person: User) -> None:
    """Write down that a point went out of use, or came back, with what a person did to claims."""
    audit.record(
        "claims.point.retired" if status == Point.Status.RETIRED else "claims.point.revived",
        target=point,
        actor=person,
        before={"status": str(point.status)},
        after={"status": status.value},
    )


def put(claims: Iterable[Claim], places: Mapping[int, tuple[int | None, str]]) -> None:
    """Put each claim into its point, with who did so; `places` by the claims' ids.

    Belongs into `flags_follow`. Claims that are there already stay untouched.
    """
    moved = [row for row in claims if (row.point_id, row.point_by) != places[row.pk]]
    for row in moved:
        row.point_id, row.point_by = places[row.pk]
        row.row_version += 1
    Claim.objects.bulk_update(moved, ["point", "point_by", "row_version"], batch_size=500)
