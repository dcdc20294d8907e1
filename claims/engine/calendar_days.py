"""Calendar arithmetic: months, weeks, weekdays and parts of them as ranges of days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Direction = Literal["past", "future", "near"]

_ZONES_APART = 2
_ANNOUNCED = 45
_FIRST_YEAR, _LAST_YEAR = 2, 9998


@dataclass(frozen=True, kw_only=True)
class Days:
    """A range of days, both ends inclusive, `None` = open or not known."""

    first: date | None
    last: date | None
    vague: bool = False


UNRESOLVED = Days(first=None, last=None, vague=True)


def one_day(day: date) -> Days:
    """A range of a single day."""
    return Days(first=day, last=day)


def month(year: int, number: int) -> Days:
    """A calendar month; `number` may lie outside 1 to 12 and then counts into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return UNRESOLVED
    return Days(first=date(year, number, 1), last=date(year, number, monthrange(year, number)[1]))


def months(year: int, number: int, count: int) -> Days:
    """So many calendar months from the one given."""
    return Days(first=month(year, number).first, last=month(year, number + count - 1).last)


def years(first: int, last: int) -> Days:
    """Whole calendar years."""
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        return UNRESOLVED
    return Days(first=date(first, 1, 1), last=date(last, 12, 31))


def week_of(day: date) -> Days:
    """The calendar week, Monday to Sunday."""
    return Days(first=shifted(day, -day.weekday()), last=shifted(day, 6 - day.weekday()))


def day_of(year: int, month_number: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month_number, day)
    except ValueError:
        return None


def shifted(day: date, count: int) -> date:
    """The day so many days later; kept inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def third(days: Days, part: str) -> Days:
    """The early, middle or late third of a range: of a year or season in whole months.

    Months part at the 10th and 20th day.
    """
    if days.first is None or days.last is None:
        return days
    span = _months_in(days.first, days.last)
    if span % 3 == 0:
        at = {"early": 0, "mid": 1, "late": 2}[part] * (span // 3)
        return months(days.first.year, days.first.month + at, span // 3)
    size = (days.last - days.first).days + 1
    cut = 10 if 28 <= size <= 31 else -(-size // 3)
    edges = {"early": (0, cut), "mid": (cut, 2 * cut), "late": (2 * cut, size)}
    start, stop = edges[part]
    return Days(
        first=shifted(days.first, start), last=shifted(days.first, max(stop, start + 1) - 1)
    )


def _months_in(first: date, last: date) -> int:
    """How many whole months a range holds; 1 for any that is none."""
    if first.day != 1 or shifted(last, 1).day != 1:
        return 1
    return (last.year - first.year) * 12 + last.month - first.month + 1


def nearest_year(month_number: int, day: int, today: date, direction: Direction) -> int:
    """The year that puts a day of the year on the right side of today, or nearest to it."""
    this = (month_number, day)
    now = (today.month, today.day)
    if direction == "past":
        # A dateline may be a day ahead of publication in another zone.
        ahead = shifted(today, _ZONES_APART)
        return ahead.year if this <= (ahead.month, ahead.day) else ahead.year - 1
    if direction == "future":
        return today.year if this >= now else today.year + 1
    choices = [today.year, today.year - 1, today.year + 1]

    def distance(year: int) -> int:
        found = day_of(year, month_number, min(day, 28))
        return abs((found - today).days) if found else 10**6

    return min(choices, key=distance)


def announced_year(month_number: int, day: int, today: date, direction: Direction) -> int:
    """The year of a day of the year; one a few weeks ahead has been announced.

    "Voted to strike from 16 March", told on 6 March: last year's would be called so.
    """
    year = nearest_year(month_number, day, today, direction)
    ahead = day_of(year + 1, month_number, day)
    return year + (ahead is not None and 0 < (ahead - today).days <= _ANNOUNCED)


def weekday(number: int, today: date, direction: Direction) -> date:
    """The weekday on or before today, today included; in the future the first one after today."""
    back = (today.weekday() - number) % 7
    if direction == "future":
        return shifted(today, 7 - back)
    return shifted(today, -back)
