"""Other people's cases for sentences, numbers, money and dates: how many the engine reads right.

The data is not part of this repository: `PARALLAX_TESTDATA` names its folder; unset,
`../shared/testdata` beside the checkout is tried. Much of it is in the style of assistants and
chat, and much of what it counts as a number is, in news, part of a name: `docs/quality.md` says
what is out of scope.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from claims.engine import dates, documents, nouns, quantities, sentences
from claims.engine.readings import Block, DateRange, Quantity, Report
from claims.evaluation.scope import out_of_scope

_CENTS = 100
Case = Mapping[str, Any]
DayRange = tuple[date | None, date | None]


@dataclass(frozen=True, kw_only=True)
class SuiteResult:
    """How many of a suite's expected values the engine finds; and of those in the scope of news."""

    name: str
    right: int
    wanted: int
    in_scope_right: int
    in_scope_wanted: int


def data_folder() -> Path:
    """The folder of other people's test data, which may not exist."""
    named = os.environ.get("PARALLAX_TESTDATA", "").strip()
    if named:
        return Path(named)
    return Path(__file__).resolve().parents[3] / "shared" / "testdata"


def measure(name: str, folder: Path) -> SuiteResult:
    """Run one of `SUITES`; raises `FileNotFoundError` where its file is not in the folder."""
    path, judge = SUITES[name]
    # some files begin with a byte order mark
    cases = json.loads((folder / path).read_text(encoding="utf-8-sig"))
    judged = [(right, _in_scope(case)) for case in cases for right in judge(case)]
    return SuiteResult(
        name=name,
        right=sum(right for right, _ in judged),
        wanted=len(judged),
        in_scope_right=sum(right and within for right, within in judged),
        in_scope_wanted=sum(within for _, within in judged),
    )


def _in_scope(case: Case) -> bool:
    text = case.get("Input") or case.get("req") or case.get("text") or ""
    return not out_of_scope(str(text), case)


def _document(text: str, published: date | None = None) -> Any:
    return documents.parse(Report(id="r", source="", title="", published=published, text=text))


def _sentences(case: Case) -> Iterator[bool]:
    text = case["text"]
    block = Block(start=0, end=len(text), kind="quote")
    cut = [" ".join(one.of(text).split()) for one in sentences.split(text, (block,))]
    yield cut == case["sentences"]


def _values(
    case: Case, *, text: str, expected: Callable[[Case], Iterator[Decimal]]
) -> Iterator[bool]:
    read = quantities.read(_document(case[text]))
    for value in expected(case):
        yield any(_holds(one, value) for one in read)


def _holds(figure: Quantity, value: Decimal) -> bool:
    """Whether the figure is this value, a band round it, a bound of it or a factor of it."""
    bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
    middle = sum(bounds, Decimal(0)) / len(bounds) if bounds else Decimal(0)
    if nouns.is_money(figure.unit) and value in (bound * _CENTS for bound in bounds):
        return True  # "34 cents" is 34 there and 0.34 dollars here
    return value in (*bounds, middle, *figure.derived) or abs(middle - value) <= abs(value) / 20


def _resolutions(case: Case) -> Iterator[Decimal]:
    for result in case["Results"]:
        found = _number(str((result.get("Resolution") or {}).get("value", "")))
        if found is not None:
            yield found


def _quantulum(case: Case) -> Iterator[Decimal]:
    for result in case["res"]:
        yield Decimal(str(result["value"]))


def _number(text: str) -> Decimal | None:
    """A value as a suite writes it."""
    cleaned = text.rstrip("%").replace(",", "")
    return Decimal(cleaned) if cleaned.replace(".", "", 1).lstrip("-").isdigit() else None


def _intervals(case: Case) -> Iterator[bool]:
    read = quantities.read(_document(case["Input"]))
    for result in case["Results"]:
        ends = result["Resolution"]["value"].split(",")
        low, high = (_number(end.strip("[]() ")) for end in ends)
        yield any((one.low, one.high) == (low, high) for one in read)


def _dates(case: Case) -> Iterator[bool]:
    moment = (case.get("Context") or {}).get("ReferenceDateTime")
    today = datetime.fromisoformat(moment).date() if moment else None
    read = dates.read(_document(case["Input"], today))
    for result in case["Results"]:
        allowed = set(_expected_days(result))
        if allowed:
            yield any(_fits(one, allowed) for one in read)


def _expected_days(result: Case) -> Iterator[DayRange]:
    """The readings that a date case allows, as ranges."""
    value = result.get("Value") or {}
    choices = [value.get("FutureResolution") or {}, value.get("PastResolution") or {}]
    choices += (result.get("Resolution") or {}).get("values", [])
    for choice in choices:
        single = choice.get("date") or (choice.get("type") == "date" and choice.get("value"))
        first = single or choice.get("startDate") or choice.get("start")
        last = single or choice.get("endDate") or choice.get("end")
        if choice.get("type", "date") in ("date", "daterange") and (first or last):
            yield _day(first), _day(last)


def _day(text: str | None) -> date | None:
    """A day as a suite writes it."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _fits(found: DateRange, allowed: set[DayRange]) -> bool:
    """Whether the range is allowed: their periods leave out the last day, ours hold it."""
    for start, end in allowed:
        gap = (end - found.last).days if end and found.last else int(end is not found.last)
        if start == found.first and gap in (0, 1):
            return True
    return False


_recognized = partial(_values, text="Input", expected=_resolutions)
SUITES: Mapping[str, tuple[str, Callable[[Case], Iterator[bool]]]] = {
    "sentences": ("sentences/golden_rules.json", _sentences),
    "percent": ("recognizers/Number/PercentModel.json", _recognized),
    "currency": ("recognizers/NumberWithUnit/CurrencyModel.json", _recognized),
    "dimension": ("recognizers/NumberWithUnit/DimensionModel.json", _recognized),
    "quantulum3": (
        "quantulum3/quantities.json",
        partial(_values, text="req", expected=_quantulum),
    ),
    "number": ("recognizers/Number/NumberModel.json", _recognized),
    "number range": ("recognizers/Number/NumberRangeModel.json", _intervals),
    "date": ("recognizers/DateTime/DateParser.json", _dates),
    "date period": ("recognizers/DateTime/DatePeriodParser.json", _dates),
    "date and time": ("recognizers/DateTime/DateTimeModel.json", _dates),
}
