"""Claims into points: average linkage over pair scores, with one cut for points and one for doubt.

Two groups become one if their claims score `high` on average and the closest two score `close`.
Greedy from the best pair down; ties go to the smaller ids, so the order of the reports changes
nothing. A few pairs are kept apart whatever they score, because their readings cannot answer one
question. What claims count plays no part here: a ratio beside a total, or a forecast beside a
count, is a finding of the verdict.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from claims.engine.affinity import same_responder
from claims.engine.matching import Scores
from claims.engine.readings import Claim, Counterpart

PARTNERS_SHOWN = 5  # counterparts per claim


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Every claim in one group, groups and ids sorted; and pairs in doubt, best first."""

    groups: tuple[tuple[str, ...], ...]
    counterparts: tuple[Counterpart, ...]


def group(claims: Sequence[Claim], scores: Scores) -> Grouping:
    """Group the claims of a story by the question that they answer."""
    by_id = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.id)}
    groups = _Linkage(by_id, scores).run()
    home = {name: at for at, names in enumerate(groups) for name in names}
    return Grouping(groups=groups, counterparts=_in_doubt(by_id, scores, home))


def may_share(one: Claim, other: Claim) -> bool:
    """Whether two claims can answer one question at all.

    Kept apart: answers of different responders; an answer and a bare figure; two figures of one
    stretch of text, which score alike only because their words are the same.
    """
    first, second = one.reading.response, other.reading.response
    if first and second and not same_responder(first, second):
        return False
    if bool(first) != bool(second):
        figures = other.reading.quantities if first else one.reading.quantities
        answered = one.reading.quantities if first else other.reading.quantities
        if figures and not answered:
            return False
    return not _one_stretch(one, other)


def _one_stretch(one: Claim, other: Claim) -> bool:
    """Whether the claims were read from overlapping text of one report."""
    return one.report == other.report and one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class _Bond:
    """What is known of the scores between two groups."""

    total: float
    listed: int
    best: float

    def __add__(self, other: "_Bond") -> "_Bond":
        best = max(self.best, other.best)
        return _Bond(self.total + other.total, self.listed + other.listed, best)


@dataclass(eq=False)
class _Cluster:
    """A group on its way: its claims and the sum of their floors."""

    members: list[str]
    floor: float
    near: dict[int, "_Bond"] = field(default_factory=dict)


class _Linkage:
    """Average linkage over the listed pairs; an unlisted pair counts as its claims' floor."""

    def __init__(self, claims: Mapping[str, Claim], scores: Scores) -> None:
        self._scores = scores
        self._claims = claims
        place = {name: at for at, name in enumerate(claims)}
        self._clusters = {
            at: _Cluster(members=[name], floor=scores.floors.get(name, 0.0))
            for name, at in place.items()
        }
        for (one, other), value in scores.pairs.items():
            bond = _Bond(value, 1, value)
            self._clusters[place[one]].near[place[other]] = bond
            self._clusters[place[other]].near[place[one]] = bond
        self._queue: list[tuple[float, str, str, int, int]] = []
        for at in self._clusters:
            self._push(at, (other for other in self._clusters[at].near if other > at))
        heapq.heapify(self._queue)

    def run(self) -> tuple[tuple[str, ...], ...]:
        """Join the nearest two until nothing reaches the high cut; the groups, sorted."""
        fresh = len(self._clusters)
        while self._queue:
            _, _, _, one, other = heapq.heappop(self._queue)
            if one in self._clusters and other in self._clusters and not self._bars(one, other):
                self._join(one, other, fresh)
                fresh += 1
        return tuple(sorted(tuple(sorted(found.members)) for found in self._clusters.values()))

    def _push(self, at: int, others: Iterable[int]) -> None:
        """Queue the pairs that may become one, with the smaller id of each side to settle ties."""
        for other in others:
            mean = self._mean(at, other)
            best = self._clusters[at].near[other].best
            if mean >= self._scores.high and best >= self._scores.close:
                first, second = sorted(
                    (self._clusters[at].members[0], self._clusters[other].members[0])
                )
                heapq.heappush(self._queue, (-mean, first, second, at, other))

    def _mean(self, one: int, other: int) -> float:
        first, second = self._clusters[one], self._clusters[other]
        bond = first.near[other]
        pairs = len(first.members) * len(second.members)
        floor = min(first.floor / len(first.members), second.floor / len(second.members))
        return round((bond.total + (pairs - bond.listed) * floor) / pairs, 6)

    def _bars(self, one: int, other: int) -> bool:
        """Whether some claim of one side can never stand beside some claim of the other."""
        return any(
            not may_share(self._claims[first], self._claims[second])
            for first in self._clusters[one].members
            for second in self._clusters[other].members
        )

    def _join(self, one: int, other: int, fresh: int) -> None:
        first, second = self._clusters.pop(one), self._clusters.pop(other)
        near: dict[int, _Bond] = {}
        for side in (first, second):
            for at, bond in side.near.items():
                if at in self._clusters:
                    near[at] = near[at] + bond if at in near else bond
        self._clusters[fresh] = _Cluster(
            members=sorted([*first.members, *second.members]),
            floor=first.floor + second.floor,
            near=near,
        )
        for at, bond in near.items():
            found = self._clusters[at].near
            found.pop(one, None)
            found.pop(other, None)
            found[fresh] = bond
        self._push(fresh, near)


def _in_doubt(
    claims: Mapping[str, Claim], scores: Scores, home: Mapping[str, int]
) -> tuple[Counterpart, ...]:
    """Pairs of different reports above the low cut that are not in one group, best first."""
    pairs = sorted(
        (-value, one, other)
        for (one, other), value in scores.pairs.items()
        if value >= scores.low
        and home[one] != home[other]
        and claims[one].report != claims[other].report
        and may_share(claims[one], claims[other])
    )
    shown = dict.fromkeys(claims, 0)
    kept = []
    for value, one, other in pairs:
        if min(shown[one], shown[other]) < PARTNERS_SHOWN:
            shown[one] += 1
            shown[other] += 1
            kept.append(Counterpart(claim=one, other=other, score=round(-value, 3)))
    return tuple(kept)
