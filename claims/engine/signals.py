"""What pairs of claims are compared by: shared word stems, sentence vectors, aligned token vectors.

Also which pairs are likely at all: those come from an inverted index and from nearest vectors,
never from all pairs of claims.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.engine import terms
from claims.engine.affinity import Pairs, Values, same_responder
from claims.engine.alignment import Meanings, meanings, next_door
from claims.engine.readings import Claim, Document
from claims.engine.tokens import tokens_in
from claims.engine.vectors import Encoder

PARTNERS = 32  # likely partners scored per claim and signal
SAMPLE = 4000  # pairs that tell what a signal looks like in this story
REST_OF_SENTENCE = 0.3  # weight of a stem outside the claim but in its sentence
NEXT_DOOR = 0.15  # weight of a stem of the sentence before or after
SEED = 20240923  # of the sample; any number will do, as long as it stays


@dataclass(frozen=True, kw_only=True, eq=False)
class Signals:
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
    ) -> "Signals":
        """Read what the signals need from the claims, which come in id order."""
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


def _answers(claims: Sequence[Claim]) -> list[list[int]]:
    """For each claim the next few answers of the same responder."""
    found: list[list[int]] = [[] for _ in claims]
    given = [(at, one.reading.response) for at, one in enumerate(claims) if one.reading.response]
    for number, (at, first) in enumerate(given):
        later = (other for other, second in given[number + 1 :] if same_responder(first, second))
        found[at] = list(itertools.islice(later, PARTNERS))
    return found


def sample(count: int) -> Pairs:
    """All pairs of a small story, else a fixed random choice of them."""
    if count * (count - 1) // 2 <= SAMPLE:
        return np.stack(np.triu_indices(count, 1), axis=1)
    drawn = np.random.default_rng(SEED).integers(0, count, size=(2 * SAMPLE, 2))
    drawn.sort(axis=1)
    return np.unique(drawn[drawn[:, 0] != drawn[:, 1]], axis=0)


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
