"""Claims as vectors of a sentence model: how near two of them lie, and how well their words align.

Each sentence is encoded once, as a whole; a claim takes the vectors of its own word pieces, which
know their sentence. What all claims of the story share is subtracted, since inside one story
everything looks alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claims.engine import terms
from claims.engine.readings import Claim, Document, Sentence
from claims.engine.tokens import tokens_in
from claims.engine.vectors import Encoded, Encoder, Floats

Window = tuple[str, int, int]  # report, start and end of a stretch that is encoded in one piece

CONTEXT = 0.3  # share of the neighbouring sentences in a claim's vector
NAME = 0.4  # weight of a name beside other words
COMMON = 0.1  # weight of function words and marks when words are aligned
LONGEST = 1000  # characters encoded in one piece
BLOCK = 512  # claims compared at once with all others


@dataclass(frozen=True, kw_only=True, eq=False)
class Meanings:
    """Vectors of claims in id order.

    `own` and `centred` have one row of length 1 per claim, without and with context. `tokens` are
    the word pieces of all claims, of length 1, with their `weights`; those of claim i are
    `edges[i]` to `edges[i + 1]`, at least one.
    """

    own: Floats
    centred: Floats
    tokens: Floats
    weights: Floats
    edges: NDArray[np.int64]

    def cosine(self, pairs: NDArray[np.int64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The cosine of the two claims' vectors, what the story shares taken away.

        `same` marks pairs of one report: those stand in each other's context, so it is left out.
        """
        found = np.empty(len(pairs))
        for rows, chosen in ((self.centred, ~same), (self.own, same)):
            one, other = rows[pairs[chosen, 0]], rows[pairs[chosen, 1]]
            found[chosen] = np.einsum("ij,ij->i", one, other)
        return found

    def alignment(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """How well each claim's words find a like one in the other, rare words counting most."""
        found = np.zeros(len(pairs))
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        firsts, starts = np.unique(pairs[order, 0], return_index=True)
        for first, chosen in zip(firsts, np.split(order, starts[1:]), strict=True):
            found[chosen] = self._align(int(first), pairs[chosen, 1])
        return found

    def _align(self, one: int, others: NDArray[np.int64]) -> NDArray[np.float64]:
        begin, end = self.edges[one], self.edges[one + 1]
        parts = np.concatenate([np.arange(self.edges[at], self.edges[at + 1]) for at in others])
        cuts = np.concatenate(([0], np.cumsum(self.edges[others + 1] - self.edges[others])[:-1]))
        alike = self.tokens[begin:end] @ self.tokens[parts].T
        mine, theirs = self.weights[begin:end], self.weights[parts]
        forth = mine @ np.maximum.reduceat(alike, cuts, axis=1) / mine.sum()
        back = np.add.reduceat(theirs * alike.max(axis=0), cuts) / np.add.reduceat(theirs, cuts)
        return np.asarray((forth + back) / 2, dtype=np.float64)

    def neighbours(self, count: int) -> list[list[int]]:
        """For each claim the `count` nearest others."""
        found: list[list[int]] = []
        size = len(self.centred)
        for start in range(0, size, BLOCK):
            near = self.centred[start : start + BLOCK] @ self.centred.T
            rows = np.arange(len(near))
            near[rows, start + rows] = -np.inf
            # Rounded, so that equal texts tie whatever the arithmetic did to their last bits.
            order = np.argsort(-np.round(near, 5), axis=1, kind="stable")[:, : min(count, size - 1)]
            found += order.tolist()
        return found


def meanings(
    claims: Sequence[Claim], documents: Mapping[str, Document], encoder: Encoder
) -> Meanings:
    """Encode the sentences around the claims and cut the claims' own vectors out."""
    encoded = _encode(claims, documents, encoder)
    parts = _parts(claims, encoded, documents)
    edges = np.concatenate(([0], np.cumsum([len(part.pieces) for part in parts]))).astype(np.int64)
    tokens = np.concatenate([part.vectors for part in parts])
    own, centred = _centred(claims, parts, encoded, documents)
    return Meanings(
        own=own,
        centred=centred,
        tokens=unit(tokens - tokens.mean(axis=0)),
        weights=_weights(parts),
        edges=edges,
    )


def _parts(
    claims: Sequence[Claim],
    encoded: Mapping[Window, Encoded],
    documents: Mapping[str, Document],
) -> list["_Part"]:
    """The claims' word pieces; report by report, as a text's words are cached for a few only."""
    order = sorted(range(len(claims)), key=lambda at: (claims[at].report, at))
    found = {at: _cut(claims[at], encoded, documents) for at in order}
    return [found[at] for at in range(len(claims))]


def next_door(document: Document, sentence: int) -> list[Sentence]:
    """The sentences right before and after one, where they are running text."""
    places = [at for at in (sentence - 1, sentence + 1) if 0 <= at < len(document.sentences)]
    near = [document.sentences[at] for at in places]
    return [other for other in near if other.kind == "sentence"]


def unit(rows: Floats) -> Floats:
    """The rows at length 1; a row of zeros stays one."""
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norm > 0, norm, 1), dtype=np.float32)


