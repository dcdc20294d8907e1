"""Values that a report itself sets aside: what a figure was before, and what it is said not to be.

"The toll rose to 61 from 48"; "1,842m, against 1,851m a year earlier"; "640, not 460 as reported".
They are read, because an editor compares them as well, but never held against a current value.
"""

from collections.abc import Sequence
from itertools import pairwise

from claims.engine.figures import CHANGED, Figure, after_from
from claims.engine.numerals import word_at
from claims.engine.tokens import Token

_YEAR_BEFORE = {
    (unit, step)
    for unit in ("year", "quarter", "month", "week", "day")
    for step in ("earlier", "ago", "before")
} | {("year", "previously"), ("year-earlier", "period")}
_CHANGE_REACH = 16
_PEAK_REACH = 8
_AIM_REACH = 9
_OWNERS = ("the", "its", "their")
_PEAKS = frozenset(["peak", "height", "worst", "busiest"])
_EARLIER = frozenset(["earlier", "previously", "originally", "initially", "once", "first"])
# "learned from three people": they told it
_HEARING = frozenset("learn learned learnt hear heard receive received gather gathered".split())
_GIVEN_UP = frozenset("earlier previous original".split())
_TALLIES = frozenset("figure count estimate number toll tally total forecast".split())
_AIMING = frozenset(
    "aimed planned expected forecast forecasted predicted targeted hoped budgeted".split()
)


def _is_peak(tokens: Sequence[Token], end: int) -> bool:
    """Whether it was so at the worst: "90,000 homes without power at the peak"."""
    for place in range(end, min(end + _PEAK_REACH, len(tokens))):
        if tokens[place].kind != "word":
            return False
        if tokens[place].lower == "at" and word_at(tokens, place + 1) in _OWNERS:
            return word_at(tokens, place + 2) in _PEAKS
    return False


def _is_led_by_peak(tokens: Sequence[Token], begin: int) -> bool:
    """Whether a peak stands right in front: "At the peak 688 people were at work"."""
    at = begin - 1 - (word_at(tokens, begin - 1) == ",")
    lead = [word_at(tokens, at - 2), word_at(tokens, at - 1)]
    return word_at(tokens, at) in _PEAKS and lead[0] == "at" and lead[1] in _OWNERS


def _was_aim(tokens: Sequence[Token], begin: int) -> bool:
    """Whether it is what was aimed for before: "had earlier aimed for 450 million"."""
    ahead = [token.lower for token in tokens[max(0, begin - _AIM_REACH) : begin]]
    aims = [at for at, word in enumerate(ahead) if word in _AIMING]
    if not aims:
        return False
    return bool(_EARLIER.intersection(ahead[: aims[-1]])) and "had" in ahead[: aims[-1]]


def _is_given_up(tokens: Sequence[Token], of: int) -> bool:
    """Whether it is "an earlier figure of 64.3", "its previous estimate of 40"."""
    return word_at(tokens, of - 1) in _TALLIES and word_at(tokens, of - 2) in _GIVEN_UP


def is_former(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the figure is an old value ("from 20 to 30") or a rejected one ("not 53")."""
    place = figure.begin - 1
    before = word_at(tokens, place)
    if before in ("against", "from", "with", "than", "to"):
        after = [word_at(tokens, figure.end + step) for step in range(4)]
        if any(pair in _YEAR_BEFORE for pair in pairwise(after)):
            return True
    if before in ("with", "to") and word_at(tokens, place - 1) == "compared":
        return True
    if before == "not":
        return not figure.cues
    if before == "of" and _is_given_up(tokens, place):
        return True
    if _is_peak(tokens, figure.end) or _is_led_by_peak(tokens, figure.begin):
        return True
    if _was_aim(tokens, figure.begin):
        return True
    start = after_from(tokens, figure.begin)
    if start is None or word_at(tokens, start - 1) in _HEARING:
        return False
    near = {word_at(tokens, start - step) for step in range(1, _CHANGE_REACH)}
    return bool(near & CHANGED)
