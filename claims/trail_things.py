"""The things that entries of the audit trail are about, by their names of today.

Five queries for a page, however many entries it has: flags, points, pairs in doubt, claims, and the
decisions about them. Of a report that is hidden from the person nothing is told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from textwrap import shorten
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from claims import stored_reading, words
from claims.engine import normal_form
from claims.models import Claim, Counterpart, Decision, Discrepancy, Point
from reader.models import Article, AuditEntry
from reader.trail import Thing, Viewer, ids_of
from reader.trail_words import hidden_report

FLAG, POINT, CLAIM = "claims.discrepancy", "claims.point", "claims.claim"
PAIR = "claims.counterpart"
# What a decision is about, by its columns, and what the history needs to know of it.
ABOUT: Mapping[str, str] = {
    FLAG: "discrepancy_id",
    POINT: "point_id",
    CLAIM: "claim_id",
    PAIR: "counterpart_id",
}
DECIDED = ("pk", "action", "reason_code", "note", "undoes_id", "undone_by", "at", "new_status")
_QUOTE = 90  # characters of a claim's words that name it


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A flag's kind in words, its point and its status; a suggestion's kind says that it is one."""

    kind: str
    point: int
    status: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision, as far as the history needs it."""

    id: int
    action: str
    reason: str
    note: str
    undoes: int | None
    undone: bool
    at: datetime
    new_status: str

    @property
    def is_review(self) -> bool:
        """Whether it settled a flag, until a value changes or somebody undoes it."""
        return self.action in ("confirm", "dismiss") and not self.undone


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of all things that a page names."""

    flags: Mapping[int, Flag] = field(default_factory=dict)
    points: Mapping[int, str] = field(default_factory=dict)
    claims: Mapping[int, tuple[Thing, str]] = field(default_factory=dict)
    pairs: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    decisions: Mapping[tuple[str, int], Sequence[Decided]] = field(default_factory=dict)


def gather(viewer: Viewer, entries: Sequence[AuditEntry]) -> Facts:
    """Load whatever the entries name, as far as the person may know of it."""
    pairs = _pairs(viewer, ids_of(entries, PAIR))
    flags = ids_of(entries, FLAG)
    claims = ids_of(entries, CLAIM) | {claim for pair in pairs.values() for claim in pair}
    points = ids_of(entries, POINT) | set(_named_points(entries))
    found = _flags(viewer, flags)
    points |= {flag.point for flag in found.values()}
    return Facts(
        flags=found,
        points=_points(viewer, points),
        claims=_claims(viewer, claims),
        pairs=pairs,
        decisions=_decisions(viewer, flags, points, claims, pairs),
    )


def _named_points(entries: Iterable[AuditEntry]) -> Iterable[int]:
    """The ids of the points that the entries mention as values."""
    for entry in entries:
        for values in (entry.before, entry.after):
            absorbed = values.get("absorbed")
            listed = absorbed if isinstance(absorbed, list) else []
            for value in (values.get("point"), values.get("into"), *listed):
                if isinstance(value, int):
                    yield value


def _flags(viewer: Viewer, ids: Collection[int]) -> dict[int, Flag]:
    if not ids:
        return {}
    rows = Discrepancy.objects.filter(story=viewer.story, pk__in=ids)
    return {
        row.pk: Flag(kind=_kind(row), point=row.point_id, status=row.status)
        for row in rows.only("kind", "point", "status", "suggestion")
    }


def _kind(flag: Discrepancy) -> str:
    kind = words.inside(words.word(words.KINDS, flag.kind))
    return _("suggested %(kind)s") % {"kind": kind} if flag.is_suggestion else kind


def _pairs(viewer: Viewer, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The ids of the claims of each pair."""
    if not ids:
        return {}
    rows = Counterpart.objects.filter(story=viewer.story, pk__in=ids)
    return {pk: (one, other) for pk, one, other in rows.values_list("pk", "claim_id", "other_id")}


def _points(viewer: Viewer, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    return dict(Point.objects.filter(story=viewer.story, pk__in=ids).values_list("pk", "label"))


def _claims(viewer: Viewer, ids: Collection[int]) -> dict[int, tuple[Thing, str]]:
    """Each claim by its words, with its source; nothing of them where its report is hidden."""
    if not ids:
        return {}
    rows = Claim.objects.filter(story=viewer.story, pk__in=ids).values_list(
        "pk",
        "exact",
        "reading",
        "overrides",
        "point_id",
        "article_version__article",
        "article_version__article__status",
        "article_version__article__source__name",
    )
    return {row[0]: _claim_thing(viewer, *row[1:]) for row in rows}


def _claim_thing(
    viewer: Viewer,
    exact: str,
    reading: dict[str, Any],
    overrides: dict[str, Any],
    point: int | None,
    article: int,
    status: str,
    source: str,
) -> tuple[Thing, str]:
    if status != Article.Status.LIVE and not viewer.sees_hidden:
        hidden = hidden_report()
        return replace(hidden, name=_("of which nothing is shown")), hidden.name
    href = point_address(viewer, point) if point else reverse("reader:article", args=[article])
    name = shorten(exact, _QUOTE, placeholder=" …")
    if name:
        return Thing(name=name, href=href), source
    # the words were erased; what they were read as is no text of a report
    value = normal_form.value(stored_reading.from_json({**reading, **overrides}))
    return Thing(name=value, href=href, quoted=False), source


def _decisions(
    viewer: Viewer,
    flags: Collection[int],
    points: Collection[int],
    claims: Collection[int],
    pairs: Collection[int],
) -> dict[tuple[str, int], list[Decided]]:
    """All decisions about these things, oldest first."""
    if not (flags or points or claims or pairs):
        return {}
    named = Q(discrepancy__in=flags) | Q(point__in=points) | Q(claim__in=claims)
    rows = Decision.objects.filter(named | Q(counterpart__in=pairs), story=viewer.story)
    found: dict[tuple[str, int], list[Decided]] = defaultdict(list)
    for *things, pk, action, reason, note, undoes, undone, at, status in rows.order_by(
        "pk"
    ).values_list(*ABOUT.values(), *DECIDED):
        about = next((name, thing) for name, thing in zip(ABOUT, things, strict=True) if thing)
        found[about].append(
            Decided(
                id=pk,
                action=action,
                reason=reason,
                note=note,
                undoes=undoes,
                undone=undone is not None,
                at=at,
                new_status=status,
            )
        )
    return found


def flag_address(viewer: Viewer, flag: int, point: int) -> str:
    """Where the flag is the current one on the story's page."""
    return f"{point_address(viewer, point)}&flag={flag}#flag-{flag}"


def point_address(viewer: Viewer, point: int) -> str:
    """Where the point is chosen on the story's page."""
    return f"{viewer.story.get_absolute_url()}?point={point}"


def point_thing(viewer: Viewer, facts: Facts, point: int) -> Thing:
    """A point by its label of today."""
    if point not in facts.points:
        return Thing(name=_("a point that is gone"), quoted=False)
    return Thing(name=facts.points[point], href=point_address(viewer, point))
