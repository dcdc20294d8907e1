"""The engine's claims into rows: each found again where it was before, the rest new.

A claim is the same if version, span and kind of reading are; its reading may change under it.
"""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from claims import stored_reading
from claims.engine import readings
from claims.models import Claim, Counterpart, Decision, DiscrepancyClaim, MadeBy
from claims.services.following import Place, followed
from claims.services.tally import Tally
from reader.models import ArticleVersion, Story

CONTEXT = 32  # code points of prefix and suffix, enough to know the place again
MIRRORS = ["unit", "whose", "amount", "as_of", "certainty", "response_act"]
RENEWED = ["reading", "slot", "status", "status_before", "row_version", *MIRRORS]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A claim of the engine with what its row is known by."""

    claim: readings.Claim
    version: ArticleVersion
    kind: str
    slot: int
    reading: stored_reading.Json

    @property
    def place(self) -> tuple[object, ...]:
        return (self.version.pk, self.claim.start, self.claim.end, self.kind)

    def as_place(self) -> Place:
        """Where it stands and what it says, for finding whose place it took."""
        return Place(
            article=self.version.article_id,
            kind=self.kind,
            start=self.claim.start,
            end=self.claim.end,
            exact=self.claim.exact,
        )

    def keys(self) -> tuple[object, ...]:
        """From the closest likeness to the loosest that still means the same claim."""
        return ((*self.place, self.slot, _canonical(self.reading)), (*self.place, self.slot))


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The rows of the compared claims by their ids, and the rows that the engine no longer finds.

    A row that the engine did not find has the id of `as_added`; rejected ones are among them.
    `followed` has the engine's rows of older texts whose place new claims took, by the new ones'
    ids, `followed_marks` those that a person marked, and `present` the versions that were compared.
    """

    rows: Mapping[str, Claim]
    gone: Sequence[Claim]
    followed: Mapping[str, Claim]
    followed_marks: Mapping[str, Claim]
    present: Collection[int]

    @property
    def followers(self) -> dict[int, Claim]:
        """The new claims by the ids of the rows whose place they took."""
        pairs = [*self.followed.items(), *self.followed_marks.items()]
        return {row.pk: self.rows[name] for name, row in pairs}


def store_claims(
    story: Story,
    versions: Mapping[str, ArticleVersion],
    found: Iterable[readings.Claim],
    added: Collection[str],
    tally: Tally,
) -> Stored:
    """Write new claims and changed readings; `versions` are the compared ones by report id.

    `added` names the claims that were compared without being found. Points are not touched here,
    and what is gone is only told: `drop_claims` ends it once no discrepancy needs it.
    """
    old = list(
        Claim.objects.filter(story=story)
        .annotate(article=F("article_version__article"))
        .order_by("pk")
    )
    wanted = [_known_by(claim, versions[claim.report]) for claim in found]
    known = _match(old, wanted)
    rows = _write(story, wanted, known, tally)
    kept = {row.pk for row in rows.values()}
    others = [row for row in old if row.pk not in kept]
    marked = {
        as_added(row): row
        for row in others
        if as_added(row) in added or row.status == Claim.Status.REJECTED
    }
    places = {new.claim.id: new.as_place() for new in wanted if new.claim.id not in known}
    return Stored(
        rows={**rows, **marked},
        gone=[row for row in others if _may_go(row)],
        followed=followed(places, [row for row in others if row.made_by == MadeBy.ENGINE]),
        followed_marks=followed(places, [row for row in others if row.made_by == MadeBy.PERSON]),
        present={version.pk for version in versions.values()},
    )


def _write(
    story: Story, wanted: Iterable[_Found], known: Mapping[str, Claim], tally: Tally
) -> dict[str, Claim]:
    """The row of every claim that was found, new ones and changed readings written."""
    rows: dict[str, Claim] = {}
    fresh, renewed = [], []
    for new in wanted:
        row = known.get(new.claim.id)
        if row is None:
            row = _new_row(story, new)
            fresh.append(row)
        elif _renew(row, new):
            renewed.append(row)
        rows[new.claim.id] = row
    Claim.objects.bulk_create(fresh, batch_size=1000)
    Claim.objects.bulk_update(renewed, RENEWED, batch_size=500)
    tally.claims("added", len(fresh))
    tally.claims("renewed", len(renewed))
    return rows


def as_added(row: Claim) -> str:
    """The id under which the engine is given a claim that it did not find itself."""
    return f"row {row.pk}"


def matched(
    rows: Iterable[Claim],
    found: Iterable[readings.Claim],
    versions: Mapping[str, ArticleVersion],
) -> dict[str, Claim]:
    """The row of each claim that the engine found before, by the engine's id."""
    return _match(list(rows), [_known_by(claim, versions[claim.report]) for claim in found])


