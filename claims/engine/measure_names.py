"""Whether two names of what was measured may mean one thing: "sales" and "quarterly revenue".

Heads are compared by their meaning, then the words that qualify them: more of them on one side
narrow it down, different ones on either side make two things.
"""

import functools
from collections.abc import Mapping
from typing import Literal

from claims.engine.tables import table

Likeness = Literal["same", "near", "different"]
_LIGHT = frozenset(table("measured")["light"]["words"].split())
# Words in front of a name that only tell for how long.
PERIODS = frozenset("quarterly annual monthly weekly yearly half-year full-year nine-month".split())
_TELLING = frozenset(table("measured")["telling"]["words"].split())


@functools.cache
def _meaning() -> Mapping[str, str]:
    same = table("measured")["same"]
    return {other: name for name, others in same.items() for other in others.split()}


def likeness(one: str | None, other: str | None) -> Likeness:
    """How like two names are: "same", "near" where only one says which sort, or "different".

    A missing name is near any other. "Net debt" is near "debt" and differs from "gross debt".
    """
    if one is None or other is None:
        return "near"
    (head, first), (tail, second) = _parts(one), _parts(other)
    if head != tail:
        return "different"
    if first == second:
        return "same"
    if not (first <= second or second <= first):
        return "different"
    return "near" if (first ^ second) & _TELLING else "same"


def meaning(name: str) -> str:
    """What the head of a name means: "sales" and "turnover" are revenue."""
    return _parts(name)[0]


def _parts(name: str) -> tuple[str, frozenset[str]]:
    """The head by its meaning, and the words before it that say which sort."""
    *before, head = name.split()
    return _meaning().get(head, head), frozenset(before) - _LIGHT


def tells_change(name: str | None) -> bool:
    """Whether the name itself is of a change: "inflation", "a wage rise"."""
    return name is not None and name.rsplit(" ", 1)[-1] in _changes()


def _changes() -> frozenset[str]:
    return frozenset(table("measured")["changes"]["words"].split())
