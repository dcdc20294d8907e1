"""The read model of the history: what happened in a story, act by act, newest first.

An act is one step of one person, or one run of the engine, with all its entries. The number of
queries does not depend on the number of acts: acts, entries, who acted, and what the apps'
describers ask for all entries of a page at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from reader import audit, trail
from reader.models import AuditEntry
from reader.trail import Part, Piece, Thing, Viewer

ACTS_A_PAGE = 50
PARTS_AN_ACT = 50  # shown in the list; the page of one act shows all
MACHINES: Mapping[str, str | Promise] = {
    audit.ENGINE: lazy("The engine"),
    audit.SYSTEM: lazy("The system"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the person wants to see; empty means all.

    `thing` is an object's type and id, `by` a person's id or the name of what acted without one,
    `kind` an object type, `act` one act with all its parts, `before` the place from which on,
    `since` the time from which on.
    """

    thing: tuple[str, int] | None = None
    by: str = ""
    kind: str = ""
    act: UUID | None = None
    before: int | None = None
    since: datetime | None = None

    def query(self) -> str:
        """The address's query for the next page of the same, without its place."""
        named = {
            "object": "{}:{}".format(*self.thing) if self.thing else "",
            "by": self.by,
            "kind": self.kind,
            "act": str(self.act or ""),
            "since": self.since.isoformat() if self.since else "",
        }
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry of an act: its words, and the address of all that happened to its thing."""

    part: Part
    object: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step: `main` gives it its sentence, the rest is folded. `unshown` were too many."""

    id: UUID
    place: int
    at: datetime
    who: str
    by_engine: bool
    sentence: Sequence[Piece]
    main: Line
    others: Sequence[Line]
    unshown: int

    @property
    def is_summed(self) -> bool:
        """Whether the sentence speaks of all parts, so that the first one stands among them."""
        return self.sentence != self.main.part.sentence

    @property
    def folded(self) -> Sequence[Line]:
        """The parts that stand below the sentence."""
        return [self.main, *self.others] if self.is_summed else self.others


@dataclass(frozen=True, kw_only=True)
class Day:
    """The acts of one day in the reader's zone."""

    date: date
    acts: Sequence[Act]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that the list can be narrowed to."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class History:
    """A page of a story's history."""

    days: Sequence[Day]
    thing: Thing | None
    people: Sequence[Choice]
    kinds: Sequence[Choice]
    older: str


def build_history(viewer: Viewer, asked: Asked) -> History | None:
    """The page of the history that was asked for; None for an object that the story never had."""
    thing = _thing(viewer, asked)
    entries = _wanted(viewer, asked)
    found = list(
        entries.values("act_id")
        .annotate(place=Max("pk"), parts=Count("pk"))
        .filter(**({"place__lt": asked.before} if asked.before else {}))
        .order_by("-place")[: ACTS_A_PAGE + 1]
    )
    if asked.thing and thing is None:
        if not found and not asked.before:
            return None
        thing = Thing(name="{} {}".format(*asked.thing), quoted=False)
    page = found[:ACTS_A_PAGE]
    more = (
        f"{asked.query()}&before={page[-1]['place']}".lstrip("&") if len(found) > len(page) else ""
    )
    return History(
        days=list(_by_day(viewer, _acts(viewer, asked, entries, page))),
        thing=thing,
        people=_people(viewer, asked),
        kinds=[
            Choice(value=name, label=str(word), chosen=name == asked.kind)
            for name, word in trail.kinds().items()
        ],
        older=more,
    )


def _thing(viewer: Viewer, asked: Asked) -> Thing | None:
    if asked.thing is None:
        return None
    describer = trail.describer_of(asked.thing[0])
    return describer.name(viewer, *asked.thing) if describer else None


def _wanted(viewer: Viewer, asked: Asked) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(story=viewer.story).order_by()
    if asked.thing:
        entries = entries.filter(object_type=asked.thing[0], object_id=asked.thing[1])
    if asked.kind:
        entries = entries.filter(object_type=asked.kind)
    if asked.since:
        entries = entries.filter(at__gt=asked.since)
    if asked.by.isascii() and asked.by.isdigit():
        entries = entries.filter(actor__pk=int(asked.by[:18]))
    elif asked.by:
        entries = entries.filter(actor=None, actor_name=asked.by)
    return entries.filter(act_id=asked.act) if asked.act else entries


