"""Claims go along to a report's new text, in the transaction that stores it.

Each is placed from the text it stands on: one whose words stand in the new text moves there with
all that people set and decided; the others stay where they are, as changed or orphaned, until a
person says or an even newer text has their words again. None is lost, and that is asserted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.engine.anchoring import Placement, carry
from claims.models import Claim
from claims.services.claim_facts import quote
from claims.services.storing_claims import set_by_person, standing
from reader import audit
from reader.models import ArticleVersion

Span = tuple[int, int]
Json = dict[str, Any]

MOVED = [
    "article_version",
    "start",
    "end",
    "exact",
    "prefix",
    "suffix",
    "found_start",
    "found_end",
    "anchor_state",
    "proposed_start",
    "proposed_end",
    "reading",
    "overrides",
    "slot",
    "status",
    "status_before",
    "row_version",
]
WAITING = ["anchor_state", "proposed_start", "proposed_end", "row_version"]
SURE = (Claim.AnchorState.EXACT, Claim.AnchorState.MOVED)


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What became of the claims of a report's older texts; ids, in each list in their order."""

    exact: Sequence[int]
    moved: Sequence[int]
    changed: Sequence[int]
    orphan: Sequence[int]

    @property
    def placed(self) -> int:
        """How many stand on the new text."""
        return len(self.exact) + len(self.moved)

    @property
    def total(self) -> int:
        """How many there were."""
        return self.placed + len(self.changed) + len(self.orphan)


def carry_claims(version_id: int) -> Carried:
    """Carry the claims of the report's older texts to this one; belongs into its transaction.

    Nothing but claims is written, with one audit entry. The rows that move keep their ids, so that
    points, flags and decisions hold. Reads each older text that still has claims once.
    """
    version = ArticleVersion.objects.select_related("article").get(pk=version_id)
    older = Claim.objects.filter(
        article_version__article=version.article_id, article_version__number__lt=version.number
    )
    rows = list(older.exclude(exact="").order_by("pk"))
    by_text: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        by_text[row.article_version_id].append(row)
    texts = dict(ArticleVersion.objects.filter(pk__in=by_text).values_list("pk", "text"))
    states: dict[str, list[int]] = defaultdict(list)
    moved, waiting = [], []
    for text_id in sorted(by_text):
        placed = _place(by_text[text_id], texts[text_id], version)
        for row, placement in placed:
            states[placement.state].append(row.pk)
            if placement.state in SURE:
                moved.append(row)
            elif _wait(row, placement):
                waiting.append(row)
    Claim.objects.bulk_update(moved, MOVED, batch_size=500)
    Claim.objects.bulk_update(waiting, WAITING, batch_size=500)
    carried = Carried(
        exact=states["exact"],
        moved=states["moved"],
        changed=states["changed"],
        orphan=states["orphan"],
    )
    _check(carried, rows, version)
    if rows:
        _record(version, carried)
    return carried


def _place(
    rows: Sequence[Claim], text: str, version: ArticleVersion
) -> list[tuple[Claim, Placement]]:
    """Where each claim of one text stands in the new one; those that are sure stand there now."""
    spans = {span for row in rows for span in _spans_of(row)}
    ordered = sorted(spans)
    found = dict(zip(ordered, carry(text, version.text, ordered), strict=True))
    placed = []
    for row in rows:
        placement = found[row.start, row.end]
        if placement.state in SURE:
            _move(row, placement, version, found)
        placed.append((row, placement))
    return placed


def _spans_of(row: Claim) -> set[Span]:
    """The claim's place, the one where the engine found it, and those in its reading."""
    parts = [*_parts(row.reading), *_parts(row.overrides)]
    return {
        (row.start, row.end),
        row.found_span,
        *((part["start"], part["end"]) for part in parts if part["start"] < part["end"]),
    }


def _parts(value: object) -> list[Json]:
    """The parts of a reading that have a place in the text."""
    if isinstance(value, Mapping):
        own = [dict(value)] if {"start", "end"} <= set(value) else []
        return [*own, *(part for item in value.values() for part in _parts(item))]
    if isinstance(value, list):
        return [part for item in value for part in _parts(item)]
    return []


