"""Days named by their place: "the 27th", "the first of January", "the last Monday of the month"."""

from collections.abc import Sequence
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED
from claims.engine.date_names import DAY_PARTS, MONTHS, WEEKDAYS, Context, Found, month, year_at
from claims.engine.numerals import touches, word_at
from claims.engine.tables import table, words
from claims.engine.tokens import Token

_ORDINALS = table("dates")["ordinals"]
_LEADING = ("on", "by", "until", "till", "since", "from", "before", "after", "to")
_MOST_WEEKS = 5


def first_of(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "first of January 2025": a day of a month in words."""
    day = _ORDINALS.get(tokens[at].lower)
    number = MONTHS.get(word_at(tokens, at + 2))
    if not day or not number or word_at(tokens, at + 1) != "of" or not tokens[at + 2].capital:
        return None
    year, end = year_at(tokens, at + 3), at + 4
    if year is None:
        end = at + 3
        if context.today is None:
            return end, UNRESOLVED
        year = cal.announced_year(number, day, context.today, context.direction)
    found = cal.day_of(year, number, day)
    return None if found is None else (end, cal.one_day(found))


def weekday_of(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "first Monday of November", "last Friday in the month"."""
    word = tokens[at].lower
    place = -1 if word == "last" else _ORDINALS.get(word, 0)
    number = WEEKDAYS.get(word_at(tokens, at + 1))
    if number is None or not place or place > _MOST_WEEKS:
        return None
    whole = _month_named(tokens, at + 3, context) if _links(tokens, at + 2) else None
    if whole is None or whole[1].first is None or whole[1].last is None:
        return whole
    end, days = whole
    first, last = whole[1].first, whole[1].last
    if place < 0:
        return end, cal.one_day(cal.weekday(number, last, "past"))
    day = cal.shifted(cal.weekday(number, cal.shifted(first, -1), "future"), 7 * (place - 1))
    return None if days.last is None or day > days.last else (end, cal.one_day(day))


def _links(tokens: Sequence[Token], at: int) -> bool:
    return word_at(tokens, at) in ("of", "in")


def _month_named(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """The month behind "of": by its name, or "the month", "next month"."""
    step = {"the": 0, "this": 0, "next": 1, "last": -1}.get(word_at(tokens, at))
    if step is not None and word_at(tokens, at + 1) == "month":
        today = context.today
        return at + 2, cal.month(today.year, today.month + step) if today else UNRESOLVED
    return month(tokens, at, context) if word_at(tokens, at) in MONTHS else None


def numbered_day(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "on the 27th": that day of the month, the nearest one on the right side of publication."""
    text = tokens[at].text
    if not text.isdecimal() or len(text) > 2 or not touches(tokens, at + 1):
        return None
    if word_at(tokens, at + 1) not in ("st", "nd", "rd", "th"):
        return None
    named = word_at(tokens, at - 1) == "the" and word_at(tokens, at - 2) in _LEADING
    if not named or not _ends(tokens, at + 2):
        return None
    if context.today is None:
        return at + 2, UNRESOLVED
    day = _nearest(int(text), context.today, context)
    return None if day is None else (at + 2, cal.one_day(day))


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a new phrase begins: "on the 27th the club ...", not "on the 27th floor"."""
    if at >= len(tokens) or tokens[at].kind == "mark":
        return at >= len(tokens) or tokens[at].text not in "-–"
    return tokens[at].lower in words("dates", "openers")


def _nearest(number: int, today: date, context: Context) -> date | None:
    around = (cal.month(today.year, today.month + step).first for step in (-2, -1, 0, 1, 2))
    days = (cal.day_of(first.year, first.month, number) for first in around if first)
    found = [day for day in days if day is not None]
    if context.direction == "future":
        found = [day for day in found if day >= today]
    elif context.direction == "past":
        found = [day for day in found if day <= today]
    return min(found, key=lambda day: abs((day - today).days), default=None)


def same_day(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "on the same day", "that morning": the single day that the report named last."""
    part = word_at(tokens, at + 1)
    if part not in ("day", "date", *DAY_PARTS) or context.named is None:
        return None
    same = tokens[at].lower == "same" and word_at(tokens, at - 1) == "the"
    counted = at + 2 < len(tokens) and tokens[at + 2].kind == "number"  # "that night 40 fled"
    ends = counted or _ends(tokens, at + 2)
    if not same and (tokens[at].lower != "that" or not ends):
        return None
    return at + 2, cal.one_day(context.named)