def _acts(
    viewer: Viewer,
    asked: Asked,
    entries: QuerySet[AuditEntry],
    page: Sequence[Mapping[str, object]],
) -> list[Act]:
    shown = entries.filter(act_id__in=[row["act_id"] for row in page])
    if not asked.act:
        # the last entries of an act sum it up: a comparison is recorded after what it reopened
        nth = Window(RowNumber(), partition_by="act_id", order_by="-pk")
        shown = shown.annotate(nth=nth).filter(nth__lte=PARTS_AN_ACT)
    rows = list(shown.select_related("actor").order_by("pk"))
    parts = _described(viewer, rows)
    by_act: dict[object, list[AuditEntry]] = defaultdict(list)
    for entry in rows:
        by_act[entry.act_id].append(entry)
    return [_act(row, by_act[row["act_id"]], parts) for row in page if row["act_id"] in by_act]


def _described(viewer: Viewer, entries: Sequence[AuditEntry]) -> dict[int, Part]:
    """Each entry in the words of its action's app, else as it was written down."""
    by_app: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        by_app[entry.action.partition(".")[0]].append(entry)
    parts: dict[int, Part] = {}
    for app, own in by_app.items():
        describer = trail.describer_of(app)
        known = describer.describe(viewer, own) if describer else {}
        parts |= {entry.pk: known.get(entry.pk) or trail.plain_part(entry) for entry in own}
    return parts


def _act(
    row: Mapping[str, object], entries: Sequence[AuditEntry], parts: Mapping[int, Part]
) -> Act:
    main = max(entries, key=lambda entry: (_weight(entry), -entry.pk))
    number = int(str(row["parts"]))
    return Act(
        id=main.act_id,
        place=int(str(row["place"])),
        at=main.at,
        who=who(main),
        by_engine=main.actor is None,
        sentence=_summed(main, entries, number) or parts[main.pk].sentence,
        main=_line(main, parts),
        others=[_line(entry, parts) for entry in entries if entry is not main],
        unshown=number - len(entries),
    )


def _line(entry: AuditEntry, parts: Mapping[int, Part]) -> Line:
    return Line(
        part=parts[entry.pk],
        object=f"{entry.object_type}:{entry.object_id}",
        action=entry.action,
    )


def _weight(entry: AuditEntry) -> int:
    wording = trail.wording_of(entry.action)
    return wording.weight if wording else 0


def _summed(main: AuditEntry, entries: Sequence[AuditEntry], number: int) -> tuple[Piece, ...]:
    """One sentence for several entries of the same action; empty where there is none."""
    alike = Counter(entry.action for entry in entries)[main.action]
    wording = trail.wording_of(main.action)
    if alike < 2 or wording is None or not wording.many:
        return ()
    if alike == len(entries):
        alike = number  # those that were too many to show are of the same kind
    return trail.pieces(wording.many, number=str(alike))


def who(entry: AuditEntry) -> str:
    """Who acted: the person's name of today, or what acted without a person."""
    if entry.actor is not None:
        return entry.actor.get_full_name() or entry.actor.get_username()
    return str(MACHINES.get(entry.actor_name, entry.actor_name))


def _by_day(viewer: Viewer, acts: Sequence[Act]) -> Iterator[Day]:
    days: dict[date, list[Act]] = defaultdict(list)
    for act in acts:
        days[act.at.astimezone(viewer.zone).date()].append(act)
    for day, own in days.items():
        yield Day(date=day, acts=own)


def _people(viewer: Viewer, asked: Asked) -> list[Choice]:
    """Everybody who ever changed something in the story, and what acted without a person."""
    rows = AuditEntry.objects.filter(story=viewer.story).order_by()
    names = rows.values_list(
        "actor", "actor_name", "actor__username", "actor__first_name", "actor__last_name"
    )
    choices = {}
    for pk, said, username, first, last in names.distinct():
        value = said if pk is None else str(pk)
        label = MACHINES.get(said, said) if pk is None else f"{first} {last}".strip() or username
        choices[value] = Choice(value=value, label=str(label), chosen=value == asked.by)
    return sorted(choices.values(), key=lambda choice: choice.label.casefold())
