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
# "the 640 first reported", "after an initial 15"
_TOLD = frozenset("reported announced given stated published cited issued".split())
_FIRST = _EARLIER | {"wrongly", "mistakenly", "erroneously"} - {"once"}
_AFTER_WHICH = frozenset(["after", "from", "than", "against", "replacing"])
# "had wrongly put it at 9"; of "wrongly jailed nine" the figure is true
_WRONGLY = frozenset("wrongly mistakenly erroneously incorrectly falsely".split())
_NAMING = frozenset("put puts putting report reported stated said announced estimated".split())
_MENDS = frozenset(
    f"{verb}{end}"
    for verb in ("correct", "revis", "amend", "rectify", "withdraw", "retract", "replac")
    for end in ("", "e", "s", "es", "ed", "ing")
) | frozenset(["rectified", "rectifies", "withdrew", "withdrawn"])
_WRONG_REACH = 9
_TOLD_REACH = 2
_INITIAL = _GIVEN_UP | {"initial", "first"}
_DETERMINERS = frozenset("a an the its their his her".split())
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
    """Whether it is "an earlier figure of 64.3", "correcting a toll of 40"; "to a toll of" is new.

    One word may stand between: "its first figure", "the official count".
    """
    if word_at(tokens, of - 1) not in _TALLIES:
        return False
    ahead = [word_at(tokens, of - step) for step in (2, 3, 4)]
    mends = [word in _MENDS for word in ahead]
    led = mends[1] or mends[2] and ahead[1] in _DETERMINERS
    return ahead[0] in _GIVEN_UP or mends[0] or led


def _was_wrong(tokens: Sequence[Token], begin: int) -> bool:
    """Whether it is said to have been told wrongly: "had wrongly put the number at 9"."""
    ahead: list[str] = []
    for token in reversed(tokens[max(0, begin - _WRONG_REACH) : begin]):
        if token.kind != "word":
            break
        ahead.insert(0, token.lower)
    return any(
        (one in _WRONGLY and two in _NAMING) or (one in _NAMING and two in _WRONGLY)
        for one, two in pairwise(ahead)
    )


def _was_told_first(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it was told first: "the 640 first reported", "12, after an initial 15"."""
    behind = [word_at(tokens, figure.end + step) for step in range(_TOLD_REACH + 1)]
    if any(one in _FIRST and two in _TOLD for one, two in pairwise(behind)):
        return word_at(tokens, figure.begin - 1) == "the"
    ahead = [word_at(tokens, figure.begin - step) for step in (1, 2, 3)]
    return ahead[0] in _INITIAL and ahead[1] in _DETERMINERS and ahead[2] in _AFTER_WHICH


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
    if _was_aim(tokens, figure.begin) or _was_wrong(tokens, figure.begin):
        return True
    if _was_told_first(tokens, figure):
        return True
    start = after_from(tokens, figure.begin)
    if start is None or word_at(tokens, start - 1) in _HEARING:
        return False
    near = {word_at(tokens, start - step) for step in range(1, _CHANGE_REACH)}
    return bool(near & (CHANGED | _MENDS))
