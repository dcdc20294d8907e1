"""Which side of publication a date lies on, by the nearest verb of its clause that tells."""

from bisect import bisect_left
from collections.abc import Sequence

from claims.engine.calendar_days import Direction
from claims.engine.lexicon import verb_forms
from claims.engine.numerals import word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_FUTURE = frozenset(table("dates")["tense"]["future"].split())
_PAST = frozenset(table("dates")["tense"]["past"].split())
_MODALS = frozenset(["may", "might", "could", "would", "will"])
_COMPARED = 7
_NEED_TO = frozenset(["going", "due", "set"])


def tense_marks(tokens: Sequence[Token]) -> list[tuple[int, Direction]]:
    """Where the clause speaks of the past or of the future."""
    marks: list[tuple[int, Direction]] = []
    for at, token in enumerate(tokens):
        word, following = token.lower, word_at(tokens, at + 1)
        perfect = word in _MODALS and "have" in (following, word_at(tokens, at + 2))
        if perfect and word != "will":
            marks.append((at, "past"))
        elif word in _FUTURE and (word not in _NEED_TO or following == "to"):
            if word != "may" or not token.capital:
                marks.append((at, "future"))
        elif _tells_past(tokens, at):
            marks.append((at, "past"))
    return marks


def _tells_past(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    forms = {form for _, form in verb_forms().get(word, ())}
    told = word in _PAST or "past" in forms and "base" not in forms
    if not told and not (word.endswith("ed") and len(word) > 3):
        return False
    # "will be told", "to be held" tell nothing of the past.
    return word_at(tokens, at - 1) not in ("be", "being") and word_at(tokens, at - 2) != "be"


def _is_known(tokens: Sequence[Token], at: int, before: set[str]) -> bool:
    """Whether the day is over for what is set against it: "four days after Saturday's attack"."""
    owned = word_at(tokens, at + 1) == "'s" and before & {"after", "since", "following"}
    near = [word_at(tokens, at - step) for step in range(1, _COMPARED + 1)]
    stop = next((place for place, word in enumerate(near) if word in ",;.:"), len(near))
    compared = "than" in near[:stop] or "as" in near[:stop] and "at" in near[:stop]
    return bool(owned) or compared and word_at(tokens, at - 1) == "in"


def direction_at(
    tokens: Sequence[Token], at: int, marks: Sequence[tuple[int, Direction]]
) -> Direction:
    """Which side of publication a date at this token lies on, by the nearest verb that tells."""
    if tokens[at].lower in ("until", "till"):
        told = [(place, side) for place, side in marks if place != at]  # "until" looks ahead itself
        # "Until Monday 400 were treated", but "treated until Monday"
        past = told and all(side == "past" and place > at for place, side in told)
        return "past" if past else "future"
    before = {word_at(tokens, at - step) for step in range(4)}
    goes = any(word_at(tokens, at - step) in ("goes", "go", "going") for step in range(5))
    if _is_known(tokens, at, before):
        return "past"
    if before & {"upcoming", "before"} or "ahead" in before and not goes:
        return "near"
    if not marks:
        # "it needs 200 by the weekend" looks ahead, whatever its tense.
        return "future" if tokens[at].lower == "by" else "near"
    place = bisect_left(marks, at, key=lambda mark: mark[0])
    nearest = min(marks[max(0, place - 1) : place + 1], key=lambda mark: abs(mark[0] - at))
    return nearest[1]
