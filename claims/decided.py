"""What was decided about flags, as the pages tell it: one query for all flags asked about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims import words
from claims.models import Decision, Discrepancy
from reader.dates import moment
from reader.models import AuditEntry, User
from reader.ready_query import GivenIds, ReadyQuery, columns_of

_OF_DECISION, _OF_PERSON = columns_of(Decision), ("id", "username", "first_name", "last_name")
_DECISIONS = ReadyQuery(
    lambda: (
        Decision.objects.filter(discrepancy__in=GivenIds("flags"))
        .order_by("-pk")
        .values_list(*_OF_DECISION, *(f"person__{name}" for name in _OF_PERSON))
    )
)


class Flag(Protocol):
    """What is asked about: a stored discrepancy or its plain row."""

    @property
    def status(self) -> str:
        """Its status."""

    @property
    def values_key(self) -> str:
        """The values it rests on."""


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """One decision as a line of a list; `at` is for machines, `when` for people."""

    id: int
    action: str
    what: str
    who: str
    when: str
    at: str
    reason: str
    note: str
    undone: bool


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A flag's decisions, newest first. `undo` is the id of the one that can be taken back.

    `reopened` says why a flag that was decided on is open again.
    """

    lines: tuple[DecisionLine, ...] = ()
    undo: int | None = None
    reopened: str = ""

    @property
    def newest(self) -> int:
        """The id of the newest decision, 0 without any: what a page has seen."""
        return self.lines[0].id if self.lines else 0


def load_decided(flags: Mapping[int, Flag], zones: Mapping[int, ZoneInfo]) -> dict[int, Decided]:
    """The decisions about each of the flags, by the flags' ids, with times in each one's zone."""
    found: dict[int, list[Decision]] = defaultdict(list)
    for values in _DECISIONS.ask(flags=list(flags)):
        decision = Decision.from_db("default", _OF_DECISION, values[: len(_OF_DECISION)])
        decision.person = User.from_db("default", _OF_PERSON, values[len(_OF_DECISION) :])
        if decision.discrepancy_id is not None:
            found[decision.discrepancy_id].append(decision)
    return {pk: _decided(flag, found[pk], zones[pk]) for pk, flag in flags.items()}


def _decided(flag: Flag, decisions: Sequence[Decision], zone: ZoneInfo) -> Decided:
    undone = {decision.undoes_id for decision in decisions}
    standing = [one for one in decisions if one.pk not in undone and one.undoes_id is None]
    last = next((one for one in standing if one.action != "note"), None)
    reopened = flag.status == Discrepancy.Status.OPEN and last is not None
    newest = standing[0] if standing else None
    by_id = {decision.pk: decision for decision in decisions}
    return Decided(
        lines=tuple(
            _line(one, by_id.get(one.undoes_id or 0), zone, undone=one.pk in undone)
            for one in decisions
        ),
        undo=newest.pk if newest and not (reopened and newest == last) else None,
        reopened=_reopened(last, zone) if reopened and last else "",
    )


def _line(
    decision: Decision, undoes: Decision | None, zone: ZoneInfo, *, undone: bool
) -> DecisionLine:
    what = words.word(words.DECIDED, decision.action)
    if undoes is not None:
        taken_back = words.inside(words.word(words.DECIDED, undoes.action))
        what = _("%(undone)s: %(what)s") % {"undone": what, "what": taken_back}
    return DecisionLine(
        id=decision.pk,
        action=decision.action,
        what=what,
        who=name_of(decision.person),
        when=_when(decision, zone),
        at=decision.at.isoformat(),
        reason=reason_of(decision.reason_code),
        note=decision.note,
        undone=undone,
    )


def _reopened(decision: Decision, zone: ZoneInfo) -> str:
    """Why a flag is open again; the engine alone opens one on which a decision still stands."""
    told = {
        "who": name_of(decision.person),
        "when": _when(decision, zone),
        "why": ": ".join(filter(None, [reason_of(decision.reason_code), decision.note])),
    }
    if decision.action == "confirm":
        return _("Reopened: the values changed since %(who)s confirmed it on %(when)s.") % told
    return _("Reopened: the values changed since %(who)s dismissed it on %(when)s: %(why)s.") % told


def newest_of(act: UUID, story_id: int) -> int:
    """The id of the newest decision of the act, which made at least one on the story."""
    entries = AuditEntry.objects.filter(story=story_id, act_id=act, after__decision__isnull=False)
    return int(entries.latest("pk").after["decision"])


def reason_of(code: str) -> str:
    """The words of a dismissal's reason; empty where none was given."""
    return words.word(words.DISMISSAL_REASONS, code) if code else ""


def name_of(person: User) -> str:
    """How the pages call a person."""
    return person.get_full_name() or person.get_username()


def _when(decision: Decision, zone: ZoneInfo) -> str:
    return moment(decision.at.astimezone(zone))
