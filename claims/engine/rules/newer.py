"""Why a figure that differs may only be a newer one: told later, mended, or risen since.

A rule that flags figures asks here before it calls two of them a conflict.
"""

from decimal import Decimal

from claims.engine import figure_kinds, normal_form
from claims.engine.readings import CERTAINTY_CLASS, Claim, Quantity
from claims.engine.rules import grounds
from claims.engine.rules.base import figure_changed
from claims.engine.speakers import Context, is_attributed

# What befalls people, of whom more are found as time goes on.
_PILING = frozenset(
    "dead injured missing arrested displaced rescued infected hospitalised casualty".split()
)
# What comes and goes: a later count may be higher or lower.
_PASSING = frozenset("missing hospitalised powerless stranded flooded".split())
# What is never undone: a later count may only be higher.
_LASTING = frozenset("dead injured arrested rescued casualty destroyed".split())
_AREAS = frozenset(["hectare", "acre", "square kilometre", "square mile"])
_MENDING = frozenset(["correct", "revise", "amend", "rectify", "withdraw", "retract"])


def newer(a: Claim, b: Claim, context: Context) -> str:
    """Why one figure is newer than the other, in plain words; empty if that is not to be thought.

    No sum grows a thousandfold in days and keeps its digits.
    """
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if figure_kinds.is_other_scale(p, q):
        return ""
    return (
        _aged(a, b, context)
        or _moved(a, b, context)
        or _mended(a, b, context)
        or _replaced(a, b, context)
    )


def _aged(a: Claim, b: Claim, context: Context) -> str:
    """Why a figure is of another day; empty for what no day changes.

    Results do not age, and no time explains why another source has fewer dead than before.
    """
    timeless = (
        grounds.is_result(a, b) or fallen(a, b, context) and is_piling(a.reading.quantities[0])
    )
    other = a.report != b.report and context.speaker(a) != context.speaker(b)
    if timeless and other and grounds.are_of_one_time(a, b, context):
        return ""
    return figure_changed(a, b, context)


def may_stand(a: Claim, b: Claim, context: Context) -> bool:
    """Whether another value may be more than a newer one, though it was told on another day.

    So it is with two digits swapped, and with two plans of one week for days of their own. One
    speaker's own later figure is always newer.
    """
    if context.speaker(a) == context.speaker(b) or a.report == b.report:
        return False
    if figure_kinds.is_swap(a.reading.quantities[0], b.reading.quantities[0]):
        return True
    return CERTAINTY_CLASS[a.reading.certainty] == "prospective" and context.told_together(a, b)


def is_piling(figure: Quantity) -> bool:
    """Whether it counts people to whom something happened, of whom more are found in time."""
    return figure.state in _PILING


def _moved(a: Claim, b: Claim, context: Context) -> str:
    """Why a count of what comes and goes, or only grows, may have moved on since."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if p.state in _PASSING and p.state == q.state:
        since = _told_since(a, b, context)
        return "a later report has another count of what passes" if since else ""
    grows = p.unit == q.unit and p.unit in _AREAS
    return risen_since(a, b, context) if grows or is_piling(p) and is_piling(q) else ""


def _replaced(a: Claim, b: Claim, context: Context) -> str:
    """Why a figure was replaced: a report that is no older gives it as the value before."""
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None:
        return ""
    for old, new in ((a, b), (b, a)):
        told, moments = old.reading.quantities[0], (first, second) if old is a else (second, first)
        formers = (one for one in new.reading.quantities if one.former and one.unit == told.unit)
        bounds = {(one.low, one.high) for one in formers}
        if moments[0] <= moments[1] and (told.low, told.high) in bounds:
            return "the other report gives it as the figure before"
    return ""


def _mended(a: Claim, b: Claim, context: Context) -> str:
    """Why a figure is no longer held: a later report says that it was corrected."""
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None or first == second:
        return ""
    later = b if first < second else a
    frame = later.reading.frame
    return "the figure was corrected" if frame and frame.verb in _MENDING else ""


def _told_since(a: Claim, b: Claim, context: Context) -> bool:
    """Whether one of two reports is later, and may have the other's source."""
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None or first == second or a.report == b.report:
        return False
    unnamed = not (is_attributed(a) and is_attributed(b))
    return context.speaker(a) == context.speaker(b) or unnamed


def risen_since(a: Claim, b: Claim, context: Context) -> str:
    """Why a later report may only have a newer figure; empty if that is not to be thought.

    It gives more, and the same source or none: it may have the earlier report's. A lower figure
    stays a conflict, for a toll that falls wants an explanation. Counts of people to whom something
    happened do pile up like this; of other figures it is a guess, and makes a suggestion.
    """
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None or not _told_since(a, b, context):
        return ""
    earlier, later = (a, b) if first < second else (b, a)
    p, q = earlier.reading.quantities[0], later.reading.quantities[0]
    more = upper_bound(p) < upper_bound(q)
    return "a later report counts more, and names no other source" if more else ""


def fallen(a: Claim, b: Claim, context: Context) -> str:
    """How a total fell, for people to recompute: "12,300, later 9,200"; empty if none did.

    What befalls people or land only adds up, so a later and lower count wants an explanation.
    """
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None or first == second or a.report == b.report:
        return ""
    earlier, later = (a, b) if first < second else (b, a)
    p, q = earlier.reading.quantities[0], later.reading.quantities[0]
    states = {p.state, q.state}
    adds_up = len(states) == 1 and states <= _LASTING or grounds.are_burnt(a, b)
    if not (adds_up or grounds.are_sums(a, b)) or p.low is None or upper_bound(q) >= p.low:
        return ""
    return f"{normal_form.interval(p)}, later {normal_form.interval(q)}: such a total does not fall"


def upper_bound(figure: Quantity) -> Decimal:
    """The largest value that the figure allows."""
    return figure.high if figure.high is not None else Decimal("Infinity")
