"""What the words of two claims have in common, for rules that the verb alone does not decide.

Rules see readings; of the claim's own words they see stems only. Figures are no stems, so what is
compared never decides whether two claims are about one thing.
"""

import functools

from claims.engine import terms
from claims.engine.readings import Claim
from claims.engine.tables import words
from claims.engine.tokens import tokenize

CLOSE = 0.5  # share of the shorter claim's stems that both hold: most likely of one matter


@functools.lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry meaning."""
    return frozenset(terms.stems(tokenize(text)))


def shared(a: Claim, b: Claim) -> frozenset[str]:
    """The stems that both claims hold."""
    return content(a.exact) & content(b.exact)


def closeness(a: Claim, b: Claim) -> float:
    """The share of the shorter claim's stems that both hold, from 0 to 1."""
    size = min(len(content(a.exact)), len(content(b.exact)))
    return len(shared(a, b)) / size if size else 0.0


def is_close(a: Claim, b: Claim, least: int = 2) -> bool:
    """Whether two claims share `least` stems and half of what the shorter one says."""
    return len(shared(a, b)) >= least and closeness(a, b) >= CLOSE


def matter(claim: Claim) -> frozenset[str]:
    """What an answer is about: its stems without the responder's and those of answering."""
    answer = claim.reading.response
    names = content(answer.actor) if answer else frozenset()
    return content(claim.exact) - names - _answering()


@functools.cache
def _answering() -> frozenset[str]:
    return frozenset(terms.stem(word) for word in words("answers", "general"))
