"""Figures that only look like additions or parts: "five died and another nine were injured".

What is added to nothing is the whole, and so are "seven of our soldiers" who were killed: theirs is
the toll, however many soldiers there are.
"""

from collections.abc import Sequence

from claims.engine.counts import Count
from claims.engine.nouns import is_measure
from claims.engine.numerals import word_at
from claims.engine.tables import table

_OWNERS = frozenset("our its their his her my your".split())
_POSTS = table("units")["posts"]
_POST_NOUNS = frozenset("job post position staff".split())
_LOSSES = frozenset(_POSTS["nouns"].split())
_NEAR = 1  # sentences
# Of these a report gives the whole, however far from the others: "a further 43 were injured".
_TOLLS = frozenset({"dead", "injured", "missing", "hospitalised"})


def set_posts_lost(counts: Sequence[Count]) -> None:
    """ "2,900 job cuts" are jobs that are cut."""
    for count in counts:
        of_posts = word_at(count.tokens, count.end - 2).rstrip("s") in _POST_NOUNS
        if count.unit in _LOSSES and (of_posts or count.unit == "redundancy"):
            count.unit, count.state = "job", "cut"


def settle(counts: Sequence[Count]) -> None:
    """Make totals of additions to nothing, and of some of a side's own people with their fate."""
    told: set[str | None] = set()
    for number, count in enumerate(counts):
        if count.role == "part" and count.state and _is_of_own(count):
            count.role = "total"
        if count.role == "addition" and count.state and count.state not in told:
            near = counts[number - 1] if number else None
            beside = near is not None and _is_of_others(near, count)
            if beside or count.state in _TOLLS and told & _TOLLS:
                count.role = "total"
        if not count.former:
            told.add(count.state)


def _is_of_own(count: Count) -> bool:
    """Whether it is "seven of our soldiers", and no number of these is given."""
    begin = count.figure.end
    if word_at(count.tokens, begin) != "of" or word_at(count.tokens, begin + 1) not in _OWNERS:
        return False
    return all(token.kind == "word" for token in count.tokens[begin : count.end])


def _is_of_others(near: Count, count: Count) -> bool:
    """Whether the figure before tells of another fate, so that nothing can be added to it."""
    close = count.sentence - near.sentence <= _NEAR
    return close and near.state not in (None, count.state) and not is_measure(near.unit)
