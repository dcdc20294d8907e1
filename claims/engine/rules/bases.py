"""One number on two bases: a total here and a yearly rate there, percent and percentage points.

A number that comes back word for word with another base is rarely a chance; one of the two reports
has most likely dropped or misread what it is of.
"""

from decimal import Decimal

from claims.engine import figure_kinds, measure_names, normal_form, nouns
from claims.engine.readings import CERTAINTY_CLASS, Claim, Quantity, Severity
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.rules.quantity import different_place, same_class, same_interval
from claims.engine.speakers import Context
from claims.engine.tables import table

CARD = RuleCard(
    name="quantity-bases",
    kind="quantity",
    sentence=(
        "The same number stands in both reports on another base: a total and a rate, a total and "
        "an addition, percent and percentage points, two currencies, or a rise by so much and a "
        "rise to so much."
    ),
    example="“90 million over three years” / “90 million a year”",
)
SMALLEST = Decimal(20)  # below, equal numbers are mostly chance
_SHARES = frozenset(["percent", "percentage point"])
_MOVES = frozenset(table("measured")["moves"]["stems"].split())


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate two claims whose principal figures have one number on two bases; else None."""
    if not a.reading.quantities or not b.reading.quantities or a.report == b.report:
        return None
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    as_rate = _total_as_rate(p, q)
    if p.low is None or not (same_interval(p, q) or as_rate) or p.vague or q.vague:
        return None
    if not same_class(a, b) or CERTAINTY_CLASS[a.reading.certainty] in ("open", "negated"):
        return None
    if different_place(a, b) or measure_names.likeness(p.measured, q.measured) == "different":
        return None
    if p.state != q.state and p.state and q.state or p.whose != q.whose and p.whose and q.whose:
        return None
    if as_rate:
        return CARD.says(a, b, "conflict", arithmetic=as_rate, severity="medium")
    found = _two_bases(a, b)
    if found is None:
        return None
    what, sure = found
    level: Severity = "medium" if sure else "low"
    arithmetic = f"{normal_form.interval(p)} both times: {what}"
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity=level, suggestion=not sure)


def _two_bases(a: Claim, b: Claim) -> tuple[str, bool] | None:
    """The two bases in plain words, and whether one report must be wrong; None for one base."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if {p.unit, q.unit} == _SHARES and p.change == q.change:
        return "one is in percent, the other in percentage points", True
    if p.unit == "percent" == q.unit and p.change != q.change:
        return _by_and_to(a, b)
    if (p.low or 0) < SMALLEST:
        return None
    if p.unit != q.unit:
        return _two_currencies(p, q)
    if p.unit is None or nouns.is_time(p.unit) or p.unit in _SHARES:
        return None
    if (p.per is None) != (q.per is None):
        return _total_and_rate(p, q)
    if {p.role, q.role} == {"total", "addition"} and not p.change and not q.change:
        # Of people to whom something happened, the addition may be all that is known so far.
        return "one is a total, the other comes on top of it", p.state is None
    return None


def _two_currencies(p: Quantity, q: Quantity) -> tuple[str, bool] | None:
    if not (nouns.is_money(p.unit) and nouns.is_money(q.unit)):
        return None
    if any(
        {p.unit, q.unit} <= set(family.split()) for family in table("measured")["families"].values()
    ):
        # "dollars" in a report from Canada
        return None
    return "the currencies differ", True


def _total_and_rate(p: Quantity, q: Quantity) -> tuple[str, bool] | None:
    rate, total = (p, q) if p.per is not None else (q, p)
    if not figure_kinds.is_rate(rate) or rate.per is None or total.role != "total":
        return None
    span = total.over
    if span is None:
        # The other report may only have left out that it is yearly.
        return "one gives it as a rate, the other as it stands", False
    if (span.value, span.unit) == (rate.per.value, rate.per.unit) or rate.over is not None:
        return None
    return "one gives it for the whole time, the other for each part of it", True


def _total_as_rate(p: Quantity, q: Quantity) -> str:
    """The arithmetic of "24 million a year for five years" beside "120 million a year"."""
    for rate, other in ((p, q), (q, p)):
        spread = rate.over is not None and other.over is None and figure_kinds.is_rate(rate)
        if not spread or rate.per != other.per or rate.unit != other.unit:
            continue
        whole = figure_kinds.summed(rate)
        if (whole.low, whole.high) == (other.low, other.high) != (rate.low, rate.high):
            return f"{normal_form.interval(other)} is a rate here and the whole of the time there"
    return ""


def _by_and_to(a: Claim, b: Claim) -> tuple[str, bool] | None:
    """Whether one thing rose by so much here and to so much there."""
    p, q = a.reading, b.reading
    if p.frame is None or q.frame is None or not {p.frame.verb, q.frame.verb} <= _MOVES:
        return None
    names = (p.quantities[0].measured, q.quantities[0].measured)
    if None in names or any(measure_names.tells_change(name) for name in names):
        return None
    return "one changes by so much, the other to so much", True
