"""The stretch of time that a sum or a count is spread over: "120 million over five years".

With it a sum and a yearly rate can be set against each other; without it they cannot.
"""

from collections.abc import Sequence
from decimal import Decimal

from claims.engine.counts import Count
from claims.engine.nouns import is_time, singular
from claims.engine.numerals import numeral_at, word_at
from claims.engine.readings import Per
from claims.engine.tokens import Token

_REACH = 16
_OVER = frozenset(["over", "during", "across"])
_LEADING = frozenset(
    "the a next coming following past last period space course of about some".split()
)
_STOPS = frozenset(",;:.()")


def set_stretches(counts: Sequence[Count]) -> None:
    """Find the stretch of each figure of a sentence: "over five years", "during a decade"."""
    for number, count in enumerate(counts):
        if count.unit is None or is_time(count.unit):
            continue
        later = (other for other in counts[number + 1 :] if not is_time(other.unit))
        stop = next((other.begin for other in later), len(count.tokens))
        count.over = _stretch(count.tokens, count.end, min(stop, count.end + _REACH))
        following = counts[number + 1] if number + 1 < len(counts) else None
        if count.over is not None and following is not None and is_time(following.unit):
            # The length belongs to the sum.
            following.dropped = True


def _stretch(tokens: Sequence[Token], begin: int, stop: int) -> Per | None:
    for at in range(begin, stop):
        if tokens[at].text in _STOPS:
            return None
        if tokens[at].lower not in _OVER:
            continue
        place = at + 1
        while word_at(tokens, place) in _LEADING and word_at(tokens, place + 1) not in _UNITS:
            place += 1
        return _length(tokens, place)
    return None


def _length(tokens: Sequence[Token], at: int) -> Per | None:
    """ "five years", "a decade"."""
    if at >= len(tokens):
        return None
    found = numeral_at(tokens, at)
    value, end = (found.low, found.end) if found and not found.vague else (Decimal(1), at)
    end += found is None and word_at(tokens, at) in ("a", "one")
    unit = singular(word_at(tokens, end))
    if not is_time(unit) or (found is None and word_at(tokens, end) != unit):
        return None
    return Per(value=value, unit=unit)


_UNITS = frozenset(["year", "decade", "month", "week", "day", "century"])
