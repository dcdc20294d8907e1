"""Which new claims stand where older ones stood before a report's text was changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.models import Claim


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a new claim stands, and what it says."""

    article: int
    kind: str
    start: int
    end: int
    exact: str


def followed(new: Mapping[str, Place], old: Iterable[Claim]) -> dict[str, Claim]:
    """The claim of an older text that each new claim took the place of, each one once.

    By the place at which the older one is proposed, else, for one without a place, by the same
    words. Rows of the newest of the older texts go first, since what still waits from earlier ones
    was replaced before; among these, those that share most. Rows need the annotation `article`.
    """
    waiting: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for row in old:
        if row.anchor_state in (Claim.AnchorState.CHANGED, Claim.AnchorState.ORPHAN):
            waiting[row.article, row.reading_kind].append(row)  # type: ignore[attr-defined]
    pairs = [
        (-row.article_version_id, -_shared(place, row), row.pk, name, row)
        for name, place in new.items()
        for row in waiting[place.article, place.kind]
        if _shared(place, row) or place.exact == row.exact
    ]
    return _each_once(sorted(pairs, key=lambda pair: pair[:4]))


def _each_once(pairs: Sequence[tuple[int, float, int, str, Claim]]) -> dict[str, Claim]:
    found: dict[str, Claim] = {}
    taken: set[int] = set()
    for _version, _share, pk, name, row in pairs:
        if name not in found and pk not in taken:
            found[name] = row
            taken.add(pk)
    return found


def _shared(place: Place, row: Claim) -> float:
    """Which part of both together the new claim and the proposed place share."""
    if row.proposed_start is None or row.proposed_end is None:
        return 0.0
    both = min(place.end, row.proposed_end) - max(place.start, row.proposed_start)
    whole = max(place.end, row.proposed_end) - min(place.start, row.proposed_start)
    return max(0, both) / whole
