"""Pairs of claims that are perhaps about the same point, for the evidence of a chosen point.

They come with the point's claims, in the same query. Nothing here judges: which pairs are in doubt,
and what the rules would say of them, was found by the comparison.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from claims import words
from claims.models import Claim, Counterpart, Decision
from claims.modes import Mode
from reader.dates import moment

if TYPE_CHECKING:
    from claims.engine.origins import Origins
    from claims.statements import ReportFacts, Statement

Pairs = Sequence[Mapping[str, Any]]
MOST = 5  # pairs that a point offers: a person looks at a few, and the best come first
# What is shown of the other claim of a pair, by its columns.
FAR: Mapping[str, str] = {
    "claim": "pk",
    "quote": "exact",
    "version": "article_version",
    "start": "start",
    "end": "end",
    "point": "point",
    "claim_status": "status",
    "anchor": "anchor_state",
}
HIDDEN = (Claim.Status.REJECTED.value, Claim.Status.WITHDRAWN.value)
KEPT_APART = Counterpart.Status.KEPT_APART.value
SURE = (Claim.AnchorState.EXACT.value, Claim.AnchorState.MOVED.value)


@dataclass(frozen=True, kw_only=True)
class PairCard:
    """A claim elsewhere that may be about the chosen point.

    `beside` and `near` are the source and the quote of the point's own claim, `point` and `label`
    the other claim's point.
    `differs` says in which values they would differ as one point; empty where the rules see no
    difference, and in quiet mode. `decided` says who decided what on the pair, `undo` is the id of
    that decision.
    """

    id: int
    row_version: int
    claim: int
    source: str
    quote: str
    beside: str
    near: str
    point: int | None
    label: str
    kind_word: str
    differs: str
    why: str
    decided: str = ""
    undo: int | None = None


@dataclass(frozen=True, kw_only=True)
class PointPairs:
    """The pairs of a point: those in doubt, best first, and those that people decided on."""

    open: tuple[PairCard, ...] = ()
    told: tuple[PairCard, ...] = ()


def pairs_of_claim() -> ArraySubquery:
    """For a query of claims: the pairs of each, as JSON with what is shown of the other claim."""
    mine = OuterRef("pk")
    far = {
        name: Case(When(claim=mine, then=F(f"other__{column}")), default=F(f"claim__{column}"))
        for name, column in FAR.items()
    }
    pairs = (
        Counterpart.objects.shown()
        .filter(Q(claim=mine) | Q(other=mine))
        .order_by("-score", "pk")
        .values(
            said=JSONObject(
                id="pk",
                row_version="row_version",
                score="score",
                status="status",
                kind="kind",
                explanation="explanation",
                evidence="evidence",
                **far,
                decision=_newest_decision(),
            )
        )
    )
    return ArraySubquery(pairs)


def _newest_decision() -> Subquery:
    """For a query of pairs: the newest decision that stands, who took it and which claim it put."""
    done = Cast(OuterRef("values__after__done"), BigIntegerField())
    placed = Decision.objects.filter(pk=done).order_by()
    standing = Decision.objects.filter(
        counterpart=OuterRef("pk"), undoes__isnull=True, undone_by__isnull=True
    )
    said = JSONObject(
        id="pk",
        at="at",
        first="person__first_name",
        last="person__last_name",
        login="person__username",
        put=Subquery(placed.values("claim")),
    )
    return Subquery(standing.order_by("-pk").values(said=said)[:1])


def pairs_of(
    statements: Sequence["Statement"],
    reports: Mapping[int, "ReportFacts"],
    labels: Mapping[int, str],
    origins: "Origins",
    *,
    mode: Mode,
    zone: ZoneInfo,
) -> PointPairs:
    """What the point's claims may share a point with: each other claim once, by its best pair.

    A claim that was kept apart from one of the point's is offered beside none of them. `reports`
    are those shown, by version; `labels` are the points'.
    """
    ranked = sorted(
        ((row, one) for one in statements for row in one.pairs if row["version"] in reports),
        key=lambda item: (-item[0]["score"], item[0]["id"], _put(item[0]) == item[1].id),
    )
    apart = {row["claim"] for row, _one in ranked if row["status"] == KEPT_APART}
    found: dict[int, tuple[Mapping[str, Any], Statement]] = {}
    told: dict[int, tuple[Mapping[str, Any], Statement]] = {}
    for row, one in ranked:
        if row["status"] != Counterpart.Status.OPEN:
            told.setdefault(row["id"], (row, one))
        elif row["claim"] not in apart and _is_offered(row, statements):
            found.setdefault(row["claim"], (row, one))

    def cards(of: Sequence[tuple[Mapping[str, Any], "Statement"]]) -> tuple[PairCard, ...]:
        return tuple(
            _card(row, one, reports[row["version"]], labels, mode=mode, zone=zone)
            for row, one in of
        )

    offered = _without_copies(list(found.values()), reports, origins)
    return PointPairs(open=cards(offered[:MOST]), told=cards(list(told.values())))


def _put(row: Mapping[str, Any]) -> int | None:
    """The claim that a person put into the point when joining the pair."""
    return row["decision"]["put"] if row["decision"] else None


def _is_offered(row: Mapping[str, Any], statements: Sequence["Statement"]) -> bool:
    """Whether the other claim is shown, and no second value of words that are in the point."""
    if row["claim_status"] in HIDDEN or row["anchor"] not in SURE:
        return False
    return row["point"] is not None or not any(
        one.report.version == row["version"]
        and one.claim.start < row["end"]
        and row["start"] < one.claim.end
        for one in statements
    )


def _without_copies(
    found: Sequence[tuple[Mapping[str, Any], "Statement"]],
    reports: Mapping[int, "ReportFacts"],
    origins: "Origins",
) -> list[tuple[Mapping[str, Any], "Statement"]]:
    """The pairs without those whose quote stands, in a copy of the report, in a better one."""
    kept: list[tuple[Mapping[str, Any], Statement]] = []
    seen: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    for row, one in found:
        told = set(row["quote"].casefold().split())
        of_origin = seen[origins.by_report[str(reports[row["version"]].id)]]
        # a copy may be edited: most of the words are enough
        if any(
            version != row["version"] and 2 * len(told & other) > max(len(told), len(other))
            for version, other in of_origin
        ):
            continue
        of_origin.append((row["version"], told))
        kept.append((row, one))
    return kept


def _card(
    row: Mapping[str, Any],
    one: "Statement",
    report: "ReportFacts",
    labels: Mapping[int, str],
    *,
    mode: Mode,
    zone: ZoneInfo,
) -> PairCard:
    thorough = mode == "thorough" and row["kind"]
    values = [str(group["value"]) for group in row["evidence"].get("groups", ())]
    # a pair that is in doubt again waits for a new word, whatever was said before
    decision = row["decision"] if row["status"] != Counterpart.Status.OPEN else None
    return PairCard(
        id=row["id"],
        row_version=row["row_version"],
        claim=row["claim"],
        source=report.source,
        quote=row["quote"],
        beside=one.report.source,
        near=one.claim.exact,
        point=row["point"] if row["point"] in labels else None,
        label=labels.get(row["point"], ""),
        kind_word=words.word(words.KINDS, row["kind"]) if thorough else "",
        differs=" / ".join(values) if thorough else "",
        why=row["explanation"] if thorough else "",
        decided=_decided(row["status"], decision, zone) if decision else "",
        undo=decision["id"] if decision else None,
    )


def _decided(status: str, decision: Mapping[str, Any], zone: ZoneInfo) -> str:
    name = f"{decision['first']} {decision['last']}".strip() or decision["login"]
    at = datetime.fromisoformat(decision["at"]).astimezone(zone)
    told = {"who": name, "when": moment(at)}
    if status == KEPT_APART:
        return _("Kept apart by %(who)s, %(when)s") % told
    return _("The same point, says %(who)s, %(when)s") % told
