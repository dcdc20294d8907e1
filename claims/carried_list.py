"""What became of a report's claims on the way from one of its versions to a later one."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Claim
from claims.waiting import waiting
from reader.models import ArticleVersion, AuditEntry

_HEADS: Mapping[str, str | Promise] = {
    "orphan": _("Not found in the new text"),
    "changed": _("Changed"),
    "moved": _("Moved"),
}
_SHOWN = 50  # claims of a kind; the tray has all that wait
_QUOTE = 160


@dataclass(frozen=True, kw_only=True)
class CarriedClaim:
    """One claim by its words, as it stands now."""

    id: int
    quote: str
    waits: bool


@dataclass(frozen=True, kw_only=True)
class CarriedGroup:
    """The claims of which the same became; `unshown` are too many for the list."""

    head: str
    claims: Sequence[CarriedClaim]
    unshown: int


@dataclass(frozen=True, kw_only=True)
class CarriedList:
    """What became of the claims; `exact` stayed as they were, None over several versions."""

    exact: int | None
    groups: Sequence[CarriedGroup]

    @property
    def waits(self) -> bool:
        """Whether any of them still waits for a person."""
        return any(claim.waits for group in self.groups for claim in group.claims)


def list_carried(before: ArticleVersion, after: ArticleVersion) -> CarriedList | None:
    """The claims that a step moved, changed or lost, as the audit trail has it.

    Over several versions the last step that names a claim counts. None where no claims were
    carried, or the versions go backwards. The engine's own wait for nobody. Four queries.
    """
    entries = _entries(before, after)
    if not entries:
        return None
    state: dict[int, str] = {}
    for entry in entries:
        for name in _HEADS:
            state |= dict.fromkeys(entry.after.get(name, ()), name)
    known = {claim.pk: claim for claim in Claim.objects.filter(pk__in=state).exclude(exact="")}
    waits = set(waiting().filter(pk__in=known).values_list("pk", flat=True))
    groups = []
    for name, head in _HEADS.items():
        rows = [known[pk] for pk in sorted(state) if state[pk] == name and pk in known]
        if rows:
            shown = [_claim(row, waits) for row in rows[:_SHOWN]]
            groups.append(
                CarriedGroup(head=str(head), claims=shown, unshown=len(rows) - len(shown))
            )
    exact = entries[0].after.get("exact") if len(entries) == 1 else None
    return CarriedList(exact=exact, groups=groups)


def _entries(before: ArticleVersion, after: ArticleVersion) -> list[AuditEntry]:
    """The entries of the steps between the two, oldest first."""
    if before.number >= after.number:
        return []
    steps = ArticleVersion.objects.filter(
        article=after.article_id, number__gt=before.number, number__lte=after.number
    )
    entries = AuditEntry.objects.filter(
        object_type="reader.article",
        object_id=after.article_id,
        action="claims.article.carried",
        after__version__in=list(steps.values_list("pk", flat=True)),
    )
    return list(entries.order_by("pk"))


def _claim(row: Claim, waits: Container[int]) -> CarriedClaim:
    return CarriedClaim(
        id=row.pk,
        quote=shorten(row.exact, _QUOTE, placeholder=" …"),
        waits=row.pk in waits,
    )
