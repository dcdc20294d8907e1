"""Flags that a newer text settles: one of their claims says something else there, or is left out.

What settled a flag is kept with it: which report, from which version to which, what it said before
and after, and when. One that a person dismissed is not settled: it is only no longer found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from claims.models import Claim, Discrepancy
from claims.services import resting
from reader import audit
from reader.models import ArticleVersion

Json = dict[str, object]
# A suggestion is nothing that anybody waits for, a dismissed flag nothing that was left to settle.
SETTLES = (Discrepancy.Status.OPEN, Discrepancy.Status.CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What newer texts did to claims: `followers` by the ids of the rows whose place they took.

    `present` are the versions that were compared.
    """

    followers: Mapping[int, Claim]
    present: Collection[int]


def settle(lost: Iterable[Discrepancy], changes: Changes) -> list[Discrepancy]:
    """Close those of the flags that a newer text settled; which these are.

    They are told in the audit trail, but not written: the caller does. At most two queries.
    """
    may = {row.pk: row for row in lost if row.status in SETTLES and not row.is_suggestion}
    overtaken = _overtaken(may, changes)
    if not overtaken:
        return []
    articles = {row.article_version.article_id for rows in overtaken.values() for row in rows}
    versions = ArticleVersion.objects.filter(pk__in=changes.present, article__in=articles)
    newest = {version.article_id: version for version in versions.only(*_VERSION)}
    settled = []
    for pk, rows in overtaken.items():
        row = next((row for row in rows if row.article_version.article_id in newest), None)
        if row is not None:
            _close(may[pk], row, newest[row.article_version.article_id], changes)
            settled.append(may[pk])
    return settled


_VERSION = ("article", "number", "modified_at", "created_at")


def _overtaken(flags: Collection[int], changes: Changes) -> dict[int, list[Claim]]:
    """The claims of each flag whose words a newer text has changed, the newest change first."""
    if not flags:
        return {}
    waiting = (
        Claim.objects.filter(
            discrepancy_links__discrepancy__in=flags, anchor_state__in=["changed", "orphan"]
        )
        .exclude(article_version__in=changes.present)
        .select_related("article_version__article__source")
        .defer("article_version__text", "article_version__blocks", "article_version__body_html")
        .annotate(flag=F("discrepancy_links__discrepancy"))
        .order_by("-article_version", "pk")
    )
    found: dict[int, list[Claim]] = defaultdict(list)
    for row in waiting:
        found[row.flag].append(row)  # type: ignore[attr-defined]
    return dict(found)


def _close(flag: Discrepancy, row: Claim, version: ArticleVersion, changes: Changes) -> None:
    follower = changes.followers.get(row.pk)
    old = row.article_version
    at = version.modified_at or version.created_at
    flag.settlement = {
        "claim": row.pk,
        "article": old.article_id,
        "source": old.article.source.name,
        "from": old.number,
        "version": version.pk,
        "number": version.number,
        "at": at.isoformat(),
        "before": resting.normal_forms(flag.kind, row),
        "after": resting.normal_forms(flag.kind, follower) if follower else None,
        "was": resting.in_short(flag.kind, row),
        "now": resting.in_short(flag.kind, follower) if follower else "",
    }
    flag.status_before = flag.status
    flag.status = Discrepancy.Status.SETTLED
    flag.row_version += 1
    told = ("claim", "article", "source", "from", "version", "number", "at", "was", "now")
    audit.record(
        "claims.discrepancy.settled",
        target=flag,
        actor=None,
        actor_name=audit.ENGINE,
        before={"status": str(flag.status_before)},
        after={
            "status": Discrepancy.Status.SETTLED.value,
            **{name: flag.settlement[name] for name in told},
        },
    )
