"""What kind of figure stands beside which: sums and rates on one base, slips of the pen.

"120 million over five years" and "24 million a year" are one figure; "1.84 billion" and "1.48
billion" are most likely one that somebody copied wrongly.
"""

from dataclasses import replace
from decimal import Decimal

from claims.engine import nouns, sizes
from claims.engine.readings import Quantity

# So many figures must be given for another order of them to be no chance.
_DIGITS = 3
_ROUND = 2


def on_one_base(p: Quantity, q: Quantity) -> tuple[Quantity, Quantity]:
    """The two figures on one base, where they have one; else as they are.

    Both are totals where one is a rate and the time to sum it over is known, both percentages where
    one is "nine in ten", both in the smaller of two units: hours beside days, metres beside feet.
    """
    if (p.per is None) != (q.per is None):
        p, q = _as_total(p, q), _as_total(q, p)
        return _as_share(p, q), _as_share(q, p)
    return sizes.in_one_unit(p, q)


def _as_share(share: Quantity, other: Quantity) -> Quantity:
    """ "Nine trains in ten" in percent beside a percentage."""
    per = share.per
    if per is None or per.value <= 1 or share.unit != per.unit or other.unit != "percent":
        return share
    factor = Decimal(100) / per.value
    return replace(
        share,
        low=None if share.low is None else share.low * factor,
        high=None if share.high is None else share.high * factor,
        unit="percent",
        measured=share.unit,
        role="total",
        per=None,
    )


def _as_total(rate: Quantity, total: Quantity) -> Quantity:
    """A rate summed over its own stretch, or over that of the total beside it."""
    over = rate.over or total.over
    if rate.per is None or over is None or not is_rate(rate) or rate.per.unit != over.unit:
        return rate
    times = over.value / rate.per.value
    return replace(
        rate,
        low=None if rate.low is None else rate.low * times,
        high=None if rate.high is None else rate.high * times,
        role="total",
        per=None,
        over=over,
    )


def summed(rate: Quantity) -> Quantity:
    """A rate summed over its own stretch of time; as it is where it names none."""
    return _as_total(rate, rate)


def is_rate(figure: Quantity) -> bool:
    """Whether it is so much in a length of time: "40 million a year"."""
    return figure.per is not None and nouns.is_time(figure.per.unit)


def is_slip(p: Quantity, q: Quantity) -> bool:
    """Whether two figures have the same digits in another order, or another number of noughts."""
    first, second = (_digits(figure) for figure in (p, q))
    if len(first) < _ROUND or len(second) < _ROUND:
        return False
    if first == second:
        return True
    return len(first) >= _DIGITS and sorted(first) == sorted(second)


def is_swap(p: Quantity, q: Quantity) -> bool:
    """Whether two figures of one size have the same two or more digits in another order."""
    first, second = _digits(p), _digits(q)
    if len(first) < _ROUND or first == second or sorted(first) != sorted(second):
        return False
    return p.low is not None and q.low is not None and p.low.adjusted() == q.low.adjusted()


def is_other_scale(p: Quantity, q: Quantity) -> bool:
    """Whether one says thousands, millions or billions where the other says the next size."""
    if not is_slip(p, q) or not p.low or not q.low:
        return False
    return max(p.low, q.low) / min(p.low, q.low) in (1_000, 1_000_000)


def _digits(figure: Quantity) -> str:
    """The digits of a plain figure without noughts at its ends; empty for ranges and bounds."""
    if figure.low is None or figure.low != figure.high or figure.low <= 0:
        return ""
    return "".join(map(str, Decimal(figure.low).as_tuple().digits)).strip("0")
