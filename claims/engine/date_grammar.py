"""The expressions that name a day, a week, a month or a year, over tokens.

`expression_at` gives the longest date expression that begins at a token. Nothing here looks further
than a dozen tokens ahead, so the cost stays proportional to the length of the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days, Direction
from claims.engine.date_names import (
    DAY_PARTS,
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Context,
    Found,
    day_month,
    holiday,
    iso,
    month,
    today,
    weekday,
    year_at,
    years,
)
from claims.engine.numerals import numeral_at, word_at
from claims.engine.tables import table
from claims.engine.tokens import Token

_THIRDS = table("dates")["thirds"]
_DEEPEST = 3
_SEASONS = table("dates")["seasons"]
_PERIODS = ("day", "week", "month", "year", "quarter", "weekend", "decade", "century")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


Matcher = Callable[[Sequence[Token], int, Context], Found | None]


def name_at(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """The name of a day or period that begins here, without "by", "since" and the like."""
    if not 0 <= at < len(tokens) or tokens[at].kind == "mark" or context.depth > _DEEPEST:
        return None
    if tokens[at].kind == "number":
        matchers: tuple[Matcher, ...] = (iso, day_month, years, _ago)
    else:
        matchers = _MATCHERS.get(tokens[at].lower, _ANY)
    for matcher in matchers:
        found = matcher(tokens, at, context)
        if found is not None:
            return found
    return None


def _inside(context: Context) -> Context:
    return replace(context, depth=context.depth + 1)


def _ago(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "two weeks ago", "a year ago", "several days ago"."""
    count, place = _count(tokens, at)
    if count is None:
        return None
    unit = word_at(tokens, place).removesuffix("s")
    if (
        unit not in ("day", "week", "month", "year", "decade")
        or word_at(tokens, place + 1) != "ago"
    ):
        return None
    if context.today is None:
        return place + 2, UNRESOLVED
    low, high = count
    near, far = _back(context.today, unit, low), _back(context.today, unit, high)
    return place + 2, Days(first=far.first, last=near.last, vague=low != high)


def _count(tokens: Sequence[Token], at: int) -> tuple[tuple[int, int] | None, int]:
    """A small number of periods and the token after it."""
    found = numeral_at(tokens, at) if 0 <= at < len(tokens) else None
    if found is not None and found.high <= 1000:
        return (int(found.low), int(found.high)), found.end
    if word_at(tokens, at) in ("a", "an"):
        return (1, 1), at + 1
    return None, at


def _back(today: date, unit: str, count: int) -> Days:
    """The calendar period so many periods before today's; negative counts lie ahead."""
    if unit == "day":
        return cal.one_day(cal.shifted(today, -count))
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


