"""The read model of a point's own page: its claims, and the other points it may be merged with.

The number of queries depends on neither.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import annotation, words
from claims.claim_rows import ClaimRow, rows_of
from claims.decided import name_of
from claims.models import Claim, Decision, Point
from claims.models.claims import ClaimQuerySet
from claims.services.undoing import decided_together
from reader.dates import date_format
from reader.models import Article, Role, User
from reader.web import roles_of

NEAREST: Final = 6
QUOTES: Final = 2  # of a point that could be taken over
DONE: words.Words = {
    "rename": _("Renamed by %(name)s, %(when)s"),
    "merge": _("Merged by %(name)s, %(when)s"),
    "split": _("Split by %(name)s, %(when)s"),
}


@dataclass(frozen=True, kw_only=True)
class OtherPoint:
    """A point of the story that this one may take over, with some of what it says."""

    id: int
    row_version: int
    label: str
    verdict_word: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """A decision that the page offers to undo, in words or as a number of claims."""

    decision: int
    words: str
    number: int


@dataclass(frozen=True, kw_only=True)
class PointPage:
    """All that the page shows; `arranges`: an editor's forms, `places`: a fact-checker's."""

    point: Point
    verdict_word: str
    rows: tuple[ClaimRow, ...]
    nearest: tuple[OtherPoint, ...]
    others: tuple[OtherPoint, ...]
    arranges: bool
    places: bool
    last: Undoable | None
    taken_out: Undoable | None


def build_point_page(point: Point, user: User, *, done: int | None = None) -> PointPage:
    """Load the point's claims in the order of the reports, and the other points, nearest first.

    `done` is a decision that took claims out, which the page offers to undo. Needs the point's
    story with its desk.
    """
    story = point.story
    zone = ZoneInfo(user.zone or story.desk.zone)
    claims = list(
        claims_in(point).order_by(
            "article_version__article__published_at", "article_version", "start", "pk"
        )
    )
    editable = annotation.may_annotate(user, story) and point.status == Point.Status.OPEN
    held = roles_of(user).get(story.desk_id)
    arranges = editable and held is not None and Role(held).includes(Role.EDITOR)
    others = _others(point, claims) if arranges else []
    return PointPage(
        point=point,
        verdict_word=words.word(words.VERDICTS, point.verdict),
        rows=tuple(rows_of(claims, zone)),
        nearest=tuple(others[:NEAREST]),
        others=tuple(others[NEAREST:]),
        arranges=arranges,
        places=editable,
        last=_last(point, zone),
        taken_out=_taken_out(point, done),
    )


def claims_in(point: Point) -> ClaimQuerySet:
    """The claims that stand in the point, of the texts that are shown now."""
    return (
        Claim.objects.shown()
        .filter(
            point=point,
            article_version__article__status=Article.Status.LIVE,
            article_version__article__current_version=F("article_version"),
        )
        .select_related("article_version__article__source", "point")
    )


def _others(point: Point, claims: Sequence[Claim]) -> list[OtherPoint]:
    """The story's other open points, the likeliest to be about the same first; three queries."""
    reading = dict(claims[0].effective) if claims else {}
    said = " ".join(claim.exact for claim in claims) or point.label
    if reading:
        found = annotation.points_by_nearness(point.story, said, reading)
    else:
        found = list(Point.objects.filter(story=point.story, status=Point.Status.OPEN))
    others = [other for other in found if other.pk != point.pk]
    quotes: dict[int | None, list[str]] = defaultdict(list)
    rows = Claim.objects.shown().filter(point__in=[other.pk for other in others]).order_by("pk")
    for pk, exact in rows.values_list("point", "exact"):
        quotes[pk].append(exact)
    return [
        OtherPoint(
            id=other.pk,
            row_version=other.row_version,
            label=other.label,
            verdict_word=words.word(words.VERDICTS, other.verdict),
            quotes=tuple(annotation.shortened(quote) for quote in quotes[other.pk][:QUOTES]),
        )
        for other in others
    ]


def _last(point: Point, zone: ZoneInfo) -> Undoable | None:
    """The newest decision about the point that stands."""
    standing = Decision.objects.filter(point=point, undoes__isnull=True, undone_by__isnull=True)
    decision = standing.select_related("person").order_by("-pk").first()
    if decision is None or decision.action not in DONE:
        return None
    when = date_format(timezone.localtime(decision.at, zone), "j M, H:i")
    said = words.word(DONE, decision.action) % {"name": name_of(decision.person), "when": when}
    return Undoable(decision=decision.pk, words=said, number=1)


def _taken_out(point: Point, decision_id: int | None) -> Undoable | None:
    """The act that took claims out of this point, as long as none of it was undone."""
    if decision_id is None:
        return None
    decision = Decision.objects.filter(
        pk=decision_id, action="place", story=point.story, values__before__point=point.pk
    ).first()
    if decision is None:
        return None
    together = decided_together(decision)
    if Decision.objects.filter(undoes__in=together).exists():
        return None
    return Undoable(decision=decision.pk, words="", number=len(together))
