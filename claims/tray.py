"""The read model of a story's tray: claims whose words a newer text changed or left out.

Those that people set or decided on come first; the engine's own, which it has read anew in the new
text, are folded. A fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Subquery

from claims.annotation import AROUND, may_annotate
from claims.models import Claim
from claims.models.claims import ClaimQuerySet
from claims.services.storing_claims import set_by_person
from claims.waiting import left_behind, standing_decisions
from reader.difference import difference
from reader.models import Article, ArticleVersion, Story, User

MOST_OWN = 50  # of the engine's own that are listed for each report


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Words with what stands around them."""

    before: str
    quote: str
    behind: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the difference between the old words and those at the proposed place."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One claim that waits. `now` is the proposed place; None where there is none."""

    id: int
    row_version: int
    state: str
    rejected: bool
    point: int | None
    point_label: str
    was: Passage
    now: Passage | None
    pieces: tuple[Piece, ...]
    start: int | None
    end: int | None
    undo: int | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report with claims of older texts. `own` are the engine's, `gone` those let go."""

    article: Article
    placed: int
    waiting: tuple[Waiting, ...]
    own: tuple[Waiting, ...]
    own_number: int
    gone: tuple[Waiting, ...]

    @property
    def total(self) -> int:
        """All claims of the report that stand or wait."""
        return self.placed + len(self.waiting)


@dataclass(frozen=True, kw_only=True)
class Tray:
    """The tray of a story. `may_edit`: the person may say where a claim belongs."""

    reports: tuple[Report, ...]
    may_edit: bool

    @property
    def waiting(self) -> int:
        """How many claims wait for a person."""
        return sum(len(report.waiting) for report in self.reports)


def build_tray(story: Story, user: User) -> Tray:
    """Load the tray; five queries, however many claims wait."""
    rows = list(
        _with_decisions(left_behind().filter(story=story))
        .select_related("point", "article_version__article__source")
        .defer("article_version__blocks", "article_version__body_html")
        .order_by("article_version__article__published_at", "start", "pk")
    )
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        by_article[row.article_version.article_id].append(row)
    articles = {pk: found[0].article_version.article for pk, found in by_article.items()}
    present = ArticleVersion.objects.in_bulk(
        [article.current_version_id for article in articles.values()]
    )
    placed = _placed(present)
    return Tray(
        reports=tuple(
            _report(article, by_article[pk], present, placed.get(article.current_version_id, 0))
            for pk, article in articles.items()
        ),
        may_edit=may_annotate(user, story),
    )


def _with_decisions(rows: ClaimQuerySet) -> ClaimQuerySet:
    """The rows with the newest decision about each that still stands, and what it was."""
    newest = standing_decisions()
    return rows.annotate(
        decision=Subquery(newest.values("pk")[:1]), action=Subquery(newest.values("action")[:1])
    )


def _placed(versions: Iterable[int]) -> Mapping[int | None, int]:
    standing = Claim.objects.shown().anchored().filter(article_version__in=list(versions))
    counted = standing.order_by().values_list("article_version").annotate(number=Count("pk"))
    return dict(counted)


def _sort(row: Claim) -> str:
    """Where the claim is listed: it waits, it was let go, or it is the engine's own."""
    if row.status == Claim.Status.WITHDRAWN and row.action == "let_go":  # type: ignore[attr-defined]
        return "gone"
    if row.status in (Claim.Status.WITHDRAWN, Claim.Status.REJECTED):
        return "own"
    decided = row.decision is not None  # type: ignore[attr-defined]
    return "waiting" if decided or set_by_person(row) else "own"


def _report(
    article: Article, rows: Sequence[Claim], present: Mapping[int, ArticleVersion], placed: int
) -> Report:
    text = present[article.current_version_id].text if article.current_version_id else ""
    sorts: dict[str, list[Claim]] = defaultdict(list)
    for row in rows:
        sorts[_sort(row)].append(row)
    return Report(
        article=article,
        placed=placed,
        waiting=tuple(_waiting(row, text) for row in sorts["waiting"]),
        own=tuple(_waiting(row, text) for row in sorts["own"][:MOST_OWN]),
        own_number=len(sorts["own"]),
        gone=tuple(_waiting(row, text) for row in sorts["gone"]),
    )


def _waiting(row: Claim, text: str) -> Waiting:
    now = None
    if row.proposed_start is not None and row.proposed_end is not None:
        now = _passage(text, row.proposed_start, row.proposed_end)
    return Waiting(
        id=row.pk,
        row_version=row.row_version,
        state=str(row.anchor_state),
        rejected=row.status == Claim.Status.REJECTED,
        point=row.point_id,
        point_label=row.point.label if row.point else "",
        was=_passage(row.article_version.text, row.start, row.end),
        now=now,
        pieces=tuple(_pieces(row.exact, now.quote)) if now else (),
        start=row.proposed_start,
        end=row.proposed_end,
        undo=row.decision,  # type: ignore[attr-defined]
    )


def _passage(text: str, start: int, end: int) -> Passage:
    """The words with a little of what stands around them in their paragraph."""
    before = text[max(0, start - AROUND) : start].rpartition("\n\n")[2]
    behind = text[end : end + AROUND].partition("\n\n")[0]
    return Passage(
        before=before.partition(" ")[2] if len(before) == AROUND else before,
        quote=text[start:end],
        behind=behind.rpartition(" ")[0] if len(behind) == AROUND else behind,
    )


def _pieces(old: str, new: str) -> Iterable[Piece]:
    """The new words with what was put in, and the old ones that went out before them."""
    for edit in difference(old, new):
        if edit.kind in ("delete", "replace"):
            yield Piece(kind="gone", text=old[edit.old_start : edit.old_end])
        if edit.kind != "delete":
            kind = "same" if edit.kind == "equal" else "new"
            yield Piece(kind=kind, text=new[edit.new_start : edit.new_end])
