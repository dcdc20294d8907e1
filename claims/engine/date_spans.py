"""Stretches told by a length and an end: "the six months to June", "the first week of May".

Each reader takes `name`, which reads the day or period that the stretch is measured by.
"""

from collections.abc import Callable, Sequence
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days
from claims.engine.date_names import Context, Found, year_at
from claims.engine.numerals import numeral_at, touches, word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

Name = Callable[[Sequence[Token], int, Context], Found | None]

_ORDINALS = table("dates")["ordinals"]
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ENDING = ("ending", "ended")
_MEASURED = ("the", "in", "over", "for", "past", "last", "first", "during", "these")
_BEGINNING = ("beginning", "commencing", "starting")
_LAST = ("last", "final", "closing")
_FOUR = ("1", "2", "3", "4")
_MOST = 1000


def span_to(tokens: Sequence[Token], at: int, context: Context, name: Name) -> Found | None:
    """ "(the) week to 12 May", "(the) three months to January", "the year ended 31 March"."""
    found = numeral_at(tokens, at)
    count, place = (int(found.high), found.end) if found and found.high <= _MOST else (1, at)
    unit = word_at(tokens, place).removesuffix("s")
    if unit not in _DAYS and unit not in _MONTHS or not count:
        return None
    join = word_at(tokens, place + 1)
    measured = word_at(tokens, at - 1) in _MEASURED
    if join not in _ENDING and not (join == "to" and measured):
        return None
    end = _end(tokens, place + 2, context, name)
    if end is None or end[1].last is None:
        return end
    return end[0], Days(first=_first(end[1].last, unit, count), last=end[1].last)


def _end(tokens: Sequence[Token], at: int, context: Context, name: Name) -> Found | None:
    """The day or period that closes the stretch; "the end of June" is its last day."""
    at += word_at(tokens, at) == "on"
    place = at + (word_at(tokens, at) == "the")
    closing = word_at(tokens, place) in ("end", "close") and word_at(tokens, place + 1) == "of"
    return name(tokens, place + 2 if closing else at, context)


def _first(last: date, unit: str, count: int) -> date | None:
    if unit in _DAYS:
        return cal.shifted(last, 1 - count * _DAYS[unit])
    after = cal.shifted(last, 1)
    begin = cal.month(after.year, after.month - count * _MONTHS[unit]).first
    return None if begin is None else cal.shifted(begin, after.day - 1)


def week_of(tokens: Sequence[Token], at: int, context: Context, name: Name) -> Found | None:
    """ "(the) week of 12 May", "the week beginning 12 May"."""
    join = word_at(tokens, at + 1)
    if word_at(tokens, at) != "week" or join not in ("of", *_BEGINNING):
        return None
    found = name(tokens, at + 2, context)
    if found is None or found[1].first is None or found[1].first != found[1].last:
        return None
    day = found[1].first
    whole = cal.week_of(day) if join == "of" else Days(first=day, last=cal.shifted(day, 6))
    return found[0], whole


def part_of(tokens: Sequence[Token], at: int, context: Context, name: Name) -> Found | None:
    """ "first two months of 2024", "second week of May", "last day of the year"."""
    word = tokens[at].lower
    number = 1 if word == "opening" else -1 if word in _LAST else _ORDINALS.get(word, 0)
    counts = number in (1, -1) and at + 1 < len(tokens)
    counted = numeral_at(tokens, at + 1) if counts else None
    count, place = (int(counted.high), counted.end) if counted else (1, at + 1)
    unit = word_at(tokens, place).removesuffix("s")
    links = word_at(tokens, place + 1) in ("of", "in")
    if not number or not links or unit not in _DAYS and unit not in _MONTHS or count > _MOST:
        return None
    found = name(tokens, place + 2, context)
    if found is None or found[1].first is None or found[1].last is None:
        return found
    part = _cut(found[1].first, found[1].last, unit, number, count)
    fits = part.first is not None and part.last is not None
    fits = fits and found[1].first <= (part.first or found[1].first)
    return (found[0], part) if fits and (part.last or found[1].last) <= found[1].last else None


def _cut(first: date, last: date, unit: str, number: int, count: int) -> Days:
    """So many units from the beginning, or before the end where the number is negative."""
    if unit in _DAYS:
        size = _DAYS[unit]
        if number < 0:
            return Days(first=cal.shifted(last, 1 - size * count), last=last)
        begin = cal.shifted(first, size * (number - 1))
        return Days(first=begin, last=cal.shifted(begin, size * count - 1))
    size = _MONTHS[unit]
    if number < 0:
        return cal.months(last.year, last.month + 1 - size * count, size * count)
    return cal.months(first.year, first.month + size * (number - 1), size * count)


def coded(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "Q2 2024", "Q4", "H1 2024"."""
    digit = word_at(tokens, at + 1)
    if tokens[at].text not in ("Q", "H") or not touches(tokens, at + 1) or digit not in _FOUR:
        return None
    number, size = int(digit), 3 if tokens[at].text == "Q" else 6
    if size * number > 12:
        return None
    year = year_at(tokens, at + 2)
    if year is not None:
        return at + 3, cal.months(year, (number - 1) * size + 1, size)
    if context.today is None:
        return at + 2, UNRESOLVED
    year = context.today.year
    if context.direction != "future" and (number - 1) * size + 1 > context.today.month:
        year -= 1
    return at + 2, cal.months(year, (number - 1) * size + 1, size)
