"""Figures that need their neighbours to be understood: results of votes, work done, nobody, cents.

A vote of 61 to 38 is one result whose first figure stands for it; how much of a job is done by the
time of telling is no figure to hold against another.
"""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.counts import Count
from claims.engine.figures import CHANGED
from claims.engine.money import SUMS
from claims.engine.names import is_split_vote, votes_near
from claims.engine.nouns import is_money
from claims.engine.numerals import NOTHING, word_at
from claims.engine.tables import table

_DONE = frozenset(table("units")["measured"]["done"].split())
_WORK_REACH = 7
_PAIR_REACH = 4
_OPPOSED = frozenset(["against", "opposed", "opposing", "no"])
_MILLION = 1_000_000
_CENTS = frozenset(["cent", "cents"])
_LINKING = frozenset("were was are is had has have been being now so far already".split())


def drop_nobody(counts: Sequence[Count]) -> None:
    """Make "nobody was hurt" a count of no people; without a state it says nothing to compare."""
    for count in counts:
        word = count.tokens[count.figure.core].lower
        if word not in ("no", "nobody"):
            continue
        if count.state is None:
            count.dropped = word_at(count.tokens, count.figure.core + 1) not in NOTHING
        elif count.unit is None:
            count.unit = "person"


def set_formers(counts: Sequence[Count]) -> None:
    """Give an old value and the new one beside it one unit: "from 14 years to nine", "up from 48".

    Each takes what it lacks from the other; both are of one thing.
    """
    for number, count in enumerate(counts):
        if not count.former:
            continue
        leads = word_at(count.tokens, count.end) == "to"
        beside = number + 1 if leads else number - 1
        other = counts[beside] if 0 <= beside < len(counts) else None
        if other is None or other.former or (count.unit and other.unit):
            continue
        count.unit = count.unit or other.unit
        other.unit = other.unit or count.unit
        count.state, count.whose = count.state or other.state, count.whose or other.whose


def set_results(counts: Sequence[Count]) -> None:
    """Keep the first figure of "178 votes to 165", which stands for the whole result."""
    for number, count in enumerate(counts):
        following = counts[number + 1] if number + 1 < len(counts) else None
        if following is not None and _is_share_result(count, following):
            following.unit = "percent"
        votes = count.unit == "vote" or count.unit is None and votes_near(count.tokens, count.begin)
        if following is not None and _is_result(count, following, votes=votes):
            following.dropped = True
            count.unit = "vote" if votes else count.unit
        elif count.unit is None and is_split_vote(count.tokens, count.figure):
            count.unit = "vote"


def _is_share_result(won: Count, lost: Count) -> bool:
    """Whether it is "50.8 percent to 49.2"."""
    between = [token.lower for token in won.tokens[won.end : lost.begin]]
    moved = word_at(won.tokens, won.begin - 1) in CHANGED
    return won.unit == "percent" and lost.unit is None and between == ["to"] and not moved


def _is_result(won: Count, lost: Count, *, votes: bool) -> bool:
    """Whether the second figure is the lesser side: "61 to 38", "by three goals to one"."""
    between = [token.lower for token in won.tokens[won.end : lost.begin]]
    if won.figure.value < lost.figure.value or not between or len(between) > _PAIR_REACH:
        return False
    if lost.unit not in (None, won.unit, "vote"):
        return False
    if votes and word_at(lost.tokens, lost.end) in _OPPOSED and lost.unit in (None, "vote"):
        return True
    before = [word_at(won.tokens, won.begin - step) for step in (1, 2)]
    if between[-1] != "to" or CHANGED.intersection(before):
        return False
    return votes or between == ["to"] and before[0] == "by" and won.countable


def set_work_done(counts: Sequence[Count]) -> None:
    """Mark shares of a job done so far: "with 90 percent of ballots counted".

    They rise from hour to hour, so they are parts and vague: no two of them are a conflict.
    """
    for count in counts:
        if count.unit == "percent" and _is_of_work(count):
            count.role = "part"
            count.figure = replace(count.figure, vague=True)


def _is_of_work(count: Count) -> bool:
    tokens, at = count.tokens, count.end
    of = word_at(tokens, at) == "of"
    for place in range(at, min(at + _WORK_REACH, len(tokens))):
        word = tokens[place].lower
        if word in _DONE:
            return True
        if tokens[place].kind != "word" or not (of or word in _LINKING):
            return False
    return False


def set_cents(counts: Sequence[Count]) -> None:
    """Make bare cents those of the euro where the report has euros and no dollars."""
    cents = [count for count in counts if count.unit == "usd" and _is_in_cents(count)]
    others = {count.unit for count in counts if count not in cents}
    if "eur" in others and "usd" not in others:
        for count in cents:
            count.unit = "eur"


def set_currency(counts: Sequence[Count]) -> None:
    """Give sums without a currency the one that the report speaks of.

    "Two hundred million for the bridge", "costs of 310,000"; also "is worth 350 million" where
    every other figure of that size is money.
    """
    known = {count.unit for count in counts if is_money(count.unit)}
    if len(known) != 1:
        return
    large = [one for one in counts if one.figure.scaled and one.figure.value >= _MILLION]
    others = {one.unit for one in large} - {None} - known
    for number, count in enumerate(counts):
        if count.unit is not None or count.noun.partitive:
            continue
        last = counts[number - 1] if number else None
        before = [word_at(count.tokens, count.begin - step) for step in (1, 2)]
        named = before[0] in ("of", "at", "by", "to") and before[1] in SUMS
        big = count.figure.scaled and count.figure.value >= _MILLION
        # "from 49 dollars to 210"
        goes_on = last is not None and is_money(last.unit) and last.sentence == count.sentence
        moved = goes_on and before[0] == "to" and before[1] in CHANGED
        if named or moved or big and (not others or word_at(count.tokens, count.end) == "for"):
            count.unit = next(iter(known))


def _is_in_cents(count: Count) -> bool:
    written = count.tokens[count.figure.core : count.figure.end]
    return any(token.lower in _CENTS for token in written)