def _relative(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
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
    if named in _PERIODS[1:]:
        return place + 1, _period(today, named, step, context) if today else UNRESOLVED
    if named in WEEKDAYS:
        end = place + 2 if word_at(tokens, place + 1) in DAY_PARTS else place + 1
        return end, _stepped_weekday(today, WEEKDAYS[named], step, context) if today else UNRESOLVED
    if named in MONTHS and tokens[place].capital:
        return place + 1, _stepped_month(
            today, MONTHS[named], step, context
        ) if today else UNRESOLVED
    if named in _SEASONS:
        return place + 1, _season_near(today, named, step, context) if today else UNRESOLVED
    return None


def _period(today: date, unit: str, step: int, context: Context) -> Days:
    """ "last", "this" or "next" period; "this week" of a past tense ends today."""
    if unit == "weekend":
        # On a Sunday "last weekend" is the one before; on a Monday it is the one just over.
        ahead = context.direction == "future"
        step = step if step else (0 if ahead or today.weekday() >= 5 else 1)
    days = _back(today, unit, step)
    if step or unit == "weekend":
        return days
    if context.direction == "past":
        return replace(days, last=today)
    return replace(days, first=today) if context.direction == "future" else days


def _stepped_weekday(today: date, number: int, step: int, context: Context) -> Days:
    if step > 0:
        return cal.one_day(cal.weekday(number, cal.shifted(today, -1), "past"))
    if step < 0:
        return cal.one_day(cal.weekday(number, today, "future"))
    monday = cal.week_of(today).first or today
    return (
        cal.one_day(cal.shifted(monday, number))
        if context.direction != "near"
        else cal.one_day(cal.weekday(number, today, "past"))
    )


def _stepped_month(today: date, number: int, step: int, context: Context) -> Days:
    year = today.year
    if step > 0:
        year -= number >= today.month
    elif step < 0:
        year += number <= today.month
    return cal.month(year, number)


def _season_near(today: date, season: str, step: int, context: Context) -> Days:
    """ "last winter" is the latest that has ended, "next" the first that has not begun."""
    choices = [
        cal.months(year, _SEASONS[season], 3) for year in range(today.year - 2, today.year + 3)
    ]
    if step > 0:
        ended = [days for days in choices if days.last and days.last < today]
        return ended[-1] if ended else UNRESOLVED
    if step < 0 or context.direction == "future":
        ahead = [days for days in choices if days.first and days.first > today]
        return ahead[0] if ahead else UNRESOLVED
    begun = [days for days in choices if days.first and days.first <= today]
    return begun[-1] if begun else UNRESOLVED


def _running(tokens: Sequence[Token], at: int, context: Context, step: int) -> Found | None:
    """ "the past three days", "the next few weeks", "the past week", "the coming weeks"."""
    word = tokens[at].lower
    count, place = _count(tokens, at + 1)
    unit = word_at(tokens, place)
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


def _the(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "the weekend", "the end of June", "the first half of 2024", "the day before yesterday"."""
    words = [word_at(tokens, at + step) for step in range(1, 5)]
    if words[0] == "weekend":
        days = _period(context.today, "weekend", 0, context) if context.today else UNRESOLVED
        return at + 2, days
    if words[:3] == ["day", "before", "yesterday"]:
        day = cal.one_day(cal.shifted(context.today, -2)) if context.today else UNRESOLVED
        return at + 4, day
    if words[:3] == ["day", "after", "tomorrow"]:
        day = cal.one_day(cal.shifted(context.today, 2)) if context.today else UNRESOLVED
        return at + 4, day
    if words[0] in _PERIODS and word_at(tokens, at - 1) in ("of", "this"):
        days = (
            _period(context.today, words[0], 0, replace(context, direction="near"))
            if context.today
            else UNRESOLVED
        )
        return at + 2, days
    return name_at(tokens, at + 1, _inside(context)) if words[0] not in ("the", "a", "an") else None


def _early(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "early October", "mid-2024", "late last year", "the end of June", "earlier this week"."""
    word = tokens[at].lower
    place = at + 1
    if word in ("beginning", "start", "end", "middle", "outset", "close"):
        if word_at(tokens, place) != "of":
            return None
        place += 1
    elif word_at(tokens, place) in ("-", "–", "in", "on"):
        place += 1
    if context.depth > _DEEPEST:
        return None
    if word_at(tokens, place) in ("to", "or", "and") and word_at(tokens, place + 1) in (
        "mid",
        "late",
    ):
        # "early to mid-October"
        later = _early(tokens, place + 1, _inside(context))
        if later is None or later[1].last is None:
            return None
        named = name_at(tokens, place + 2 + (word_at(tokens, place + 2) == "-"), context)
        days = cal.third(named[1], _THIRDS[word]) if named else later[1]
        return later[0], replace(later[1], first=days.first)
    period = word_at(tokens, place) == "the"
    found = name_at(tokens, place, _inside(context)) if place < len(tokens) else None
    if found is None:
        return None
    end, days = found
    if days.first is None or days.last is None or days.first == days.last:
        return end, days
    if period and word_at(tokens, place + 1) in _PERIODS:
        days = _back(context.today, word_at(tokens, place + 1), 0) if context.today else days
    return end, cal.third(days, _THIRDS[word])


def _earlier(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "earlier this month", "later this year", "earlier on Tuesday"."""
    word = tokens[at].lower
    place = at + 2 if word_at(tokens, at + 1) in ("in", "on") else at + 1
    ahead: Direction = "past" if word == "earlier" else "future"
    if word_at(tokens, place) not in ("this", "today", *WEEKDAYS):
        return None
    side = ahead if word_at(tokens, place) == "this" else context.direction
    return name_at(tokens, place, replace(_inside(context), direction=side))


def _quarter(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "first quarter", "second half of 2024", "third quarter of last year"."""
    number = _ORDINALS[tokens[at].lower]
    place = at + 1
    unit = word_at(tokens, place)
    if unit not in ("quarter", "half") or unit == "half" and number > 2:
        return None
    size = 3 if unit == "quarter" else 6
    end = place + 1
    named = None
    if word_at(tokens, end) in ("of", "in"):
        named = name_at(tokens, end + 1, _inside(context))
    elif year_at(tokens, end) is not None:
        named = end + 1, cal.years(year_at(tokens, end) or 0, year_at(tokens, end) or 0)
    if named is not None and named[1].first is not None and _whole_year(named[1]):
        return named[0], cal.months(named[1].first.year, (number - 1) * size + 1, size)
    if unit == "half" or context.today is None:
        return None
    year = context.today.year
    if context.direction != "future" and (number - 1) * 3 + 1 > context.today.month:
        year -= 1
    return end, cal.months(year, (number - 1) * size + 1, size)


def _whole_year(days: Days) -> bool:
    return days.first is not None and days.first.month == 1 and days.first.day == 1


def _season(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "in spring 2023", "the summer of 2022", "in the autumn"; never "winter clothing"."""
    place = at + 2 if word_at(tokens, at + 1) == "of" else at + 1
    year = year_at(tokens, place)
    if year is not None:
        return place + 1, cal.months(year, _SEASONS[tokens[at].lower], 3)
    before = word_at(tokens, at - 1)
    if before == "the":
        before = word_at(tokens, at - 2)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = following is None or following.kind == "mark" and following.text not in "-'’"
    if before not in ("in", "by", "since", "until", "during") or not ends or context.today is None:
        return None
    return at + 1, _season_near(context.today, tokens[at].lower, 0, context)


def _vague(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    side = table("dates")["vague"][tokens[at].lower]
    if tokens[at].lower == "now" and word_at(tokens, at + 1) == "that":
        return None
    first = context.today if side != "past" else None
    last = context.today if side != "future" else None
    return at + 1, Days(first=first, last=last, vague=True)


def may_begin(token: Token) -> bool:
    """Whether a date expression can begin with this token at all: a cheap first look."""
    return token.kind == "number" or (token.kind == "word" and token.lower in _FIRST_WORDS)


_ANY: tuple[Matcher, ...] = (month, _ago)
_MATCHERS: dict[str, tuple[Matcher, ...]] = {
    "the": (_the,),
    "earlier": (_earlier,),
    "later": (_earlier,),
    **dict.fromkeys(WEEKDAYS, (weekday,)),
    **dict.fromkeys(("christmas", "boxing", "new"), (holiday,)),
    **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow", "overnight"), (today,)),
    **dict.fromkeys(("last", "past", "previous", "recent", "this", "next", "coming"), (_relative,)),
    **dict.fromkeys(_THIRDS, (_early,)),
    **dict.fromkeys(("first", "second", "third", "fourth"), (_quarter, _ago)),
    **dict.fromkeys(_SEASONS, (_season,)),
    **dict.fromkeys(table("dates")["vague"], (_vague,)),
}
_FIRST_WORDS = (
    frozenset(_MATCHERS)
    | frozenset(MONTHS)
    | frozenset(SHORT_MONTHS)
    | frozenset(table("numbers")["words"])
    | frozenset(table("numbers")["few"])
    | frozenset("a an half by since until till through before after from between within".split())
)
