"""What those counted do or what befalls them, where a phrase tells it: "took part", "walked out".

States of one word ("killed", "arrested") are read in `counts`; these make two counts of one kind
comparable whatever nouns the reports chose.
"""

import functools
from collections.abc import Mapping, Sequence

from claims.engine.numerals import word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_UNITS = table("units")
_BETWEEN = frozenset(_UNITS["states"]["between"].split())
_POSTS = _UNITS["posts"]
_POST_BETWEEN = frozenset(_POSTS["between"].split())
_LEADING = _BETWEEN | frozenset(_UNITS["states"]["before"].split()) | {"numbered", "totalled"}
_REACH = 6
# So many of them act as one, and are those who came.
MANY = 500
_GATHERED: Mapping[str, str] = {
    word: state for state, words in _UNITS["happenings_before"].items() for word in words.split()
}

_DONE: Mapping[str, str] = {
    phrase: state for state, phrases in _UNITS["done_to"].items() for phrase in phrases
}


@functools.cache
def _phrases() -> Mapping[str, Sequence[tuple[Sequence[str], str]]]:
    """The phrases by their first word."""
    found: dict[str, list[tuple[Sequence[str], str]]] = {}
    for state, phrases in _UNITS["happenings"].items():
        for phrase in phrases:
            words = phrase.split()
            found.setdefault(words[0], []).append((words, state))
    return found


def after(tokens: Sequence[Token], at: int) -> str | None:
    """The state that a phrase tells right behind the counted noun, which ends at this token."""
    for place in range(at, min(at + _REACH, len(tokens))):
        for words, state in _phrases().get(tokens[place].lower, ()):
            if all(word_at(tokens, place + step) == word for step, word in enumerate(words)):
                return state
        if tokens[place].lower not in _BETWEEN:
            return None
    return None


def before(tokens: Sequence[Token], begin: int) -> str | None:
    """The state that a gathering in front of the figure tells: "a crowd of", "turnout at"."""
    for place in range(begin - 1, max(-1, begin - _REACH), -1):
        if tokens[place].kind != "word":
            return None
        if tokens[place].lower in _GATHERED:
            return _GATHERED[tokens[place].lower]
        if tokens[place].lower not in _LEADING:
            return None
    return None


def done_to(tokens: Sequence[Token], begin: int) -> str | None:
    """The state that a verb right before the figure tells: "vaccinated 500 children"."""
    for size in (2, 1):
        phrase = " ".join(word_at(tokens, place) for place in range(begin - size, begin))
        if phrase in _DONE:
            return _DONE[phrase]
    return None


def of_noun(noun: str) -> str | None:
    """The state that a noun tells where nothing else does: "participants", "strikers"."""
    return _GATHERED.get(noun) or _GATHERED.get(f"{noun}s")


def of_posts(tokens: Sequence[Token], begin: int, end: int) -> str | None:
    """What is done to jobs: "shed 1,200 jobs", "1,400 posts will disappear"."""
    for steps in (range(begin - 1, begin - _REACH, -1), range(end, end + _REACH)):
        for place in steps:
            word = word_at(tokens, place)
            for state in ("cut", "created"):
                if word in _POSTS[state].split():
                    return state
            if word not in _POST_BETWEEN:
                break
    return None
