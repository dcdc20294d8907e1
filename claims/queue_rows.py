"""Flags as rows of the review queue: what differs, who says it, what was decided.

The number of queries does not depend on the number of flags.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from claims import stored_reading, words
from claims.decided import Decided, load_decided
from claims.decision_form import Draft
from claims.engine import normal_form
from claims.models import Discrepancy, DiscrepancyClaim
from reader.dates import moment
from reader.models import User


@dataclass(frozen=True, kw_only=True)
class Value:
    """One of the values that differ, and the reports that give it."""

    normal: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One flag of the queue."""

    id: int
    kind_word: str
    severity: str
    severity_word: str
    status: str
    status_word: str
    point: int
    label: str
    story: str
    slug: str
    explanation: str
    values: tuple[Value, ...]
    found: datetime
    found_words: str
    row_version: int
    decided: Decided
    suggestion: bool
    current: bool = False
    draft: Draft | None = None


def rows_of(flags: Sequence[Discrepancy], user: User) -> list[QueueRow]:
    """Flags as rows; two queries. Their stories, desks and points are loaded already."""
    values = _values(flags)
    zones = {flag.pk: ZoneInfo(user.zone or flag.story.desk.zone) for flag in flags}
    decided = load_decided({flag.pk: flag for flag in flags}, zones)
    return [
        QueueRow(
            id=flag.pk,
            kind_word=words.word(words.KINDS, flag.kind),
            severity=flag.severity,
            severity_word=words.word(words.SEVERITIES, flag.severity),
            status=flag.status,
            status_word=words.word(words.STATUSES, flag.status),
            point=flag.point_id,
            label=flag.point.label,
            story=flag.story.title,
            slug=flag.story.slug,
            explanation=flag.explanation,
            values=values[flag.pk],
            found=flag.found_at,
            found_words=moment(flag.found_at.astimezone(zones[flag.pk])),
            row_version=flag.row_version,
            decided=decided[flag.pk],
            suggestion=flag.is_suggestion,
        )
        for flag in flags
    ]


def _values(flags: Sequence[Discrepancy]) -> Mapping[int, tuple[Value, ...]]:
    """What each flag's reports say, as normal forms; who says the same stands together."""
    links = (
        DiscrepancyClaim.objects.filter(discrepancy__in=flags)
        .order_by("claim__article_version__article__published_at", "claim__start", "pk")
        .values_list(
            "discrepancy_id",
            "claim__reading",
            "claim__overrides",
            "claim__article_version__article__source__name",
        )
    )
    found: dict[int, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for flag, reading, overrides, source in links:
        normal = normal_form.value(stored_reading.from_json({**reading, **overrides}))
        found[flag][normal][source] = None
    return {
        flag.pk: tuple(
            Value(normal=normal, sources=tuple(sources))
            for normal, sources in found[flag.pk].items()
        )
        for flag in flags
    }
