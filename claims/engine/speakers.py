"""Who stands behind a claim, and for which days its value holds.

A stock figure (a toll, a head-count) holds until the same speaker gives the next one,
`HOLDING_DAYS` at most. So different speakers' figures some days apart can meet, and one speaker's
later figure is an update. The rule is the design's; a desk can set its own number of days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from claims.engine import actors, outlets, people, short_names
from claims.engine.calendar_days import shifted
from claims.engine.readings import AsOf, Claim, Document, Link, Report

HOLDING_DAYS = 7
_UNNAMED = ("anonymous", "unknown")


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who a story's reports name: bodies and full names of people by last name, and the outlets.

    Outlets go by each form of their names, bodies with a short name by that (`short_names`). A name
    that two share is in none of them.
    """

    bodies: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)
    full_names: Mapping[str, str] = field(default_factory=dict)


def cast(documents: Iterable[Document], claims: Iterable[Claim] = ()) -> Cast:
    """The people, outlets and speaking bodies of a story, whichever of its reports names them."""
    read = list(documents)
    found: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for document in read:
        for last_name, full in people.registry(document).people.items():
            if body := actors.canonical(full):
                found[last_name].add(body)
            name = _without_role(full)
            if len(name.split()) > 1 and actors.fold(name.split()[-1]) == last_name:
                named[last_name].add(name)
    taken = {name.partition(" ")[0] for document in read for name in people.bodies(document)}
    return Cast(
        bodies={name: actors.display(min(all_)) for name, all_ in found.items() if len(all_) == 1},
        people={
            name: min(all_)
            for name, all_ in named.items()
            if len({actors.fold(one) for one in all_}) == 1 and name not in taken
        },
        outlets=outlets.known(document.report.source for document in read),
        full_names=short_names.full_names(
            {
                link.name
                for claim in claims
                for link in claim.reading.attribution
                if link.kind == "institution"
            },
            {name for document in read for _, name in people.registry(document).bodies},
        ),
    )


def affiliate(claims: Iterable[Claim], known: Cast) -> list[Claim]:
    """The claims with each speaker under one name, as the story's other reports tell it.

    One report introduces "Ukrainian President Volodymyr Zelensky", the next only "the president,
    Zelensky", a third "Zelensky": in one story they are one. Each has his body in brackets.
    """
    return [_affiliated(claim, known) for claim in claims]


def _affiliated(claim: Claim, known: Cast) -> Claim:
    links = tuple(_completed(link, known) for link in claim.reading.attribution)
    if links == claim.reading.attribution:
        return claim
    return replace(claim, reading=replace(claim.reading, attribution=links))


def _completed(link: Link, known: Cast) -> Link:
    bare = link.name.removeprefix("the ")
    # "the star" of a show is no Daily Star
    outlet = None if bare.islower() else known.outlets.get(bare.lower())
    if outlet is not None and link.kind in ("person", "institution", "agency"):
        return replace(link, name=outlet, kind="agency")
    if actors.canonical(link.name):
        return link
    if link.kind == "institution":
        link = replace(link, name=known.full_names.get(short_names.key(link.name), link.name))
    name = _without_role(link.name)
    full = None if " " in link.name else known.people.get(actors.fold(name))
    if full is not None and link.kind in ("person", "institution"):
        link, name = replace(link, name=full, kind="person"), full
    if link.kind != "person" or not name.split():
        return link
    body = known.bodies.get(actors.fold(name.split()[-1]))
    return replace(link, name=f"{name} ({body})") if body else link


def _source(claim: Claim) -> Link | None:
    """The innermost known link of a claim's chain; None where the outlet speaks for itself."""
    for link in reversed(claim.reading.attribution):
        if link.kind == "outlet":
            return None
        if link.kind not in _UNNAMED:
            return link
    return None


def source_name(claim: Claim, report: Report) -> str:
    """Who says it, as the report names them; the outlet where it speaks for itself."""
    link = _source(claim)
    name = link.name if link else report.source
    return name[:1].upper() + name[1:]


def _without_role(name: str) -> str:
    """ "John Kirby (spokesperson for the council)" without the bracket."""
    return name.partition(" (")[0]


