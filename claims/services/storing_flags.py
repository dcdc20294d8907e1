"""The engine's discrepancies into rows on which decisions stay.

A decision holds for the values it was made on: a flag found again with the same values keeps its
status, one whose values changed is open again, one no longer found is superseded, or settled where
a newer text changed what it rested on. Where the values come back, so does the decision that was
made on them.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.engine import readings
from claims.models import Claim, Decision, Discrepancy, DiscrepancyClaim, Point
from claims.services.resting import normal_forms
from claims.services.settling import Changes, settle
from claims.services.tally import Tally
from reader import audit
from reader.models import Story

SAID = ["kind", "within_article", "severity", "confidence", "judge", "rule", "explanation"]
SAID += ["evidence", "suggestion", "natural_key", "values_key"]
FIELDS = [*SAID, "status", "status_before", "settlement", "row_version"]
GONE = (Discrepancy.Status.SUPERSEDED, Discrepancy.Status.SETTLED)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A discrepancy of the engine with its rows and keys."""

    point: Point
    claims: frozenset[int]
    said: Mapping[str, object]

    @property
    def likeness(self) -> tuple[object, ...]:
        """What a flag stays the same by when reports join it or leave it."""
        return (self.point.pk, *(self.said[name] for name in ("kind", "rule", "within_article")))


def store_flags(
    story: Story,
    found: Iterable[readings.Discrepancy],
    points: Mapping[str, Point],
    rows: Mapping[str, Claim],
    busy: Collection[int],
    changes: Changes,
    tally: Tally,
) -> None:
    """Write the discrepancies and their claims, and close those no longer found.

    One whose claims a person has put apart is left out: it is no difference inside a point. Those
    of `busy` points, by id, stay as they are: a value they rest on may have changed meanwhile.
    """
    ids = {name: row.pk for name, row in rows.items()}
    wanted: dict[str, _Found] = {}
    for flag in found:
        if flag.in_doubt:
            continue  # of two points: it is stored with its pair
        new = _known_by(flag, points, rows, ids)
        if new is not None and new.point.pk not in busy:
            wanted.setdefault(str(new.said["natural_key"]), new)
    old = list(Discrepancy.objects.filter(story=story).exclude(point__in=busy).order_by("pk"))
    matched = _match(old, wanted)
    links = _links_by_discrepancy(story)
    decided = _decided(row.pk for row in matched.values())
    fresh, changed = [], []
    for key, new in wanted.items():
        row = matched.get(key)
        if row is None:
            matched[key] = row = Discrepancy(story=story, point=new.point, **new.said)
            fresh.append(row)
        elif _renew(row, new, decided.get(row.pk), tally):
            changed.append(row)
    kept = {row.pk for row in matched.values()}
    lost = [row for row in old if row.pk not in kept and row.status not in GONE]
    settled = settle(lost, changes)
    superseded = _supersede(lost)
    Discrepancy.objects.bulk_create(fresh)
    Discrepancy.objects.bulk_update([*changed, *settled, *superseded], FIELDS)
    _tell(tally, "added", fresh)
    _tell(tally, "renewed", changed)
    _tell(tally, "settled", settled)
    _tell(tally, "superseded", superseded)
    _mend_links(story, {matched[key].pk: new for key, new in wanted.items()}, links)


def _tell(tally: Tally, what: str, rows: Sequence[Discrepancy]) -> None:
    """Note what happened, to suggestions apart: quiet pages say nothing of them."""
    for name, apart in (("discrepancies", False), ("suggestions", True)):
        tally.touched(f"{name} {what}", *[row.pk for row in rows if row.is_suggestion == apart])


