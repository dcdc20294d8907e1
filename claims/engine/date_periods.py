"""Periods told from the day of publication: "last week", "two years ago", "the past three days"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days
from claims.engine.date_names import DAY_PARTS, MONTHS, WEEKDAYS, Context, Found
from claims.engine.numerals import numeral_at, word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

SEASONS = table("dates")["seasons"]
PERIODS = ("day", "week", "month", "year", "quarter", "weekend", "decade", "century")


def relative(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "last week", "this month", "next Tuesday", "the past three days", "last October"."""
    word = tokens[at].lower
    step = {"last": 1, "past": 1, "previous": 1, "recent": 1, "next": -1, "coming": -1}.get(word, 0)
    place = at + 1
    named = word_at(tokens, place)
    today = context.today
    if word in ("last", "past", "next", "coming", "recent", "previous"):
        span = _running(tokens, at, context, step)
        if span is not None:
            return span
    if word in ("past", "recent", "coming"):
        return None
    if named == "night" and word == "last":
        return place + 1, cal.one_day(cal.shifted(today, -1)) if today else UNRESOLVED
    if named in DAY_PARTS and word == "this":
        return place + 1, cal.one_day(today) if today else UNRESOLVED
    if named in PERIODS[1:]:
        return place + 1, period(today, named, step, context) if today else UNRESOLVED
    if named in WEEKDAYS:
        end = place + 2 if word_at(tokens, place + 1) in DAY_PARTS else place + 1
        return end, _stepped_weekday(today, WEEKDAYS[named], step, context) if today else UNRESOLVED
    if named in MONTHS and tokens[place].capital:
        return place + 1, _stepped_month(
            today, MONTHS[named], step, context
        ) if today else UNRESOLVED
    if named in SEASONS:
        return place + 1, season_near(today, named, step, context) if today else UNRESOLVED
    return None


def _running(tokens: Sequence[Token], at: int, context: Context, step: int) -> Found | None:
    """ "the past three days", "the next few weeks", "the past week", "the coming weeks"."""
    word = tokens[at].lower
    count, place = _count(tokens, at + 1)
    unit = word_at(tokens, place)
    if unit == "hours" and count is not None and count[0] % 24 == 0 and count[0] > 0:
        return place + 1, _hours(context, step, count[0])
    if unit.removesuffix("s") not in ("day", "week", "month", "year", "decade"):
        return None
    plural = unit.endswith("s")
    if count is None and not plural and word not in ("past", "coming"):
        return None
    if context.today is None:
        return place + 1, UNRESOLVED
    if count is None and plural:
        edge = context.today
        days = Days(first=None, last=edge, vague=True)
        return place + 1, days if step > 0 else Days(first=edge, last=None, vague=True)
    size = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[unit.removesuffix("s")]
    low, high = count or (1, 1)
    reach = cal.shifted(context.today, -step * size * high)
    ends = (reach, context.today) if step > 0 else (context.today, reach)
    return place + 1, Days(first=ends[0], last=ends[1], vague=low != high)


