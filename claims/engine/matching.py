"""Which claims of a story may speak of the same thing: a score for each likely pair.

Three signals, all read from text: shared word stems, sentence vectors and aligned token vectors,
the last two only with a model. Each is standardised inside the story, for claims of one report
apart from claims of different reports, and they are summed with the weights of
`data/weights.toml`. Fields of the readings are no signals, with the exceptions of `affinity`. Pairs
come from an inverted index and from nearest vectors, never from all pairs of claims.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.engine import affinity, terms
from claims.engine.affinity import Pairs, Values, same_responder
from claims.engine.alignment import Meanings, meanings, next_door
from claims.engine.readings import Claim, Document
from claims.engine.tokens import tokens_in
from claims.engine.vectors import Encoder
from claims.engine.weights import Way, Weights, default

Pair = tuple[str, str]

PARTNERS = 32  # likely partners scored per claim and signal
SAMPLE = 4000  # pairs that tell what a signal looks like in this story
REST_OF_SENTENCE = 0.3  # weight of a stem outside the claim but in its sentence
NEXT_DOOR = 0.15  # weight of a stem of the sentence before or after
NOTHING_SHARED = -0.5  # what a pair without a common word scores, about
SEED = 20240923  # of the sample; any number will do, as long as it stays


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
    way = weights.way(model=encoder is not None)
    cuts = {"high": way.high, "close": way.close, "low": way.low}
    ordered = sorted(claims, key=lambda claim: claim.id)
    if len(ordered) < 2:
        return Scores(pairs={}, floors={claim.id: 0.0 for claim in ordered}, **cuts)
    signals = _Signals.of(ordered, documents, encoder)
    listed = signals.likely()
    values = _weighted(signals, listed, way, weights.prior_pairs)
    values -= affinity.other_value(ordered, listed)
    values += way.same_answer * affinity.same_answer(ordered, listed)
    values += way.same_count * affinity.same_count(ordered, listed)
    values += way.same_measure * affinity.same_measure(ordered, listed)
    values = np.round(values, 5)
    ids = [claim.id for claim in ordered]
    return Scores(
        pairs={
            (ids[one], ids[other]): value
            for (one, other), value in zip(listed.tolist(), values.tolist(), strict=True)
        },
        floors=dict(zip(ids, _floors(len(ids), listed, values), strict=True)),
        **cuts,
    )


def _weighted(signals: "_Signals", pairs: Pairs, way: Way, prior_pairs: int) -> Values:
    """The sum of the standardised signals of each pair."""
    same = signals.same_report(pairs)
    total = np.where(same, -way.same_report, 0.0)
    for name, weight in way.signals.items():
        scale = _scale(signals, name, way, prior_pairs)[same.astype(int)]
        total += weight * (signals.read(name, pairs) - scale[:, 0]) / scale[:, 1]
    return total


def _answers(claims: Sequence[Claim]) -> list[list[int]]:
    """For each claim the next few answers of the same responder."""
    found: list[list[int]] = [[] for _ in claims]
    given = [(at, one.reading.response) for at, one in enumerate(claims) if one.reading.response]
    for number, (at, first) in enumerate(given):
        later = (other for other, second in given[number + 1 :] if same_responder(first, second))
        found[at] = list(itertools.islice(later, PARTNERS))
    return found


def _floors(size: int, pairs: Pairs, values: Values) -> list[float]:
    """What an unlisted partner of each claim scores at most."""
    listed = np.bincount(pairs.ravel(), minlength=size)
    lowest = np.full(size, np.inf)
    for column in (0, 1):
        np.minimum.at(lowest, pairs[:, column], values)
    # With a short list every other claim is listed, or has not one word in common.
    floors: list[float] = np.where(listed >= PARTNERS, lowest, NOTHING_SHARED).tolist()
    return floors


def _scale(signals: "_Signals", name: str, way: Way, prior_pairs: int) -> Values:
    """Mean and spread of a signal: row 0 between reports, row 1 inside one report."""
    pairs = _sample(len(signals.rows))
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


def _sample(count: int) -> Pairs:
    """All pairs of a small story, else a fixed random choice of them."""
    if count * (count - 1) // 2 <= SAMPLE:
        return np.stack(np.triu_indices(count, 1), axis=1)
    drawn = np.random.default_rng(SEED).integers(0, count, size=(2 * SAMPLE, 2))
    drawn.sort(axis=1)
    return np.unique(drawn[drawn[:, 0] != drawn[:, 1]], axis=0)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Signals:
    """What pairs of claims are compared by; claims are known by their place in id order."""

    reports: NDArray[np.str_]
    answers: Sequence[Sequence[int]]
    rows: Sequence[terms.Row]
    bare: Sequence[terms.Row]
    meanings: Meanings | None

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        documents: Mapping[str, Document],
        encoder: Encoder | None,
    ) -> "_Signals":
        rows, bare = _rows(claims, documents)
        return cls(
            reports=np.array([claim.report for claim in claims]),
            answers=_answers(claims),
            rows=rows,
            bare=bare,
            meanings=meanings(claims, documents, encoder) if encoder else None,
        )

    def likely(self) -> Pairs:
        """Each claim with its nearest ones by words and by vectors; each pair once, sorted.

        Answers of one responder are listed as well.
        """
        lists = [terms.neighbours(self.rows, PARTNERS), self.answers]
        if self.meanings:
            lists.append(self.meanings.neighbours(PARTNERS))
        found = {
            (min(one, other), max(one, other))
            for near in lists
            for one, others in enumerate(near)
            for other in others
        }
        return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)

    def same_report(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Which pairs are of one report."""
        return np.asarray(self.reports[pairs[:, 0]] == self.reports[pairs[:, 1]])

    def read(self, name: str, pairs: Pairs) -> Values:
        """One signal for each of the pairs, before it is standardised."""
        same = self.same_report(pairs)
        if name == "words":
            return np.array(
                [
                    terms.product(rows[one], rows[other])
                    for (one, other), near in zip(pairs.tolist(), same.tolist(), strict=True)
                    for rows in (self.bare if near else self.rows,)
                ]
            )
        assert self.meanings is not None, "weights of the model are used without a model"
        if name == "vectors":
            return self.meanings.cosine(pairs, same)
        return self.meanings.alignment(pairs)


