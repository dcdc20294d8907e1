"""Readings in the words and signs that a person reads: "≥ 3,000", "about 12,000 soldiers".

Pure formatting: what a figure or a date means was settled by the readers. Nothing here looks at
article text, so evidence built from these words holds none.
"""

from datetime import date
from decimal import Decimal

from claims.engine.calendar_days import shifted
from claims.engine.readings import CERTAINTY_CLASS, AsOf, DateRange, Quantity, Reading

_SIGNS = {"about": "≈ ", "nearly": "≲ ", "at_least": "≥ ", "more_than": "> ", "up_to": "≤ "}
_WORDS = {
    "about": "about ",
    "nearly": "nearly ",
    "at_least": "at least ",
    "more_than": "more than ",
    "up_to": "up to ",
    "less_than": "less than ",
}
_CURRENCY = {"usd": "$", "eur": "€", "gbp": "£"}
_SCALES = (
    (Decimal(10**12), "trillion"),
    (Decimal(10**9), "billion"),
    (Decimal(10**6), "million"),
)


def number(value: Decimal) -> str:
    """A number with thousands separators, large round ones with their scale: "1.4 million"."""
    for scale, name in _SCALES:
        scaled = value / scale
        if abs(value) >= scale and scaled == round(scaled, 2):
            return f"{_plain(scaled)} {name}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stated_value(quantity: Quantity) -> Decimal | None:
    """The figure as the report gives it, before modifiers widened it; None where it is a range."""
    low, high = quantity.low, quantity.high
    if quantity.modifier in ("at_least", "more_than"):
        return low
    if quantity.modifier in ("up_to", "less_than", "nearly"):
        return high
    if low is None or high is None:
        return None
    if quantity.modifier == "about":
        return ((low + high) / 2).normalize()
    return low if low == high else None


def interval(quantity: Quantity) -> str:
    """The interval that rules compare: "11,400 to 12,600", "3,000 or more", "up to 10,000"."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return "any number"
    if high is None:
        assert low is not None  # the case above took both
        return f"more than {number(low)}" if quantity.low_open else f"{number(low)} or more"
    if low is None:
        return f"up to {number(high)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _figure(quantity: Quantity) -> str:
    """The figure without its modifier and unit."""
    value = stated_value(quantity)
    if value is not None:
        return number(value)
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    return interval(quantity)


def short(quantity: Quantity) -> str:
    """A figure for a column's foot: "≥ 3,000", "≈ 12,000", "$50 billion", "5 %"."""
    figure = _figure(quantity)
    if quantity.unit in _CURRENCY:
        figure = _CURRENCY[quantity.unit] + figure
    elif quantity.unit == "percent":
        figure += " %"
    elif quantity.unit and len(quantity.unit) == 3 and quantity.unit in _ISO_CURRENCIES:
        figure += f" {quantity.unit.upper()}"
    if quantity.role == "addition":
        return f"+ {figure}"
    if quantity.per is not None:
        return f"{figure} per {_per(quantity)}"
    return (
        "< " if quantity.modifier == "less_than" else _SIGNS.get(quantity.modifier, "")
    ) + figure


_ISO_CURRENCIES = frozenset(
    [
        "aud",
        "brl",
        "cad",
        "chf",
        "cny",
        "czk",
        "dkk",
        "hkd",
        "huf",
        "idr",
        "inr",
        "jpy",
        "krw",
        "mxn",
        "nok",
        "nzd",
        "pln",
        "rub",
        "sek",
        "sgd",
        "try",
        "uah",
        "zar",
    ]
)


def is_currency(unit: str) -> bool:
    """Whether the unit is money: "usd", "uah"."""
    return unit in _CURRENCY or unit in _ISO_CURRENCIES


def _per(quantity: Quantity) -> str:
    per = quantity.per
    assert per is not None  # only called for ratios
    value = "" if per.value == 1 else number(per.value)
    return " ".join(part for part in (value, noun(per.unit or "", per.value)) if part)


def noun(unit: str, count: Decimal | None = None) -> str:
    """The counted noun in the number that fits the count: 1 soldier, 2 soldiers."""
    if not unit or count == 1:
        return unit
    return _IRREGULAR.get(unit) or _regular_plural(unit)