def _hours(context: Context, step: int, count: int) -> Days:
    """ "The past 24 hours": so many whole days up to publication, or from it on."""
    if context.today is None:
        return UNRESOLVED
    reach = cal.shifted(context.today, -step * count // 24)
    ends = (reach, context.today) if step > 0 else (context.today, reach)
    return Days(first=ends[0], last=ends[1])


def ago(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "two weeks ago", "a year ago", "several days ago"."""
    count, place = _count(tokens, at)
    if count is None:
        return None
    unit = word_at(tokens, place).removesuffix("s")
    if (
        unit not in ("day", "week", "month", "year", "decade", "fortnight")
        or word_at(tokens, place + 1) != "ago"
    ):
        return None
    if context.today is None:
        return place + 2, UNRESOLVED
    low, high = count
    if low == high and (day := _anniversary(tokens, place + 2, context.today, unit, low)):
        return day
    near, far = back(context.today, unit, low), back(context.today, unit, high)
    return place + 2, Days(first=far.first, last=near.last, vague=low != high)


def _anniversary(
    tokens: Sequence[Token], at: int, today: date, unit: str, count: int
) -> Found | None:
    """ "a year ago on Friday", "two weeks ago on Monday": one day, counted from the weekday."""
    number = WEEKDAYS.get(word_at(tokens, at + 1))
    if number is None or word_at(tokens, at) != "on" or unit not in ("week", "year"):
        return None
    day = cal.weekday(number, today, "near")
    then = cal.shifted(day, -7 * count) if unit == "week" else None
    then = then or cal.day_of(day.year - count, day.month, day.day)
    return None if then is None else (at + 2, cal.one_day(then))


def ahead(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "in two weeks", "in ten years' time": so far from publication, if the clause looks ahead."""
    count, place = _count(tokens, at)
    if count is None or word_at(tokens, at - 1) != "in":
        return None
    unit = word_at(tokens, place).removesuffix("s")
    timed = word_at(tokens, place + 1) == "time" or word_at(tokens, place + 2) == "time"
    if unit not in ("day", "week", "month", "year") or (
        context.direction != "future" and not timed
    ):
        return None
    end = place + 1
    if timed:
        end += 1 + (word_at(tokens, place + 1) != "time")
    if context.today is None:
        return end, UNRESOLVED
    return end, _so_far_ahead(context.today, unit, count)


def _so_far_ahead(today: date, unit: str, count: tuple[int, int]) -> Days:
    """A day for days and weeks; the month or year for longer steps, which nobody counts in days."""
    low, high = count
    if unit in ("day", "week"):
        size = 7 if unit == "week" else 1
        first, last = cal.shifted(today, low * size), cal.shifted(today, high * size)
        return Days(first=first, last=last, vague=low != high)
    near, far = back(today, unit, -low), back(today, unit, -high)
    return Days(first=near.first, last=far.last, vague=low != high)


def _count(tokens: Sequence[Token], at: int) -> tuple[tuple[int, int] | None, int]:
    """A small number of periods and the token after it."""
    found = numeral_at(tokens, at) if 0 <= at < len(tokens) else None
    if found is not None and found.high <= 1000:
        return (int(found.low), int(found.high)), found.end
    if word_at(tokens, at) in ("a", "an"):
        return (1, 1), at + 1
    return None, at


def period(today: date, unit: str, step: int, context: Context) -> Days:
    """ "last", "this" or "next" period; "this week" of a past tense ends today."""
    if unit == "weekend":
        # On a Sunday "last weekend" is the one before; on a Monday it is the one just over.
        ahead = context.direction == "future"
        step = step if step else (0 if ahead or today.weekday() >= 5 else 1)
    days = back(today, unit, step)
    if step or unit == "weekend":
        return days
    if context.direction == "past":
        return replace(days, last=today)
    return replace(days, first=today) if context.direction == "future" else days


def back(today: date, unit: str, count: int) -> Days:
    """The calendar period so many periods before today's; negative counts lie ahead."""
    if unit == "day":
        return cal.one_day(cal.shifted(today, -count))
    if unit == "fortnight":
        return cal.one_day(cal.shifted(today, -14 * count))
    if unit == "week":
        return cal.week_of(cal.shifted(today, -7 * count))
    if unit == "weekend":
        week = cal.week_of(cal.shifted(today, -7 * count))
        return replace(week, first=cal.shifted(week.last, -1)) if week.last else week
    if unit == "month":
        return cal.month(today.year, today.month - count)
    if unit == "quarter":
        return cal.months(today.year, (today.month - 1) // 3 * 3 + 1 - 3 * count, 3)
    if unit == "decade":
        start = today.year // 10 * 10 - 10 * count
        return cal.years(start, start + 9)
    if unit == "century":
        start = today.year // 100 * 100 - 100 * count
        return cal.years(start, start + 99)
    return cal.years(today.year - count, today.year - count)


def _stepped_weekday(today: date, number: int, step: int, context: Context) -> Days:
    if step > 0:
        return cal.one_day(cal.weekday(number, cal.shifted(today, -1), "past"))
    if step < 0:
        return cal.one_day(cal.weekday(number, today, "future"))
    monday = cal.week_of(today).first or today
    return cal.one_day(cal.shifted(monday, number))


def _stepped_month(today: date, number: int, step: int, context: Context) -> Days:
    year = today.year
    if step > 0:
        year -= number >= today.month
    elif step < 0:
        year += number <= today.month
    return cal.month(year, number)


def season_near(today: date, season: str, step: int, context: Context) -> Days:
    """ "last winter" is the latest that has ended, "next" the first that has not begun."""
    choices = [
        cal.months(year, SEASONS[season], 3) for year in range(today.year - 2, today.year + 3)
    ]
    if step > 0:
        ended = [days for days in choices if days.last and days.last < today]
        return ended[-1] if ended else UNRESOLVED
    if step < 0 or context.direction == "future":
        ahead = [days for days in choices if days.first and days.first > today]
        return ahead[0] if ahead else UNRESOLVED
    begun = [days for days in choices if days.first and days.first <= today]
    return begun[-1] if begun else UNRESOLVED
