"""What readings say of two claims beyond their words: the few exceptions to matching by text.

Fields do not carry over from story to story as signals. Answers of one responder and counts of one
kind of people do, for they share few words; and where two figures stand in one stretch of text,
only they can tell whose partner a third is.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.engine.measure_names import likeness
from claims.engine.nouns import is_measure, is_money
from claims.engine.readings import Claim, Response

Pairs = NDArray[np.int64]  # two columns: places of the claims in id order
Values = NDArray[np.float64]

SHARES = ("percent", "percentage point")


def same_responder(one: Response, other: Response) -> bool:
    """Whether two answers come from one body: "the ministry" may be "the interior ministry"."""
    first, second = set(one.actor.split()), set(other.actor.split())
    return first <= second or second <= first


def same_answer(claims: Sequence[Claim], pairs: Pairs) -> Values:
    """1 for each pair of answers of one responder, else 0.

    They mostly answer the one question of the day, in words that have little in common.
    """
    answers = [claim.reading.response for claim in claims]
    return np.array(
        [
            float(first is not None and second is not None and same_responder(first, second))
            for one, other in pairs.tolist()
            for first, second in ((answers[one], answers[other]),)
        ]
    )


def same_count(claims: Sequence[Claim], pairs: Pairs) -> Values:
    """1 for each pair of reports that count in total one kind of people, else 0.

    One kind: the same noun with what happened to them ("people killed") or whose they are
    ("Norway's soldiers"). "Fourteen died" and "the toll stands at 31" share few words, yet a story
    has one toll. A noun alone does not tell.
    """
    kinds = [_kind(claim) for claim in claims]
    return np.array(
        [
            float(
                kinds[one] is not None
                and kinds[one] == kinds[other]
                and claims[one].report != claims[other].report
            )
            for one, other in pairs.tolist()
        ]
    )


def same_measure(claims: Sequence[Claim], pairs: Pairs) -> Values:
    """1 for each pair of reports that give a total of one thing in one currency or in percent.

    "Revenue came in at 1.84 billion" and "sales of 1,842 million" share few words, yet a story has
    one turnover. Names of which only one says which sort ("net debt", "debt") do not count.
    """
    named = [_measure(claim) for claim in claims]
    return np.array(
        [
            float(
                first is not None
                and second is not None
                and first[:2] == second[:2]
                and likeness(first[2], second[2]) == "same"
                and claims[one].report != claims[other].report
            )
            for one, other in pairs.tolist()
            for first, second in ((named[one], named[other]),)
        ]
    )


def _measure(claim: Claim) -> tuple[str, bool, str] | None:
    """The unit of the claim's principal sum or share, whether it is a change, and what it is of."""
    figure = next(iter(claim.reading.quantities), None)
    if figure is None or figure.measured is None or figure.unit is None or figure.role == "part":
        return None
    share = figure.unit in SHARES
    if not (share or is_money(figure.unit)):
        return None
    return figure.unit, figure.change, figure.measured


def _kind(claim: Claim) -> tuple[str | None, ...] | None:
    """What the claim's principal figure counts in total, where more than a noun tells it."""
    figure = next(iter(claim.reading.quantities), None)
    if figure is None or figure.role != "total" or not (figure.state or figure.whose):
        return None
    return figure.unit, figure.state, figure.whose


def other_kind(claims: Sequence[Claim], pairs: Pairs) -> Values:
    """-1 for each pair of figures of two sorts (money, a share, one of the measures, a count).

    A distance seldom answers what a sum of money does. How high the figures are plays no part.
    """
    kinds = [_sort(claim) for claim in claims]
    return np.array(
        [
            -float(None not in (kinds[one], kinds[other]) and kinds[one] != kinds[other])
            for one, other in pairs.tolist()
        ]
    )


def _sort(claim: Claim) -> str | None:
    """Money, a share, one of the measures or a count; None without a figure or its unit."""
    figure = next(iter(claim.reading.quantities), None)
    if figure is None or figure.unit is None:
        return None
    if is_money(figure.unit):
        return "money"
    if figure.unit in SHARES:
        return "share"
    return figure.unit if is_measure(figure.unit) else "count"


def other_value(claims: Sequence[Claim], pairs: Pairs) -> Values:
    """-1 for each pair of values that count different things, where the text cannot tell, else 0.

    Two figures in one stretch of text make two claims of the same words: only their values say
    which of them is the partner of a third.
    """
    crowded = _crowded(claims)
    units = [one.reading.quantities[0].unit if one.reading.quantities else "" for one in claims]
    return np.array(
        [
            -1.0
            if (one in crowded or other in crowded)
            and None not in (units[one], units[other])
            and units[one] != units[other]
            else 0.0
            for one, other in pairs.tolist()
        ]
    )


def _crowded(claims: Sequence[Claim]) -> set[int]:
    """The claims that overlap with another claim of their report."""
    order = sorted(range(len(claims)), key=lambda at: (claims[at].report, claims[at].start, at))
    found: set[int] = set()
    widest = order[0]
    for at in order[1:]:
        if claims[at].report != claims[widest].report:
            widest = at
            continue
        if claims[at].start < claims[widest].end:
            found |= {at, widest}
        if claims[at].end > claims[widest].end:
            widest = at
    return found


KINSHIPS: Mapping[str, Callable[[Sequence[Claim], Pairs], Values]] = {
    "same_answer": same_answer,
    "same_count": same_count,
    "same_measure": same_measure,
    "other_kind": other_kind,
    "other_value": other_value,
}
