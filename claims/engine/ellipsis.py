"""Figures whose noun is left out: "1,500 more had been sent, for a total of 3,000", "two of them".

A figure takes the noun, the owner and, where it is plainly the same count, the state of one that
stands before it, in its sentence or up to two sentences back.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.counts import Count, says_total
from claims.engine.nouns import is_money
from claims.engine.numerals import word_at

_SENTENCES_BACK = 2
_COUNTS_BACK = 24
# A count behind one of these is not what the sentence speaks of.
_PREPOSITIONS = frozenset("in of at for with across from to on by among".split())


def fill_gaps(counts: Sequence[Count]) -> None:
    """Give figures without a noun the noun and owner of the count they speak of.

    "1,500 more had been sent, for a total of 3,000"; "12,000 in all"; "three of them".
    """
    for number, count in enumerate(counts):
        earlier = [
            other
            for other in counts[max(0, number - _COUNTS_BACK) : number][::-1]
            if count.sentence - other.sentence <= _SENTENCES_BACK and not other.dropped
        ]
        if count.unit is None and count.per is not None:
            _take_ratio(count, earlier)
        elif count.unit is None and not count.noun.compound:
            _take_noun(count, earlier)
        elif count.whose is None and count.countable:
            count.whose = _same_owner(count, earlier)


def _take_noun(count: Count, earlier: Sequence[Count]) -> None:
    known = [other for other in earlier if other.countable]
    told = count.role in ("addition", "part") or says_total(count)
    near = [other for other in known if told or count.sentence - other.sentence <= 1]
    whole = [other for other in near if other.role != "part"] or near
    whole = [other for other in whole if not _is_aside(other)] or whole
    if _is_sum(count, earlier):
        count.unit = next(other.unit for other in earlier if is_money(other.unit))
        return
    if count.noun.partitive and whole and not _can_hold(whole[0], count):
        # "up to 12,000 of them" of a kind spoken of, not of a number given.
        count.role = "total"
    if whole:
        count.unit, count.whose = whole[0].unit, whole[0].whose
        if count.state is None and told:
            count.state = whole[0].state
    elif count.state is not None:
        count.unit = "person"


def _take_ratio(count: Count, earlier: Sequence[Count]) -> None:
    """ "One nurse for every nine patients ... one for every seven": the same ratio again."""
    known = next((other for other in earlier if other.per and other.unit), None)
    if known is None and earlier and earlier[0].countable:
        # "1,200 officers, one for every 15 protesters"
        count.unit = earlier[0].unit
    if (
        known is None
        or known.per is None
        or count.per is None
        or known.sentence < count.sentence - 1
    ):
        return
    count.unit = known.unit
    if count.per.unit is None:
        count.per = replace(count.per, unit=known.per.unit)


def _is_aside(count: Count) -> bool:
    """Whether the count stands behind a preposition: "in six countries", "of its five hospitals"."""
    before = [word_at(count.tokens, count.begin - step) for step in (2, 1)]
    possessed = before[1] in ("the", "its", "their", "his", "her", "these", "those")
    return before[0 if possessed else 1] in _PREPOSITIONS


def _is_sum(count: Count, earlier: Sequence[Count]) -> bool:
    """Whether a bare large figure is money like the last figure before it: "112 million euros ... 118 million"."""
    return (
        count.figure.scaled
        and count.role == "total"
        and bool(earlier)
        and is_money(earlier[0].unit)
    )


def _can_hold(whole: Count, part: Count) -> bool:
    """Whether the one figure is large enough for the other to be a part of it."""
    return whole.figure.high is None or part.figure.value <= whole.figure.high


def _same_owner(count: Count, earlier: Sequence[Count]) -> str | None:
    owners = [other.whose for other in earlier if other.unit == count.unit and other.whose]
    return owners[0] if len(set(owners)) == 1 else None
