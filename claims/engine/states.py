"""What has happened to those counted, where one word tells it: "killed 12", "12 were arrested"."""

from collections.abc import Sequence

from claims.engine.nouns import STATE_NOUNS
from claims.engine.numerals import word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_STATES = table("units")["states"]
TOLLS = frozenset(_STATES["tolls"].split())
_STATE_REACH = 5
_MOST_ASIDE = 10
_TOLL_REACH = 16
_REACHING = frozenset(_STATES["reaching"].split())
_BETWEEN_STATE = frozenset(_STATES["between"].split())
_BEFORE_COUNT = frozenset(_STATES["before"].split())


def state_after(tokens: Sequence[Token], at: int) -> str | None:
    """The state told close behind those counted, who end at this token."""
    if word_at(tokens, at) == ",":
        # "70 people, including 20 children, were feared dead"
        ends = range(at + 1, min(at + _MOST_ASIDE, len(tokens)))
        at = next((place + 1 for place in ends if tokens[place].text == ","), at)
    for place in range(at, min(at + _STATE_REACH, len(tokens))):
        word = tokens[place].lower
        if word in STATE_NOUNS and (word != "lives" or word_at(tokens, place - 2) == "lost"):
            other = word_at(tokens, place + 2)
            joined = word_at(tokens, place + 1) in ("or", "and")
            if joined and STATE_NOUNS.get(other) not in (None, STATE_NOUNS[word]):
                return "casualty" if STATE_NOUNS[word] in ("dead", "injured") else STATE_NOUNS[word]
            return STATE_NOUNS[word]
        if word not in _BETWEEN_STATE:
            return None
    return None


def state_before(tokens: Sequence[Token], at: int) -> str | None:
    """The state told close in front of a figure that begins at this token."""
    for step in range(1, _STATE_REACH):
        word = word_at(tokens, at - step)
        if word in TOLLS:
            return "dead"
        state = STATE_NOUNS.get(word)
        of = word_at(tokens, at - step - 1) in ("of", "the")
        if state is not None and (of or word not in ("dead", "died", "missing", "homeless")):
            # "killed 12", but not "people killed, 12 houses"
            return state
        if word not in _BEFORE_COUNT:
            break
    return "dead" if toll_reached(tokens, at) else None


def toll_reached(tokens: Sequence[Token], at: int) -> bool:
    """Whether a toll is said to stand at the figure: "the toll of the quake rose to 9"."""
    if word_at(tokens, at - 1) not in _REACHING:
        return False
    ahead = tokens[max(0, at - _TOLL_REACH) : at]
    return any(token.lower in TOLLS for token in ahead)