def _supersede(lost: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Mark what the engine no longer finds and nothing settled; it remembers its status."""
    superseded = [row for row in lost if row.status not in GONE]
    for row in superseded:
        row.status, row.status_before = Discrepancy.Status.SUPERSEDED, row.status
        row.row_version += 1
    return superseded


def _known_by(
    flag: readings.Discrepancy,
    points: Mapping[str, Point],
    rows: Mapping[str, Claim],
    ids: Mapping[str, int],
) -> _Found | None:
    point = points.get(flag.point)
    claims = [rows[name] for name in flag.claims]
    if point is None or any(_is_apart(row, point) for row in claims):
        return None
    members = sorted(row.pk for row in claims)
    said = {
        "kind": flag.kind,
        "within_article": flag.within_article,
        "severity": flag.severity,
        "confidence": flag.confidence,
        "judge": flag.judge,
        "rule": flag.rule,
        "explanation": flag.explanation,
        "evidence": with_row_ids(flag.evidence, ids),
        "suggestion": flag.suggestion,
        "natural_key": natural_key(point.pk, flag.kind, flag.rule, members),
        "values_key": _digest([flag.kind, flag.rule, _values(flag.kind, claims)]),
    }
    return _Found(point=point, claims=frozenset(members), said=said)


def natural_key(point_id: int, kind: str, rule: str, claims: Iterable[int]) -> str:
    """What a discrepancy is known by: its point, kind, rule and the ids of its claims."""
    return _digest([point_id, kind, rule, sorted(claims)])


def _is_apart(row: Claim, point: Point) -> bool:
    return row.point_id != point.pk or row.status == Claim.Status.REJECTED


def _values(kind: str, claims: Iterable[Claim]) -> list[str]:
    """The different normal forms that a difference rests on; who repeats one changes nothing."""
    forms = (normal_forms(kind, row) for row in claims)
    return sorted({json.dumps(form, sort_keys=True) for form in forms})


def with_row_ids(value: object, ids: Mapping[str, int]) -> object:
    """Evidence with the ids of rows where the engine has its own."""
    if isinstance(value, Mapping):
        return {key: with_row_ids(item, ids) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [with_row_ids(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _match(old: Sequence[Discrepancy], wanted: Mapping[str, _Found]) -> dict[str, Discrepancy]:
    """The row of each flag: by its natural key, else the only one left of its likeness.

    The second way keeps a flag, and what was decided on it, when a report or a claim joins or
    leaves: first the one that rests on the same values. One that was superseded comes back where no
    other is left, for the reason of its old decision must not get lost.
    """
    by_key = {row.natural_key: row for row in old}
    matched = {key: by_key[key] for key in wanted if key in by_key}
    for by_values in (True, False):
        taken = {row.pk for row in matched.values()}
        rows: dict[object, list[Discrepancy]] = defaultdict(list)
        for row in old:
            if row.pk not in taken:
                rows[(*_likeness(row), row.values_key if by_values else "")].append(row)
        new: dict[object, list[str]] = defaultdict(list)
        for key, found in wanted.items():
            if key not in matched:
                new[(*found.likeness, found.said["values_key"] if by_values else "")].append(key)
        for look, keys in new.items():
            one = _only_one(rows[look])
            if one is not None and len(keys) == 1:
                matched[keys[0]] = one
    return matched


def _only_one(alike: Sequence[Discrepancy]) -> Discrepancy | None:
    """The one that still stands, else the last one closed; None where several stand."""
    standing = [row for row in alike if row.status not in GONE]
    found = standing or alike[-1:]
    return found[0] if len(found) == 1 else None


def _likeness(row: Discrepancy) -> tuple[object, ...]:
    return (row.point_id, row.kind, row.rule, row.within_article)


def _decided(flags: Iterable[int]) -> dict[int, Decision]:
    """The newest decision about each of the flags that still stands, notes left out."""
    standing = Decision.objects.filter(
        discrepancy__in=list(flags), action__in=["confirm", "dismiss"], undone_by__isnull=True
    )
    return {row.discrepancy_id: row for row in standing.order_by("pk") if row.discrepancy_id}


def _renew(row: Discrepancy, new: _Found, decided: Decision | None, tally: Tally) -> bool:
    """Take over what the engine says now. Whether that changed the row.

    `decided` is the newest decision about it that nobody took back.
    """
    back = row.status in GONE
    if not back and all(getattr(row, name) == new.said[name] for name in SAID):
        return False
    status = row.status_before if back else row.status
    if row.values_key != (values_key := str(new.said["values_key"])):
        status = status or Discrepancy.Status.OPEN
        known = decided and decided.values.get("after", {}).get("values_key") == values_key
        holds = decided.new_status if decided and known else Discrepancy.Status.OPEN.value
        if status != holds:
            _record_status(row, status, holds, values_key)
            reopened = holds == Discrepancy.Status.OPEN
            tally.touched(f"discrepancies {'reopened' if reopened else 'restored'}", row.pk)
            status = holds
    row.status, row.status_before = status or Discrepancy.Status.OPEN, ""
    row.settlement = {}
    for name in SAID:
        setattr(row, name, new.said[name])
    row.row_version += 1
    return True


def _record_status(row: Discrepancy, status: str, holds: str, values_key: str) -> None:
    """Record that other values opened a flag again, or that old ones brought its status back."""
    reopened = holds == Discrepancy.Status.OPEN
    audit.record(
        "claims.discrepancy.reopened" if reopened else "claims.discrepancy.restored",
        target=row,
        actor=None,
        actor_name=audit.ENGINE,
        before={"status": status, "values_key": row.values_key},
        after={"status": holds, "values_key": values_key},
    )


def _links_by_discrepancy(story: Story) -> dict[int, list[DiscrepancyClaim]]:
    links: dict[int, list[DiscrepancyClaim]] = defaultdict(list)
    found = DiscrepancyClaim.objects.filter(story=story).select_related("claim")
    for link in found.only("discrepancy", "claim__point", "point"):
        links[link.discrepancy_id].append(link)
    return links


def _mend_links(
    story: Story, wanted: Mapping[int, _Found], links: Mapping[int, Sequence[DiscrepancyClaim]]
) -> None:
    """Link the flags to their claims; one no longer found loses only claims that moved away."""
    useless = []
    for pk, old in links.items():
        for link in old:
            stays = link.claim_id in wanted[pk].claims if pk in wanted else _holds(link)
            if not stays:
                useless.append(link.pk)
    DiscrepancyClaim.objects.filter(pk__in=useless).delete()
    have = {(link.discrepancy_id, link.claim_id) for old in links.values() for link in old}
    DiscrepancyClaim.objects.bulk_create(
        DiscrepancyClaim(story=story, discrepancy_id=pk, claim_id=claim, point=new.point)
        for pk, new in wanted.items()
        for claim in sorted(new.claims)
        if (pk, claim) not in have
    )


def _holds(link: DiscrepancyClaim) -> bool:
    return link.claim.point_id == link.point_id
