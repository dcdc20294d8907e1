"""Claims as weighted word stems, and the inverted index that finds which claims share them.

Figures are no words here: what claims are compared by must not decide whether they meet.
"""

import functools
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import snowballstemmer

from claims.engine.tokens import Token

Row = Mapping[str, float]

LENGTH = 0.6  # exponent of the length correction: 1 would be the cosine, 0 no correction
CHAMPIONS = 200  # claims kept per stem, the heaviest first: bounds the cost of frequent words
_STEMMER = snowballstemmer.stemmer("english")


@functools.cache
def stopwords() -> frozenset[str]:
    """Words that carry no subject of their own."""
    path = Path(__file__).parent / "data" / "stopwords.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in lower case; accents and a possessive ending do not matter."""
    folded = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return str(_STEMMER.stemWord(plain.removesuffix("'s").removesuffix("'")))


def stems(tokens: Sequence[Token]) -> list[str]:
    """The stems of the words that carry meaning, in order; numbers are left out.

    Values are what is compared: equal ones must not be what brings two claims together, or those
    with other values never meet.
    """
    kept = (
        stem(token.text)
        for token in tokens
        if token.kind == "word" and token.lower not in stopwords()
    )
    return [found for found in kept if found]


def rarity(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """How telling each stem is: the logarithm of one over its share of the texts."""
    shares = Counter(word for text in texts for word in set(text))
    return {word: math.log(1 + len(texts) / count) for word, count in shares.items()}


def row(weights: Mapping[str, float], idf: Mapping[str, float]) -> dict[str, float]:
    """One claim's stems with their weight, corrected for length."""
    raw = {
        word: (1 + math.log(weight) if weight > 1 else weight) * idf[word]
        for word, weight in sorted(weights.items())
    }
    norm = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / norm**LENGTH for word, value in raw.items()} if norm else {}


def product(one: Row, other: Row) -> float:
    """The shared weight of two rows."""
    if len(other) < len(one):
        one, other = other, one
    # fsum: the same bits whichever of the two rows comes first
    return math.fsum(value * other[word] for word, value in one.items() if word in other)


def neighbours(rows: Sequence[Row], count: int) -> list[list[int]]:
    """For each row the `count` rows that share most with it, found through an inverted index."""
    postings: dict[str, list[tuple[float, int]]] = {}
    for at, one in enumerate(rows):
        for word, value in one.items():
            postings.setdefault(word, []).append((-value, at))
    index = {}
    for word, entries in postings.items():
        kept = sorted(entries)[:CHAMPIONS]
        index[word] = (np.array([at for _, at in kept]), np.array([-value for value, _ in kept]))
    found = []
    shared = np.zeros(len(rows))
    for at, one in enumerate(rows):
        shared[:] = 0
        for word, value in one.items():
            places, values = index[word]
            shared[places] += value * values
        shared[at] = 0
        order = np.lexsort((np.arange(len(rows)), -shared))[:count]
        found.append([int(other) for other in order if shared[other] > 0])
    return found
