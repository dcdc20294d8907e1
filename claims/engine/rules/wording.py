"""What the words of two claims have in common, for rules that the verb alone does not decide.

Rules see readings; of the claim's own words they see stems only. Figures are no stems, so what is
compared never decides whether two claims are about one thing.
"""

import functools
import itertools
from collections.abc import Collection

from claims.engine import terms
from claims.engine.readings import Claim
from claims.engine.tables import words
from claims.engine.tokens import tokenize

LISTED = 6  # stems that stand for a longer stretch
ALIKE = 0.75  # with less in common, a "not" may be about something else
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


def parted(text: str, cues: Collection[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    """The stems on both sides of the first cue that stands inside a text; None where none does.

    The words of a cue are joined by hyphens: "because-of". The longest that fits is taken.
    """
    return _parted(text, frozenset(cues))


@functools.lru_cache(maxsize=8192)
def _parted(text: str, cues: frozenset[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    tokens = tokenize(text)
    for at in range(1, len(tokens) - 1):
        for length in (4, 3, 2, 1):
            if "-".join(token.lower for token in tokens[at : at + length]) in cues:
                left = frozenset(terms.stems(tokens[:at]))
                right = frozenset(terms.stems(tokens[at + length :]))
                return (left, right) if left and right else None
    return None


@functools.lru_cache(maxsize=8192)
def runs(text: str) -> frozenset[str]:
    """The words of a text and its runs of two to four words joined by hyphens, in lower case."""
    low = [token.lower for token in tokenize(text) if token.kind == "word"]
    return frozenset(
        "-".join(low[at : at + size]) for size in (1, 2, 3, 4) for at in range(len(low) - size + 1)
    )


def other_in_order(a: Claim, b: Claim) -> bool:
    """Whether one tells of the first thing and the other of the second: two things, not one."""
    one, other = _counted(a.exact), _counted(b.exact)
    return bool(one and other) and one != other


@functools.lru_cache(maxsize=8192)
def _counted(text: str) -> frozenset[str]:
    """The words that count a thing of a row, those of days and times left out."""
    tokens = tokenize(text)
    return frozenset(
        token.lower
        for token, following in itertools.pairwise(tokens)
        if token.lower in words("relating", "counting")
        and not following.lower.endswith(("day", "time", "week", "month", "half", "quarter"))
    )


@functools.lru_cache(maxsize=8192)
def negations(text: str) -> int:
    """How many words of a text turn a statement into its opposite."""
    return sum(token.lower in words("relating", "negating") for token in tokenize(text))


def listed(stems: Collection[str]) -> str:
    """Stems as a short normal form, so that evidence holds no text of a report."""
    return ", ".join(sorted(stems)[:LISTED])