def _rows(
    claims: Sequence[Claim], documents: Mapping[str, Document]
) -> tuple[list[terms.Row], list[terms.Row]]:
    """The claims as weighted stems: with a little of what stands around them, and without.

    Claims of one report stand in each other's context and are compared without.
    """
    bags: list[dict[str, float]] = [{} for _ in claims]
    own: list[list[str]] = [[] for _ in claims]
    # Report by report: cutting a text into words is cached for a few texts only.
    for at in sorted(range(len(claims)), key=lambda at: (claims[at].report, at)):
        claim, document = claims[at], documents[claims[at].report]
        own[at] = terms.stems(tokens_in(document.text, claim)) + _figure(claim)
        bag: dict[str, float] = dict(Counter(own[at]))
        around = [(document.sentences[claim.sentence], REST_OF_SENTENCE)]
        around += [(near, NEXT_DOOR) for near in next_door(document, claim.sentence)]
        for part, weight in around:
            for word in terms.stems(tokens_in(document.text, part)):
                bag.setdefault(word, weight)
        bags[at] = bag
    idf = terms.rarity(own)
    rarest = max(idf.values(), default=1.0)
    known = {word: idf.get(word, rarest) for bag in bags for word in bag}
    return (
        [terms.row(bag, known) for bag in bags],
        [terms.row(Counter(words), known) for words in own],
    )


def _figure(claim: Claim) -> list[str]:
    """That there is a figure and what it counts, as words: "thirty troops" meets "12 soldiers"."""
    return [
        word
        for figure in claim.reading.quantities[:1]
        for word in ("#", f"#{figure.unit}" if figure.unit else "")
        if word
    ]
