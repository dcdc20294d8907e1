"""The discrepancies that the pages show, as plain rows: one query, with the claims they link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from claims.models import Discrepancy, DiscrepancyClaim
from claims.modes import Mode
from reader.models import Article, Story
from reader.ready_query import Given, ReadyQuery

# The fields of a plain row and their columns.
COLUMNS: Mapping[str, str] = {
    "id": "pk",
    "point": "point_id",
    "kind": "kind",
    "severity": "severity",
    "status": "status",
    "rule": "rule",
    "judge": "judge",
    "explanation": "explanation",
    "evidence": "evidence",
    "within_article": "within_article",
    "values_key": "values_key",
    "row_version": "row_version",
    "suggestion": "suggestion",
    "settlement": "settlement",
}
SEVERITY_RANK: Mapping[str, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, kw_only=True)
class FlagRow:
    """A stored discrepancy."""

    id: int
    point: int
    kind: str
    severity: str
    status: str
    rule: str
    judge: str
    explanation: str
    evidence: Mapping[str, Any]
    within_article: bool
    claims: frozenset[int]
    values_key: str
    row_version: int
    suggestion: bool
    settlement: Mapping[str, Any]

    @property
    def is_settled(self) -> bool:
        """Whether a newer text settled it: no flag any more, but told with its point."""
        return self.status == Discrepancy.Status.SETTLED

    @property
    def is_suggestion(self) -> bool:
        """Whether only thorough mode shows it; a person who confirms it stands behind it."""
        return self.suggestion and self.status != Discrepancy.Status.CONFIRMED

    @property
    def counts(self) -> bool:
        """Whether it is an open flag, and no mere suggestion."""
        return self.is_open and not self.suggestion

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.status == Discrepancy.Status.OPEN

    @property
    def stands(self) -> bool:
        """Whether it is shown as a conflict: an open flag, or one that a person stands behind."""
        return self.counts or self.status == Discrepancy.Status.CONFIRMED


def by_severity() -> Case:
    """What a query sorts flags by: the gravest first."""
    ranks = [When(severity=name, then=Value(rank)) for name, rank in SEVERITY_RANK.items()]
    return Case(*ranks, output_field=IntegerField())


def _rows(mode: Mode) -> QuerySet[Discrepancy, tuple[Any, ...]]:
    """The flags of one story."""
    links = DiscrepancyClaim.objects.filter(discrepancy=OuterRef("pk"))
    hidden = links.exclude(claim__article_version__article__status=Article.Status.LIVE)
    found = Discrepancy.objects.exclude(status=Discrepancy.Status.SUPERSEDED)
    found = found.exclude(Exists(hidden))
    rows = (
        (found if mode == "thorough" else found.flags())
        .filter(story=Given("story"))
        .annotate(members=ArraySubquery(links.values("claim_id")))
        .order_by(by_severity(), "pk")
    )
    return rows.values_list("members", *COLUMNS.values())


_ROWS = {mode: ReadyQuery(partial(_rows, mode)) for mode in get_args(Mode)}


def load_flags(story: Story, mode: Mode) -> tuple[list[FlagRow], list[FlagRow]]:
    """What the last comparison found, gravest first, and apart what newer texts settled.

    Suggestions stay out of quiet mode, and what rests on a hidden report everywhere: no comparison
    takes back what was settled.
    """
    loaded = [
        FlagRow(claims=frozenset(members), **dict(zip(COLUMNS, values, strict=True)))
        for members, *values in _ROWS[mode].ask(story=story.pk)
    ]
    return [row for row in loaded if not row.is_settled], [row for row in loaded if row.is_settled]


def standing_kinds(flags: Iterable[FlagRow]) -> dict[int, tuple[str, ...]]:
    """The kinds of the standing flags that each claim takes part in, the gravest first."""
    kinds: dict[int, dict[str, None]] = {}
    for flag in flags:
        if flag.stands:
            for claim in flag.claims:
                kinds.setdefault(claim, {})[flag.kind] = None
    return {claim: tuple(found) for claim, found in kinds.items()}
