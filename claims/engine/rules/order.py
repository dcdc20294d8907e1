"""The order of two events: "gas was fired before a stone flew" against "after stones were thrown".

Both claims name the same two events with a word of time between them, and put them the other way
round. A suggestion, for words show what an event is only in part.
"""

import functools

from claims.engine import tables
from claims.engine.readings import Claim
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="event-order",
    kind="description",
    sentence="Two claims name the same two events, and each puts another one of them first.",
    example="“The alarm rang before the doors closed” / “The alarm rang after the doors closed”",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the order of two events; None unless both claims tell one, of the same two events."""
    one, other = _ordered(a.exact), _ordered(b.exact)
    if one is None or other is None:
        return None
    same = bool(one[0] & other[0]) and bool(one[1] & other[1])
    turned = bool(one[0] & other[1]) and bool(one[1] & other[0])
    if not turned or same:
        return None
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic="what comes first in one comes second in the other",
        severity="medium",
        suggestion=True,
        values=(_first(one), _first(other)),
    )


@functools.lru_cache(maxsize=8192)
def _ordered(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The stems of the earlier and of the later event; None where no word of time parts two."""
    for name, turned in (("before", False), ("after", True)):
        found = wording.parted(text, tables.words("relating", name))
        if found is not None:
            return found[::-1] if turned else found
    return None


def _first(events: tuple[frozenset[str], frozenset[str]]) -> str:
    return f"first: {wording.listed(events[0])}"