def standing(row: Claim) -> str:
    """What people made of the claim; a withdrawn one that is found again has its old status."""
    if row.status == Claim.Status.WITHDRAWN:
        return row.status_before or Claim.Status.SUGGESTED
    return row.status


def _known_by(claim: readings.Claim, version: ArticleVersion) -> _Found:
    kind, slot = stored_reading.kind_and_slot(claim.reading)
    reading = stored_reading.to_json(claim.reading)
    return _Found(claim=claim, version=version, kind=kind, slot=slot, reading=reading)


def _canonical(reading: Mapping[str, object]) -> str:
    return json.dumps(reading, sort_keys=True)


def _match(old: Sequence[Claim], wanted: Sequence[_Found]) -> dict[str, Claim]:
    """The row of each found claim, by the engine's id: same value first, then same place."""
    passes: list[tuple[Callable[[Claim], object], Callable[[_Found], object]]] = [
        (lambda row: (*_place(row), row.slot, _canonical(row.reading)), lambda new: new.keys()[0]),
        (lambda row: (*_place(row), row.slot), lambda new: new.keys()[1]),
        (_place, lambda new: new.place),
    ]
    engines = sorted(
        (row for row in old if row.made_by == MadeBy.ENGINE), key=lambda row: (row.slot, row.pk)
    )
    known: dict[str, Claim] = {}
    taken: set[int] = set()
    for row_key, new_key in passes:
        free: dict[object, deque[Claim]] = defaultdict(deque)
        for row in engines:
            if row.pk not in taken:
                free[row_key(row)].append(row)
        for new in wanted:
            if new.claim.id not in known and free[new_key(new)]:
                row = free[new_key(new)].popleft()
                known[new.claim.id] = row
                taken.add(row.pk)
    return known


def _place(row: Claim) -> tuple[object, ...]:
    return (row.article_version_id, *row.found_span, row.reading_kind)


def _new_row(story: Story, new: _Found) -> Claim:
    text, start, end = new.version.text, new.claim.start, new.claim.end
    return Claim(
        story=story,
        article_version=new.version,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        reading=new.reading,
        reading_kind=new.kind,
        slot=new.slot,
        **stored_reading.mirror_columns(new.reading),
    )


def _renew(row: Claim, new: _Found) -> bool:
    """Take over the engine's present reading. Whether that changed the row."""
    back = row.status == Claim.Status.WITHDRAWN
    if not back and (row.reading, row.slot) == (new.reading, new.slot):
        return False
    if back:
        row.status, row.status_before = standing(row), ""
    row.reading, row.slot = new.reading, new.slot
    for name, value in stored_reading.mirror_columns(row.effective).items():
        setattr(row, name, value)
    row.row_version += 1
    return True


def set_by_person(row: Claim) -> bool:
    """Whether a person has marked, accepted, corrected, moved or placed the claim."""
    return bool(
        row.made_by == MadeBy.PERSON
        or row.status == Claim.Status.ACCEPTED
        or row.overrides
        or row.found_start is not None
        or row.point_by == MadeBy.PERSON
    )


def _may_go(row: Claim) -> bool:
    """Whether the engine may take the claim back: no person has set anything of it."""
    return row.status == Claim.Status.SUGGESTED and not set_by_person(row)


def drop_claims(gone: Sequence[Claim], present: Collection[int], tally: Tally) -> None:
    """Withdraw the claims that something refers to and delete the others.

    One whose words a newer text changed is withdrawn in any case: it says what the report said, and
    an even newer text may have its words again. `present` are the versions that were compared. A
    withdrawn claim keeps its point, so that what refers to both still holds together.
    """
    ids = [row.pk for row in gone]
    links = DiscrepancyClaim.objects.filter(claim__in=ids).values_list("claim", flat=True)
    decisions = Decision.objects.filter(claim__in=ids).values_list("claim", flat=True)
    pairs = Counterpart.objects.filter(Q(claim__in=ids) | Q(other__in=ids))
    older = [row.pk for row in gone if row.article_version_id not in present]
    needed = {*links, *decisions, *sum(pairs.values_list("claim", "other"), ()), *older}
    withdrawn = [row for row in gone if row.pk in needed]
    for row in withdrawn:
        row.status, row.status_before = Claim.Status.WITHDRAWN, row.status
        row.row_version += 1
    Claim.objects.bulk_update(withdrawn, ["status", "status_before", "row_version"])
    useless = [row.pk for row in gone if row.pk not in needed]
    Claim.objects.filter(pk__in=useless).delete()
    tally.claims("withdrawn", len(withdrawn))
    tally.claims("deleted", len(useless))
