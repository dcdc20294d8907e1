"""How a draft's figure stands to one of a report: the same, rounded, around it, or apart.

A figure is compared where the reports' own rule would compare it: one thing counted, of the same
people, in one place and role. What day the draft is written on changes nothing: it stands for what
its sources say, so its figures are held against each report as if both had come out in one hour.
"""

from dataclasses import replace
from decimal import Decimal

from claims.engine import figure_kinds, measure_names, normal_form
from claims.engine.draft_ground import View
from claims.engine.readings import Claim, Quantity
from claims.engine.rules import quantity, subgroups

FLOORS = ("at_least", "more_than")
STANDS = ("same", "finer", "coarser", "around", "within", "apart")
_NEAR = Decimal("0.1")  # of the exact value: no rounding goes further


def comparable(line: Claim, claim: Claim) -> bool:
    """Whether two claims give figures of one thing, so that one can be held against the other."""
    if not line.reading.quantities or not claim.reading.quantities:
        return False
    p, q = figure_kinds.on_one_base(line.reading.quantities[0], claim.reading.quantities[0])
    if quantity.different_question(p, q) or quantity.different_place(line, claim):
        return False
    if p.vague or q.vague or subgroups.differ(line, claim):
        return False
    if p.per and q.per and p.per.value != q.per.value:
        return False
    if claim.reading.certainty in ("unknown", "denied"):
        return False
    return measure_names.likeness(p.measured, q.measured) != "different"


def stands(line: Claim, claim: Claim) -> str:
    """How a report's figure stands to the line's."""
    p, q = figure_kinds.on_one_base(line.reading.quantities[0], claim.reading.quantities[0])
    mine, theirs = normal_form.stated_value(p), normal_form.stated_value(q)
    if quantity.same_interval(p, q) or (mine is not None and mine == theirs):
        return "same"
    if mine is not None and theirs is not None:
        if rounds(p, q):
            return "finer"
        if rounds(q, p):
            return "coarser"
    if not quantity.meets(p, q):
        return "apart"
    return "around" if _lies_in(p, q) else "within"


def _lies_in(p: Quantity, q: Quantity) -> bool:
    """Whether the first interval lies in the second."""
    low = q.low is None or (p.low is not None and p.low >= q.low)
    high = q.high is None or (p.high is not None and p.high <= q.high)
    return low and high


def rounds(plain: Quantity, fine: Quantity) -> bool:
    """Whether the first figure is the second with fewer digits: "nearly 20,000" for 19,843.

    To the nearest step; up or down by a whole one where the word before it says so.
    """
    value, exact = normal_form.stated_value(plain), normal_form.stated_value(fine)
    if value is None or exact is None or fine.low != fine.high or value <= 0 or exact <= 0:
        return False
    short, full = (Decimal(one).normalize().as_tuple() for one in (value, exact))
    if len(short.digits) >= len(full.digits) or value == exact:
        return False
    step = Decimal(1).scaleb(int(short.exponent))
    gap = exact - value
    if abs(gap) > exact * _NEAR:
        return False
    if plain.modifier in FLOORS:
        return 0 < gap < step
    if plain.modifier in ("nearly", "up_to", "less_than"):
        return -step < gap < 0
    return abs(gap) * 2 <= step


def as_told_with(line: Claim, claim: Claim, view: View) -> Claim:
    """The line as if it were of the day of the claim, unless it names days of its own."""
    mine = line.reading.as_of
    if mine is not None and view.written not in (mine.first, mine.last):
        return line
    days = view.context.as_of(claim)
    return replace(line, reading=replace(line.reading, as_of=days))


def stands_in(figure: Quantity, view: View) -> bool:
    """Whether a report has the figure's very words, maybe as a name: "the Tour of Five Lakes"."""
    words = " ".join(figure.of(view.text).split()).casefold()
    return " " in words and any(words in text for text in view.folded)


def is_given(figure: Quantity, view: View) -> bool:
    """Whether a report gives the figure anywhere, in digits or in words, of whatever kind."""
    value = normal_form.stated_value(figure)
    if value is None or value in view.numbers or stands_in(figure, view):
        return True
    return any(value == normal_form.stated_value(one) for one in view.figures)
