"""Claims into points: average linkage over pair scores, with one cut for points and one for doubt.

Two groups become one if their claims score `high` on average and the closest two score `close`.
Greedy from the best pair down; ties go to the smaller ids, so the order of the reports changes
nothing. A few pairs are kept apart whatever they score, because their readings cannot answer one
question. What claims count plays no part here: a ratio beside a total, or a forecast beside a
count, is a finding of the verdict. What a person has put together is one group from the start.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType

from claims.engine.affinity import same_responder
from claims.engine.matching import Scores
from claims.engine.readings import Claim, Counterpart

PARTNERS_SHOWN = 5  # counterparts per claim
NOWHERE: Mapping[str, Hashable] = MappingProxyType({})
Split = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Every claim in one group, groups and ids sorted; and pairs in doubt, best first."""

    groups: tuple[tuple[str, ...], ...]
    counterparts: tuple[Counterpart, ...]


def group(
    claims: Sequence[Claim],
    scores: Scores,
    places: Mapping[str, Hashable] = NOWHERE,
    homes: Mapping[str, Hashable] = NOWHERE,
    apart: Collection[frozenset[str]] = (),
) -> Grouping:
    """Group the claims of a story by the question that they answer.

    `places` says in which point a person has put a claim: the claims of one place stay together and
    those of two places apart; other claims join them as they join any group. `homes` says where the
    engine had put claims before: a place takes in the group that has most of its old ones. Pairs of
    `apart` never share a group, unless they have one place.
    """
    by_id = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.id)}
    split = _split(apart)
    linked = _Linkage(by_id, scores, places, split).run()
    groups = _with_old_ones(linked, places, homes, split)
    home = {name: at for at, names in enumerate(groups) for name in names}
    return Grouping(groups=groups, counterparts=_in_doubt(by_id, scores, home, split))


def _split(apart: Iterable[frozenset[str]]) -> Split:
    """The claims from which each claim is kept apart."""
    split: dict[str, set[str]] = defaultdict(set)
    for pair in apart:
        one, other = sorted(pair)
        split[one].add(other)
        split[other].add(one)
    return dict(split)


def _meet(left: Iterable[str], right: Collection[str], split: Split) -> bool:
    """Whether some claim of one side is kept apart from some claim of the other."""
    return any(not split[name].isdisjoint(right) for name in left if name in split)


def _with_old_ones(
    groups: Sequence[tuple[str, ...]],
    places: Mapping[str, Hashable],
    homes: Mapping[str, Hashable],
    split: Split,
) -> tuple[tuple[str, ...], ...]:
    """Each place with the one group whose claims stood in that point before.

    Somebody put a claim to these because it answers their question, however unlike its words are.
    """
    placed = {places[name]: found for found in groups for name in found if name in places}
    taken = {found: found for found in groups}
    shares = sorted(
        (-count, found, placed[home])
        for found in groups
        if not any(name in places for name in found)
        for home, count in Counter(homes[name] for name in found if name in homes).items()
        if home in placed
    )
    for _, found, target in shares:
        if found in taken and taken[target] == target and not _meet(found, target, split):
            taken[target] = tuple(sorted([*target, *taken.pop(found)]))
    return tuple(sorted(taken.values()))


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
    return one.report == other.report and one.meets(other)


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
    """A group on its way: its claims, the sum of their floors, whether a person made it."""

    members: list[str]
    floor: float
    placed: bool = False
    near: dict[int, "_Bond"] = field(default_factory=dict)


class _Linkage:
    """Average linkage over the listed pairs; an unlisted pair counts as its claims' floor."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        scores: Scores,
        places: Mapping[str, Hashable],
        split: Split,
    ) -> None:
        self._scores = scores
        self._split = split
        self._claims = claims
        self._clusters: dict[int, _Cluster] = {}
        place = self._start(places)
        for (one, other), value in scores.pairs.items():
            first, second = place[one], place[other]
            if first == second:
                continue
            for here, there in ((first, second), (second, first)):
                near, bond = self._clusters[here].near, _Bond(value, 1, value)
                near[there] = near[there] + bond if there in near else bond
        self._queue: list[tuple[float, str, str, int, int]] = []
        for at in self._clusters:
            self._push(at, (other for other in self._clusters[at].near if other > at))
        heapq.heapify(self._queue)

    def _start(self, places: Mapping[str, Hashable]) -> dict[str, int]:
        """A cluster for each claim, one for all claims of a place; where each claim is."""
        first: dict[Hashable, int] = {}
        place: dict[str, int] = {}
        for at, name in enumerate(self._claims):
            floor = self._scores.floors.get(name, 0.0)
            place[name] = first.setdefault(places[name], at) if name in places else at
            if place[name] == at:
                placed = name in places
                self._clusters[at] = _Cluster(members=[name], floor=floor, placed=placed)
            else:
                self._clusters[place[name]].members.append(name)
                self._clusters[place[name]].floor += floor
        return place

    def run(self) -> tuple[tuple[str, ...], ...]:
        """Join the nearest two until nothing reaches the high cut; the groups, sorted."""
        fresh = len(self._claims)
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
        left, right = self._clusters[one], self._clusters[other]
        if left.placed and right.placed:
            return True
        return _meet(left.members, right.members, self._split) or any(
            not may_share(self._claims[first], self._claims[second])
            for first in left.members
            for second in right.members
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
            placed=first.placed or second.placed,
            near=near,
        )
        for at, bond in near.items():
            found = self._clusters[at].near
            found.pop(one, None)
            found.pop(other, None)
            found[fresh] = bond
        self._push(fresh, near)


def _in_doubt(
    claims: Mapping[str, Claim], scores: Scores, home: Mapping[str, int], split: Split
) -> tuple[Counterpart, ...]:
    """Pairs of different reports above the low cut that are not in one group, best first."""
    pairs = sorted(
        (-value, one, other)
        for (one, other), value in scores.pairs.items()
        if value >= scores.low
        and home[one] != home[other]
        and claims[one].report != claims[other].report
        and may_share(claims[one], claims[other])
        and other not in split.get(one, ())
    )
    shown = dict.fromkeys(claims, 0)
    kept = []
    for value, one, other in pairs:
        if max(shown[one], shown[other]) < PARTNERS_SHOWN:
            shown[one] += 1
            shown[other] += 1
            kept.append(Counterpart(claim=one, other=other, score=round(-value, 3)))
    return tuple(kept)
