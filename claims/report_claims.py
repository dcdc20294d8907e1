"""The read model of the page of a report's claims: what the engine suggests, and what became of it.

The number of queries depends neither on the claims nor on the page.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from claims import words
from claims.annotation import may_annotate
from claims.claim_rows import ClaimRow, rows_of
from claims.models import Claim, Decision
from claims.models.claims import ClaimQuerySet
from claims.services.undoing import decided_together
from reader.models import Article, Story, User

PAGE: Final = 40
FILTERS: words.Words = {
    "suggested": _("Suggestions"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "withdrawn": _("No longer found"),
    "all": _("All"),
}
EMPTY: words.Words = {
    "suggested": _("No suggestion is left in this report."),
    "accepted": _("No claim of this report was accepted yet."),
    "rejected": _("No claim of this report was rejected."),
    "withdrawn": _("The engine still finds every claim of this report."),
    "all": _("Nothing in this report was taken for a claim."),
}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice of what the list shows."""

    key: str
    label: str
    number: int
    current: bool


@dataclass(frozen=True, kw_only=True)
class Act:
    """Several claims that were decided about at once, and what an undo of all would reverse."""

    decision: int
    number: int
    status: str


@dataclass(frozen=True, kw_only=True)
class ReportClaims:
    """All that the page shows about a report's claims."""

    article: Article
    filters: tuple[Filter, ...]
    show: str
    waiting: int
    rows: tuple[ClaimRow, ...]
    empty: str
    page: int
    pages: int
    may_edit: bool
    closed: bool
    act: Act | None

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page behind, if there is one."""
        return self.page + 1 if self.page < self.pages else None


def build_report_claims(
    article: Article, user: User, *, show: str = "suggested", page: int = 1, act: int | None = None
) -> ReportClaims:
    """Load a page of the report's claims in the order of its text.

    `show` is one of `FILTERS`, a page past the last is the last, `act` is a decision of an act on
    several claims that the page offers to undo. Needs the article's story with its desk.
    """
    counts = count_claims(article)
    show = show if show in FILTERS else "suggested"
    pages = max(1, -(-counts[show] // PAGE))
    page = min(max(page, 1), pages)
    zone = ZoneInfo(user.zone or article.story.desk.zone)
    found = claims_of(article) if show == "all" else claims_of(article).filter(status=show)
    shown = found.order_by("start", "end", "pk")[(page - 1) * PAGE : page * PAGE]
    return ReportClaims(
        article=article,
        filters=filters_of(counts, show),
        show=show,
        waiting=counts["suggested"],
        rows=tuple(rows_of(list(shown), zone)),
        empty=words.word(EMPTY, show),
        page=page,
        pages=pages,
        may_edit=may_annotate(user, article.story),
        closed=article.story.status == Story.Status.CLOSED,
        act=_act(article, act),
    )


def claims_of(article: Article) -> ClaimQuerySet:
    """The claims of the report's present text, with all that a row shows."""
    return Claim.objects.filter(article_version=article.current_version_id).select_related(
        "article_version__article__source", "point"
    )


def count_claims(article: Article) -> Mapping[str, int]:
    """How many claims each filter shows; one query."""
    rows = Claim.objects.filter(article_version=article.current_version_id).values("status")
    counts = Counter({row["status"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by()})
    counts["all"] = sum(counts.values())
    return counts


def filters_of(counts: Mapping[str, int], show: str) -> tuple[Filter, ...]:
    """The filters with their numbers; those that nobody needs stay away."""
    return tuple(
        Filter(key=key, label=str(label), number=counts[key], current=key == show)
        for key, label in FILTERS.items()
    )


def _act(article: Article, decision_id: int | None) -> Act | None:
    """The act on several claims of this report, as long as none of it was undone."""
    if decision_id is None:
        return None
    decision = Decision.objects.filter(
        pk=decision_id, claim__article_version=article.current_version_id, undoes__isnull=True
    ).first()
    if decision is None:
        return None
    together = decided_together(decision)
    if Decision.objects.filter(undoes__in=together).exists():
        return None
    return Act(decision=decision.pk, number=len(together), status=decision.new_status)