_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "aircraft": "aircraft",
    "staff": "staff",
    "percent": "percent",
    "police": "police",
    "foot": "feet",
}


def _regular_plural(unit: str) -> str:
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return unit[:-1] + "ies"
    if unit.endswith(("s", "x", "ch", "sh")):
        return unit + "es"
    return unit + "s"


def worded(quantity: Quantity) -> str:
    """A figure in words for a sentence: "at least 3,000 soldiers", "about $50 billion"."""
    figure = _figure(quantity)
    unit = quantity.unit or ""
    if unit in _CURRENCY:
        text = _CURRENCY[unit] + figure
    elif unit in _ISO_CURRENCIES:
        text = f"{figure} {unit.upper()}"
    else:
        counted = (figure, noun(unit, stated_value(quantity)), quantity.state or "")
        text = " ".join(part for part in counted if part)
    if quantity.per is not None:
        text += f" per {_per(quantity)}"
    if quantity.over is not None:
        length = quantity.over.value
        text += f" over {number(length)} {noun(quantity.over.unit or '', length)}"
    if quantity.role == "addition":
        text += " more"
    if quantity.change:
        return "by " + _WORDS.get(quantity.modifier, "") + text
    return _WORDS.get(quantity.modifier, "") + text


def derivation(quantity: Quantity) -> str:
    """The arithmetic behind a derived total: "2 × 6,000 = 12,000"; empty for others."""
    value = stated_value(quantity)
    if not quantity.derived or value is None:
        return ""
    return " × ".join(number(factor) for factor in quantity.derived) + f" = {number(value)}"


def day(value: date) -> str:
    """A day in the order newsrooms outside the US use, without the year: "23 Oct"."""
    return f"{value.day} {value:%b}"


def days(span: AsOf | DateRange | None) -> str:
    """A stretch of days: "23 Oct", "23 to 25 Oct", "by 31 Dec", "since 1 Jun"; empty if unknown."""
    if span is None or (span.first is None and span.last is None):
        return ""
    if span.first is None:
        assert span.last is not None  # the case above took both
        return f"by {day(span.last)}"
    if span.last is None:
        return f"since {day(span.first)}"
    if span.first == span.last:
        return day(span.first)
    if whole := _calendar_unit(span.first, span.last):
        return whole
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day} to {day(span.last)}"
    return f"{day(span.first)} to {day(span.last)}"


def _calendar_unit(first: date, last: date) -> str:
    """A whole month or year by its name; empty for other stretches."""
    if first.day != 1 or shifted(last, 1).day != 1 or first.year != last.year:
        return ""
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{first:%B} {first.year}" if first.month == last.month else ""


ACT_WORDS = {
    "confirmed": "confirmed",
    "denied": "denied",
    "dismissed": "dismissed",
    "did_not_deny": "did not deny",
    "neither": "neither confirmed nor denied",
    "declined": "declined to comment",
    "silent": "stayed silent",
}
CERTAINTY_WORDS = {
    "asserted": "stated as fact",
    "attributed": "stated, with its source",
    "hedged": "stated with a hedge",
    "possible": "possible",
    "predicted": "predicted",
    "conditional": "conditional",
    "unknown": "not known",
    "denied": "said not to be so",
    "retracted": "taken back",
}


def stance(reading: Reading) -> str:
    """How sure the report is that it is so: "stated as fact", "predicted", "said not to be so"."""
    stated = CERTAINTY_CLASS[reading.certainty] == "stated"
    negated = stated and reading.frame is not None and reading.frame.negated
    return CERTAINTY_WORDS["denied" if negated else reading.certainty]


def value(reading: Reading) -> str:
    """What stands for a claim in a column's foot: figure, answer, date or certainty."""
    if reading.quantities:
        return short(reading.quantities[0])
    if reading.response is not None:
        return ACT_WORDS[reading.response.act]
    if reading.certainty not in ("asserted", "attributed"):
        return CERTAINTY_WORDS[reading.certainty]
    dated = next((d for d in reading.dates if not d.vague), None)
    return days(dated) if dated else CERTAINTY_WORDS[reading.certainty]
