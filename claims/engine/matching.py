"""Which claims of a story may speak of the same thing: a score for each likely pair.

Three signals, all read from text: shared word stems, sentence vectors and aligned token vectors,
the last two only with a model. Each is standardised inside the story, for claims of one report
apart from claims of different reports, and they are summed with the weights of
`data/weights.toml`. Fields of the readings are no signals, with the exceptions of `affinity`. A
pair then takes a share of what the nearest claims of each side score with the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from claims.engine import affinity
from claims.engine.affinity import Pairs, Values
from claims.engine.readings import Claim, Document
from claims.engine.signals import PARTNERS, Signals, sample
from claims.engine.vectors import Encoder
from claims.engine.weights import Way, Weights, default

Pair = tuple[str, str]

NOTHING_SHARED = -0.5  # what a pair without a common word scores, about
NEAREST = 3  # claims that are asked beside each claim of a pair
ITSELF = 6.0  # what a claim scores with itself, about: a little more than with its best partner


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Scores of pairs of claims, in spreads above the story's mean.

    `pairs` has the smaller id first. A pair that is not listed scores at most the smaller `floor`
    of its two claims. `high`, `close` and `low` are the cuts that go with these scores.
    """

    pairs: Mapping[Pair, float]
    floors: Mapping[str, float]
    high: float
    close: float
    low: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Features:
    """The likely pairs of a story with all that their scores are summed from.

    `ids` are the claims in order, `pairs` their places. `columns` has one value per pair for each
    signal, standardised, and for each number of `Way` that weighs a pair.
    """

    ids: Sequence[str]
    model: bool
    pairs: Pairs = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    columns: Mapping[str, Values] = field(default_factory=dict)


def score(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    encoder: Encoder | None,
    weights: Weights | None = None,
) -> Scores:
    """Score the likely pairs among the claims of a story.

    The order of the claims changes nothing. Without an encoder only words are compared; without
    `weights` those that come with the engine are used.
    """
    weights = weights or default()
    found = features(claims, documents, encoder, weights)
    return weighed(found, weights.way(model=found.model))


def features(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    encoder: Encoder | None,
    weights: Weights,
) -> Features:
    """What the scores of the likely pairs are summed from; of `weights` only the priors count."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    ids, model = [claim.id for claim in ordered], encoder is not None
    if len(ordered) < 2:
        return Features(ids=ids, model=model)
    signals = Signals.of(ordered, documents, encoder)
    listed = signals.likely()
    way, same = weights.way(model=model), signals.same_report(listed)
    columns = {"same_report": -same.astype(float)}
    for name in way.signals:
        scale = _scale(signals, name, way, weights.prior_pairs)[same.astype(int)]
        columns[name] = (signals.read(name, listed) - scale[:, 0]) / scale[:, 1]
    for name, read in affinity.KINSHIPS.items():
        columns[name] = read(ordered, listed)
    return Features(ids=ids, model=model, pairs=listed, columns=columns)


def weighed(found: Features, way: Way) -> Scores:
    """The scores that these weights make of what was found."""
    values = summed(found, way)
    floors = _floors(len(found.ids), found.pairs, values)
    values = np.round(_with_nearest(len(found.ids), found.pairs, values, floors, way.share), 5)
    return Scores(
        pairs={
            (found.ids[one], found.ids[other]): value
            for (one, other), value in zip(found.pairs.tolist(), values.tolist(), strict=True)
        },
        floors=dict(zip(found.ids, floors.tolist(), strict=True)),
        high=way.high,
        close=way.close,
        low=way.low,
    )


def summed(found: Features, way: Way) -> Values:
    """The weighted sum of each pair, before its nearest claims are asked."""
    total = np.zeros(len(found.pairs))
    for name, column in found.columns.items():
        total += way.weight(name) * column
    return np.round(total, 5)


def _with_nearest(size: int, pairs: Pairs, values: Values, floors: Values, share: float) -> Values:
    """Let the nearest claims of each side of a pair speak for it, with a share of its score.

    Two claims whose nearest ones are near each other answer one question more likely than their own
    words tell (diffusion over nearest neighbours: Donoser and Bischof, CVPR 2013).
    """
    if not len(pairs) or not share:
        return values
    near, trust = _nearest(size, pairs, values)
    known = pairs[:, 0] * size + pairs[:, 1]
    told = np.zeros((2, len(pairs)))
    for side in (0, 1):
        mine, theirs = pairs[:, side], pairs[:, 1 - side]
        for rank in range(NEAREST):
            asked = near[mine, rank]
            key = np.minimum(asked, theirs) * size + np.maximum(asked, theirs)
            at = np.minimum(np.searchsorted(known, key), len(known) - 1)
            unlisted = np.minimum(floors[asked], floors[theirs])
            said = np.where(known[at] == key, values[at], unlisted)
            said = np.where(asked == theirs, ITSELF, said)
            told[side] += trust[mine, rank] * np.maximum(said, -1.0)
    heard = (trust[pairs[:, 0]].sum(axis=1) > 0) & (trust[pairs[:, 1]].sum(axis=1) > 0)
    return np.where(heard, (1 - share) * values + share * told.mean(axis=0), values)


def _nearest(size: int, pairs: Pairs, values: Values) -> tuple[Pairs, Values]:
    """For each claim its nearest others, and how much each of them counts: none below 0."""
    near = np.zeros((size, NEAREST), dtype=np.int64)
    trust = np.zeros((size, NEAREST))
    mine, theirs = np.concatenate([pairs, pairs[:, ::-1]]).T
    both = np.concatenate([values, values])
    order = np.lexsort((theirs, -both, mine))
    mine, theirs, both = mine[order], theirs[order], both[order]
    rank = np.arange(len(mine)) - np.searchsorted(mine, mine)
    kept = (rank < NEAREST) & (both > 0)
    near[mine[kept], rank[kept]] = theirs[kept]
    trust[mine[kept], rank[kept]] = both[kept]
    total = trust.sum(axis=1, keepdims=True)
    return near, trust / np.where(total > 0, total, 1.0)


def _floors(size: int, pairs: Pairs, values: Values) -> Values:
    """What an unlisted partner of each claim scores at most."""
    listed = np.bincount(pairs.ravel(), minlength=size)
    lowest = np.full(size, np.inf)
    for column in (0, 1):
        np.minimum.at(lowest, pairs[:, column], values)
    # With a short list every other claim is listed, or has not one word in common.
    return np.where(listed >= PARTNERS, lowest, NOTHING_SHARED)


def _scale(signals: Signals, name: str, way: Way, prior_pairs: int) -> Values:
    """Mean and spread of a signal: row 0 between reports, row 1 inside one report."""
    pairs = sample(len(signals.rows))
    values, same = signals.read(name, pairs), signals.same_report(pairs)
    rows = []
    for prior, chosen in ((way.cross, values[~same]), (way.same, values[same])):
        mean, spread = prior[name]
        size = max(len(chosen) + prior_pairs, 1)
        centre = (chosen.sum() + prior_pairs * mean) / size
        square = ((chosen - centre) ** 2).sum()
        square += prior_pairs * (spread**2 + (mean - centre) ** 2)
        rows.append((centre, max(np.sqrt(square / size), spread)))
    return np.array(rows)
