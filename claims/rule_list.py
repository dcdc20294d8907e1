"""The read model of the list of rules: what each flagged on which desks, and what became of it.

Four queries, whatever the number of flags and desks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import words
from claims.engine.rules import CARDS
from claims.models import Decision, Discrepancy, RuleSwitch
from reader.dates import date_format
from reader.models import Desk

TOO_FEW = 5  # decisions below which a share says nothing
Status = Discrepancy.Status
SHOWN = (Status.OPEN, Status.CONFIRMED, Status.DISMISSED, Status.SETTLED, Status.SUPERSEDED)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of a rule's flags, or of its suggestions.

    `upheld` of `decided` were confirmed; both count what was decided on and is no longer found.
    """

    number: int
    open: int
    parts: Sequence[str]
    reasons: Sequence[str]
    upheld: int
    decided: int

    @property
    def share(self) -> str:
        """How often editors upheld it, in words."""
        if self.decided < TOO_FEW:
            return _("Too few to say (%(n)s decided)") % {"n": self.decided}
        share = round(100 * self.upheld / self.decided)
        return _("%(upheld)s of %(decided)s decided (%(share)s%%)") % {
            "upheld": self.upheld,
            "decided": self.decided,
            "share": share,
        }


@dataclass(frozen=True, kw_only=True)
class Switched:
    """A desk with the state of a rule on it, and why it was switched last."""

    desk: int
    name: str
    on: bool
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """One rule of the list."""

    name: str
    kind: str
    sentence: str
    example: str
    flags: Tally
    suggestions: Tally
    desks: Sequence[Switched]

    @property
    def off(self) -> Sequence[Switched]:
        """The desks on which it is switched off."""
        return [desk for desk in self.desks if not desk.on]

    @property
    def is_off(self) -> bool:
        """Whether it is off on all desks of the list: what is open is about to go."""
        return bool(self.off) and len(self.off) == len(self.desks)


def build_rules(desks: Sequence[Desk]) -> list[RuleRow]:
    """Every rule with what it did on these desks, in the order in which rules are asked."""
    counts = _counts(desks)
    reasons = _reasons(desks)
    switches = {
        (switch.rule, switch.desk_id): switch
        for switch in RuleSwitch.objects.filter(desk__in=desks)
    }
    return [
        RuleRow(
            name=name,
            kind=words.word(words.KINDS, card.kind),
            sentence=card.sentence,
            example=card.example,
            flags=_tally(counts[name, False], reasons[name, False]),
            suggestions=_tally(counts[name, True], reasons[name, True]),
            desks=[switched(desk, switches.get((name, desk.pk))) for desk in desks],
        )
        for name, card in CARDS.items()
    ]


def switched(desk: Desk, switch: RuleSwitch | None) -> Switched:
    """The state of a rule on a desk; one that nobody has switched is on."""
    if switch is None:
        return Switched(desk=desk.pk, name=desk.name, on=True)
    return Switched(
        desk=desk.pk,
        name=desk.name,
        on=switch.on,
        reason=switch.reason,
        at=_day(switch.switched_at),
    )


def _day(moment: datetime) -> str:
    return date_format(moment, "j F Y")


Counts = Mapping[tuple[str, bool], Counter[tuple[str, str]]]


class _Missing(dict[tuple[str, bool], Counter[tuple[str, str]]]):
    """Counts by rule and whether it is a suggestion; none where nothing was flagged."""

    def __missing__(self, key: tuple[str, bool]) -> Counter[tuple[str, str]]:
        return self.setdefault(key, Counter())


def _counts(desks: Sequence[Desk]) -> Counts:
    """How many, by status and the status that a superseded one held."""
    found = _Missing()
    rows = Discrepancy.objects.filter(story__desk__in=desks).order_by()
    grouped = rows.values_list("rule", "suggestion", "status", "status_before")
    for rule, suggestion, status, before, number in grouped.annotate(number=Count("pk")):
        found[rule, suggestion][status, before] += number
    return found


def _reasons(desks: Sequence[Desk]) -> Counts:
    """Why those that are dismissed were: the newest standing reason of each."""
    found = _Missing()
    dismissed = Q(discrepancy__status=Status.DISMISSED) | Q(
        discrepancy__status=Status.SUPERSEDED, discrepancy__status_before=Status.DISMISSED
    )
    newest = (
        Decision.objects.filter(
            dismissed,
            discrepancy__story__desk__in=desks,
            action="dismiss",
            undone_by__isnull=True,
        )
        .order_by("discrepancy_id", "-pk")
        .distinct("discrepancy_id")
    )
    for rule, suggestion, code in newest.values_list(
        "discrepancy__rule", "discrepancy__suggestion", "reason_code"
    ):
        found[rule, suggestion][code, ""] += 1
    return found


def _tally(counts: Counter[tuple[str, str]], reasons: Counter[tuple[str, str]]) -> Tally:
    by_status: Counter[str] = Counter()
    ever: Counter[str] = Counter()
    for (status, before), number in counts.items():
        by_status[status] += number
        ever[before if status == Status.SUPERSEDED else status] += number
    return Tally(
        number=by_status.total(),
        open=by_status[Status.OPEN],
        parts=[_part(status, by_status[status]) for status in SHOWN if by_status[status]],
        reasons=[
            f"{words.word(words.DISMISSAL_REASONS, code) or _('No reason')}: {number}"
            for (code, _before), number in sorted(reasons.items(), key=lambda item: -item[1])
        ],
        upheld=ever[Status.CONFIRMED],
        decided=ever[Status.CONFIRMED] + ever[Status.DISMISSED],
    )


def _part(status: str, number: int) -> str:
    said = {
        Status.OPEN: ngettext("%(n)s open", "%(n)s open", number),
        Status.CONFIRMED: ngettext("%(n)s confirmed", "%(n)s confirmed", number),
        Status.DISMISSED: ngettext("%(n)s dismissed", "%(n)s dismissed", number),
        Status.SETTLED: ngettext("%(n)s settled", "%(n)s settled", number),
        Status.SUPERSEDED: ngettext("%(n)s no longer found", "%(n)s no longer found", number),
    }
    return said[Status(status)] % {"n": number}