def _move(
    row: Claim, placement: Placement, version: ArticleVersion, found: Mapping[Span, Placement]
) -> None:
    """Put the claim onto the new text, and all places that its reading names with it."""
    assert placement.start is not None  # it is sure
    assert placement.end is not None
    to = _Shift(
        old=(row.start, row.end),
        new=(placement.start, placement.end),
        same=version.text[placement.start : placement.end] == row.exact,
        found=found,
    )
    if row.found_start is not None:
        row.found_start, row.found_end = to.span(row.found_span)
    slots = {part["start"]: to.span((part["start"], part["end"])) for part in _parts(row.reading)}
    row.slot = slots[row.slot][0] if row.slot in slots else row.slot
    row.reading, row.overrides = _shifted(row.reading, to), _shifted(row.overrides, to)
    row.article_version = version
    row.start, row.end = placement.start, placement.end
    for name, value in quote(version.text, row.start, row.end).items():
        setattr(row, name, value)
    row.anchor_state = Claim.AnchorState(placement.state)
    row.proposed_start = row.proposed_end = None
    if _was_let_go(row):  # its words are back; those that the engine withdrew it finds by itself
        row.status, row.status_before = standing(row), ""
    row.row_version += 1


def _was_let_go(row: Claim) -> bool:
    """Whether a person withdrew the claim: the engine withdraws none that a person has set."""
    accepted = row.status_before == Claim.Status.ACCEPTED
    return row.status == Claim.Status.WITHDRAWN and (accepted or set_by_person(row))


@dataclass(frozen=True, kw_only=True)
class _Shift:
    """From places of the old text to those of the new one, seen from one claim."""

    old: Span
    new: Span
    same: bool
    found: Mapping[Span, Placement]

    def span(self, span: Span) -> Span:
        """Where the stretch stands now: with the claim, by itself, else the claim's own place."""
        start, end = span
        if span == self.old:
            return self.new
        if self.same and self.old[0] <= start <= end <= self.old[1]:
            by = self.new[0] - self.old[0]
            return start + by, end + by
        placed = self.found.get(span)
        if placed is None or placed.state not in SURE:
            return self.new
        assert placed.start is not None  # it is sure
        assert placed.end is not None
        return placed.start, placed.end


def _shifted(value: Any, to: _Shift) -> Any:
    """A reading with its places in the new text."""
    if isinstance(value, Mapping):
        kept = {name: _shifted(item, to) for name, item in value.items()}
        if {"start", "end"} <= set(value):
            kept["start"], kept["end"] = to.span((value["start"], value["end"]))
        return kept
    if isinstance(value, list):
        return [_shifted(item, to) for item in value]
    return value


def _wait(row: Claim, placement: Placement) -> bool:
    """Let the claim wait for a person. Whether that changed the row; withdrawn ones wait too."""
    now = (Claim.AnchorState(placement.state), placement.start, placement.end)
    if now == (row.anchor_state, row.proposed_start, row.proposed_end):
        return False
    row.anchor_state, row.proposed_start, row.proposed_end = now
    row.row_version += 1
    return True


def _check(carried: Carried, rows: Sequence[Claim], version: ArticleVersion) -> None:
    """Raise `AssertionError` where a claim got lost: then the text is not stored either."""
    here = sum(row.article_version_id == version.pk for row in rows)
    if carried.total != len(rows) or carried.placed != here:
        raise AssertionError(f"{carried.total} of {len(rows)} claims carried to {version.pk}")


def _record(version: ArticleVersion, carried: Carried) -> None:
    audit.record(
        "claims.article.carried",
        target=version.article,
        actor=None,
        actor_name=audit.ENGINE,
        after={
            "version": version.pk,
            "exact": len(carried.exact),
            "moved": list(carried.moved),
            "changed": list(carried.changed),
            "orphan": list(carried.orphan),
        },
    )