def _encode(
    claims: Sequence[Claim], documents: Mapping[str, Document], encoder: Encoder
) -> dict[Window, Encoded]:
    """The encoded sentence of each claim and those next to it."""
    windows = {_window(claim, documents[claim.report]) for claim in claims}
    windows |= {near for claim in claims for near in _near(claim, documents[claim.report])}
    texts = {one: documents[one[0]].text[one[1] : one[2]] for one in windows}
    unlike = sorted(set(texts.values()))  # wire copy is encoded once
    vectors = dict(zip(unlike, encoder.encode(unlike), strict=True))
    return {window: vectors[text] for window, text in texts.items()}


def _window(claim: Claim, document: Document) -> Window:
    """The claim's sentence; of a sentence too long to be encoded only the claim's own part."""
    span = document.sentences[claim.sentence]
    if span.end - span.start <= LONGEST:
        return claim.report, span.start, span.end
    return claim.report, claim.start, min(claim.end, claim.start + LONGEST)


def _near(claim: Claim, document: Document) -> list[Window]:
    near = next_door(document, claim.sentence)
    return [(claim.report, one.start, min(one.end, one.start + LONGEST)) for one in near]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Part:
    """A claim's word pieces with their vectors and what they count beside each other."""

    vectors: Floats
    pieces: Sequence[str]
    shares: Floats

    def mean(self) -> Floats:
        """The claim as one vector."""
        return np.asarray(self.shares @ self.vectors, dtype=np.float32)


def _cut(
    claim: Claim, encoded: Mapping[Window, Encoded], documents: Mapping[str, Document]
) -> _Part:
    """A claim's own word pieces, lower-case; one empty piece if it has none."""
    document = documents[claim.report]
    window = _window(claim, document)
    found = encoded[window]
    offsets = found.offsets + window[1]
    inside = (offsets[:, 0] >= claim.start) & (offsets[:, 1] <= claim.end)
    if not inside.any():
        empty = np.zeros((1, len(found.sentence)), dtype=np.float32)
        return _Part(vectors=empty, pieces=[""], shares=np.ones(1, dtype=np.float32))
    named = _named(claim, document)
    places = offsets[inside].tolist()
    return _Part(
        vectors=found.tokens[inside],
        pieces=[document.text[start:end].lower() for start, end in places],
        shares=np.array([NAME if start in named else 1 for start, _ in places], dtype=np.float32),
    )


def _named(claim: Claim, document: Document) -> set[int]:
    """The places in names: who speaks of a thing tells little about what is said."""
    begin = document.sentences[claim.sentence].start
    return {
        place
        for token in tokens_in(document.text, claim)
        if token.capital and token.start != begin
        for place in range(token.start, token.end)
    }


def _centred(
    claims: Sequence[Claim],
    parts: Sequence[_Part],
    encoded: Mapping[Window, Encoded],
    documents: Mapping[str, Document],
) -> tuple[Floats, Floats]:
    """One vector per claim less the story's mean: of its own pieces, and with a little context."""
    own = unit(np.stack([part.mean() for part in parts]))
    centre = own.mean(axis=0)
    context = np.zeros_like(own)
    for at, claim in enumerate(claims):
        for window in _near(claim, documents[claim.report]):
            context[at] += unit((encoded[window].sentence - centre)[None])[0]
    own = unit(own - centre)
    return own, unit(own + np.float32(CONTEXT) * unit(context))


def _weights(parts: Sequence[_Part]) -> Floats:
    """How much each word piece counts: rare ones most, names less, function words hardly."""
    rarity = terms.rarity([part.pieces for part in parts])
    return np.array(
        [
            share * rarity[piece] if piece.isalnum() and piece not in terms.stopwords() else COMMON
            for part in parts
            for piece, share in zip(part.pieces, part.shares.tolist(), strict=True)
        ],
        dtype=np.float32,
    )