def is_attributed(claim: Claim) -> bool:
    """Whether the report names someone else as the source of the claim."""
    return any(link.kind != "outlet" for link in claim.reading.attribution)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What rules need to know beside two claims: their reports and how long each value holds."""

    reports: Mapping[str, Report]
    holding_days: int = HOLDING_DAYS
    next_day: Mapping[str, date] = field(default_factory=dict)

    def speaker(self, claim: Claim) -> str:
        """The canonical name of who stands behind the claim, the outlet itself where no one does.

        A spokesperson, their office and its government are one speaker.
        """
        link = _source(claim)
        if link is None:
            return self.reports[claim.report].source.casefold()
        return actors.canonical(link.name) or _without_role(link.name).casefold()

    def speaker_name(self, claim: Claim) -> str:
        """The speaker for people: the known actor's name, else the name that the report gives."""
        link = _source(claim)
        if link is None:
            return self.reports[claim.report].source
        known = self.speaker(claim)
        name = _without_role(link.name)
        return actors.display(known) if known != name.casefold() else name[:1].upper() + name[1:]

    def as_of(self, claim: Claim) -> AsOf:
        """The days that the claim is about; its report's day of publication where it names none."""
        given = claim.reading.as_of
        if given is not None and (given.first is not None or given.last is not None):
            return given
        published = self.reports[claim.report].published
        return AsOf(first=published, last=published)

    def moment(self, claim: Claim) -> tuple[date, datetime] | None:
        """When the claim was told: the day it speaks for, then the minute its report came out.

        None for undated reports; a report without a minute counts with the start of its day.
        """
        day = self.day(claim)
        if day is None:
            return None
        start = datetime.combine(day, time.min, tzinfo=UTC)
        return day, self.reports[claim.report].published_at or start

    def day(self, claim: Claim) -> date | None:
        """The last day that the claim speaks for; None for undated reports."""
        as_of = self.as_of(claim)
        return as_of.last or as_of.first

    def holds(self, claim: Claim) -> AsOf:
        """The days for which the claim's value may be set against others."""
        free = self._holds_freely(claim)
        told = self.as_of(claim).last
        if told is None or free.last is None or claim.id not in self.next_day:
            return free
        until = max(told, min(free.last, shifted(self.next_day[claim.id], -1)))
        return AsOf(first=free.first, last=until)

    def _holds_freely(self, claim: Claim) -> AsOf:
        """The days for which the value would hold if nobody said anything else."""
        as_of = self.as_of(claim)
        if as_of.last is None:
            return as_of
        return AsOf(first=as_of.first, last=shifted(as_of.last, self.holding_days))

    def meet_freely(self, a: Claim, b: Claim) -> bool:
        """Whether both lie within the holding time, whoever has said something else since."""
        return overlap(self._holds_freely(a), self._holds_freely(b))

    def told_together(self, a: Claim, b: Claim) -> bool:
        """Whether both reports came out within the holding time of each other."""
        first, second = (self.reports[one.report].published for one in (a, b))
        if first is None or second is None:
            return False
        return abs((first - second).days) <= self.holding_days

    def meet(self, a: Claim, b: Claim) -> bool:
        """Whether the days for which both values hold have a day in common; undated ones do."""
        return overlap(self.holds(a), self.holds(b))


def overlap(a: AsOf, b: AsOf) -> bool:
    """Whether two stretches of days share a day; an open end has no limit.

    Two unknown ones may; an unknown one and a known one are not taken to, for 2009 is not today.
    """
    if (a.first is None and a.last is None) != (b.first is None and b.last is None):
        return False
    starts = [day for day in (a.first, b.first) if day is not None]
    ends = [day for day in (a.last, b.last) if day is not None]
    return not starts or not ends or max(starts) <= min(ends)


def context_of(
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    holding_days: int = HOLDING_DAYS,
) -> Context:
    """The context of one point: each claim's value ends where its speaker gives the next one."""
    bare = Context(reports=reports, holding_days=holding_days)
    series: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
    for claim in claims:
        day = bare.day(claim)
        if day is not None:
            series[bare.speaker(claim), _series_kind(claim)].append((day, claim.id))
    next_day = {
        claim_id: min(later)
        for entries in series.values()
        for day, claim_id in entries
        if (later := [other for other, _ in entries if other > day])
    }
    return replace(bare, next_day=next_day)


def _series_kind(claim: Claim) -> str:
    """Figures follow figures and answers follow answers; a figure never replaces an answer."""
    if claim.reading.quantities:
        return f"quantity {claim.reading.quantities[0].role}"
    return "response" if claim.reading.response else "statement"
