"""Weights of matching from pairs that people judged, each story measured by weights of the others.

What is learned stays near the weights that are there: a fixed sum carries over to new stories as
well as anything learned, and a few stories tell little. A logistic regression that is pulled to the
old weights gives the new ones, and a small grid around the old cuts the new cuts. The cuts maximise
F1 of pairs plus B-cubed F1, less twice what precision of pairs lacks of `SURE`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np

from claims.engine import matching, points
from claims.engine.affinity import Values
from claims.engine.gauging import Gauge, gauge
from claims.engine.matching import Features, Pair, Scores
from claims.engine.readings import Claim, Document
from claims.engine.vectors import Encoder
from claims.engine.weights import Way, Weights, default

SURE = 0.75  # precision of pairs that points must have
PULL = 40.0  # how many judged pairs, about, an old weight counts as
LEAST = 0.1  # a weight of 0 may move by as much as one of this
STEPS = 20  # of Newton's method, which needs about six
HIGHER = (-0.4, -0.2, 0.0, 0.2, 0.4)  # moves of the high cut that are tried
CLOSER = (0.3, 0.6, 1.0)  # and how far above it the closest pair must be
LEARNED = ("same_answer", "same_count", "same_measure", "other_kind")  # beside the signals


class TooLittle(ValueError):
    """Training stories from which nothing can be learned; the message says what they lack."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingStory:
    """The claims of a story and what people said of some pairs: ids, the smaller one first.

    Pairs of one report may be left out: a story's points compare reports.
    """

    name: str
    documents: Mapping[str, Document]
    claims: Sequence[Claim]
    same: Collection[Pair]
    apart: Collection[Pair]

    @property
    def judged(self) -> dict[Pair, bool]:
        """Every judged pair in order, and whether it is the same."""
        return {pair: pair in self.same for pair in sorted({*self.same, *self.apart})}


@dataclass(frozen=True, kw_only=True)
class Fold:
    """One story, measured with the old weights and with weights fitted on all other stories."""

    story: str
    old: Gauge
    new: Gauge


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Weights fitted on all stories, and what they were measured to change on unseen ones."""

    weights: Weights
    folds: tuple[Fold, ...]

    @property
    def together(self) -> Fold:
        """All folds added up."""
        none = Fold(story="together", old=Gauge(), new=Gauge())
        old = sum((fold.old for fold in self.folds), none.old)
        return replace(none, old=old, new=sum((fold.new for fold in self.folds), none.new))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Prepared:
    """A training story with its features, which no weight changes."""

    story: TrainingStory
    features: Features
    judged: Mapping[Pair, bool]
    rows: Values
    same: Values

    def gauge(self, scores: Scores) -> Gauge:
        """How well these scores and the groups that they give agree with people."""
        return gauge(self.judged, scores, points.group(self.story.claims, scores).groups)


def fit(
    stories: Sequence[TrainingStory],
    encoder: Encoder | None,
    start: Weights | None = None,
    today: date | None = None,
) -> Fitted:
    """Fit weights on all stories, and measure on each story what the others would have taught.

    Of `start` (the weights that come with the engine, if None) the way of the encoder changes. The
    order of the stories changes nothing. Raises `TooLittle`.
    """
    start = start or default()
    ordered = sorted(stories, key=lambda story: story.name)
    if sum(bool(story.same and story.apart) for story in ordered) < 2:  # to learn on one of them
        raise TooLittle("Give two or more stories, each with pairs that are the same and apart.")
    model = encoder is not None
    old = start.way(model=model)
    ready = [_prepare(story, encoder, start, old) for story in ordered]
    folds = []
    for held in ready:
        learned = _learn([one for one in ready if one is not held], old)
        before, after = (matching.weighed(held.features, way) for way in (old, learned))
        fold = Fold(story=held.story.name, old=held.gauge(before), new=held.gauge(after))
        folds.append(fold)
    fitted = {"model" if model else "no_model": _learn(ready, old)}
    names = tuple(story.name for story in ordered)
    weights = replace(start, **fitted, fitted=today, stories=names)  # type: ignore[arg-type]
    return Fitted(weights=weights, folds=tuple(folds))


def _prepare(story: TrainingStory, encoder: Encoder | None, start: Weights, way: Way) -> _Prepared:
    found = matching.features(story.claims, story.documents, encoder, start)
    judged = story.judged
    names = _names(way)
    listed = [(found.ids[one], found.ids[other]) for one, other in found.pairs.tolist()]
    kept = [at for at, pair in enumerate(listed) if pair in judged]
    columns = np.stack([found.columns[name][kept] for name in names], axis=1)
    same = np.array([judged[listed[at]] for at in kept], dtype=float)
    return _Prepared(story=story, features=found, judged=judged, rows=columns, same=same)


def _names(way: Way) -> tuple[str, ...]:
    return (*way.signals, *LEARNED)


def _learn(stories: Sequence[_Prepared], old: Way) -> Way:
    """The way that these stories teach."""
    rows = np.concatenate([one.rows for one in stories])
    same = np.concatenate([one.same for one in stories])
    return _cut(stories, _weigh(rows, same, old))


def _weigh(rows: Values, same: Values, old: Way) -> Way:
    """Weights by logistic regression, in the scale of the old ones and pulled to them."""
    names = _names(old)
    before = np.array([old.weight(name) for name in names])
    plain = np.stack([np.ones(len(rows)), rows @ before], axis=1)
    base, slope = _regress(plain, same, np.zeros(2), np.full(2, 1e-3))
    slope = max(slope, 1e-3)
    pull = PULL / (slope * np.maximum(before, LEAST)) ** 2
    design = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    found = _regress(design, same, np.r_[base, slope * before], np.r_[1e-3, pull])[1:]
    found = np.maximum(found, 0.0)
    size = len(old.signals)
    found *= before[:size].sum() / max(found[:size].sum(), 1e-6)  # the cuts go with this scale
    rounded = dict(zip(names, np.round(found, 2).tolist(), strict=True))
    signals = {name: rounded.pop(name) for name in old.signals}
    return replace(old, signals=signals, **rounded)


def _regress(rows: Values, same: Values, start: Values, pull: Values) -> Values:
    """Logistic regression by Newton's method; `pull` is how hard each number is held at `start`."""
    found = start.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (likely - same) + pull * (found - start)
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(pull)
        found -= np.linalg.solve(bend, slope)
    return found


def _cut(stories: Sequence[_Prepared], way: Way) -> Way:
    """The way with the cuts that serve these stories best; of equals the nearest to the old."""
    scores = [matching.weighed(one.features, way) for one in stories]
    tried = []
    for move, gap in product(HIGHER, CLOSER):
        high = round(way.high + move, 2)
        close = round(high + gap, 2)
        told = (
            one.gauge(replace(found, high=high, close=close))
            for one, found in zip(stories, scores, strict=True)
        )
        distance = abs(move) + abs(close - way.close)
        tried.append((-_worth(sum(told, Gauge())), round(distance, 2), high, close))
    _, _, high, close = min(tried)
    return replace(way, high=high, close=close, low=min(way.low, high))


def _worth(found: Gauge) -> float:
    return round(found.f1 + found.b_cubed - 2 * max(0.0, SURE - found.precision), 6)
