"""How well a grouping and its scores agree with pairs that people judged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.engine.matching import Pair, Scores


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """Counts over judged pairs of claims, and what follows from them; gauges add up.

    `right` of `found` pairs in one group are the same, of `wanted` that are. `precise` and
    `recalled` are the sums of B-cubed over `items` claims; `best` of `asked` claims score best with
    a claim of the same; `averages` holds the average precision of each story.
    """

    right: int = 0
    found: int = 0
    wanted: int = 0
    precise: float = 0.0
    recalled: float = 0.0
    items: int = 0
    best: int = 0
    asked: int = 0
    averages: tuple[float, ...] = ()

    def __add__(self, other: "Gauge") -> "Gauge":
        return Gauge(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def precision(self) -> float:
        """The share of pairs in one group that are the same; 1 where there is none."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the same pairs that are in one group; 1 where there is none."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of pairs."""
        return _mean(self.precision, self.recall)

    @property
    def b_cubed(self) -> float:
        """B-cubed F1 (Bagga and Baldwin 1998) over the judged pairs."""
        return _mean(self.precise, self.recalled) / max(self.items, 1)

    @property
    def average(self) -> float:
        """The mean of the stories' average precisions: how well the scores rank pairs."""
        return sum(self.averages) / max(len(self.averages), 1)

    @property
    def best_share(self) -> float:
        """How many claims score best with a claim of the same, of those that have one."""
        return self.best / self.asked if self.asked else 1.0


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def gauge(judged: Mapping[Pair, bool], scores: Scores, groups: Sequence[Sequence[str]]) -> Gauge:
    """Measure groups and scores of one story; `judged` says of pairs whether they are the same."""
    home = {name: at for at, names in enumerate(groups) for name in names}
    same: Counter[str] = Counter()
    together: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for pair, alike in judged.items():
        joined = home[pair[0]] == home[pair[1]]
        for name in pair:
            same[name] += alike
            together[name] += joined
            both[name] += alike and joined
    names = sorted({name for pair in judged for name in pair})
    right, best, asked = sum(both.values()) // 2, *_best(judged, scores)
    return Gauge(
        right=right,
        found=sum(together.values()) // 2,
        wanted=sum(same.values()) // 2,
        precise=sum((1 + both[name]) / (1 + together[name]) for name in names),
        recalled=sum((1 + both[name]) / (1 + same[name]) for name in names),
        items=len(names),
        best=best,
        asked=asked,
        averages=(_average(judged, scores),) if any(judged.values()) else (),
    )


def near(scores: Scores, pair: Pair) -> float:
    """The score of a pair; of an unlisted one the most that it can be."""
    found = scores.pairs.get(pair)
    return min(scores.floors[name] for name in pair) if found is None else found


def _average(judged: Mapping[Pair, bool], scores: Scores) -> float:
    ranked = sorted(judged, key=lambda pair: (-near(scores, pair), pair))
    hits, total = 0, 0.0
    for place, pair in enumerate(ranked, start=1):
        if judged[pair]:
            hits += 1
            total += hits / place
    return total / hits


def _best(judged: Mapping[Pair, bool], scores: Scores) -> tuple[int, int]:
    partners: dict[str, list[tuple[float, Pair, bool]]] = {}
    for pair, alike in judged.items():
        for name in pair:
            partners.setdefault(name, []).append((-near(scores, pair), pair, alike))
    asked = [found for found in partners.values() if any(alike for *_, alike in found)]
    return sum(min(found)[2] for found in asked), len(asked)
