"""The expressions that name a day, a week, a month or a year, over tokens.

`expression_at` gives the longest date expression that begins at a token. Nothing here looks further
than a dozen tokens ahead, so the cost stays proportional to the length of the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days, Direction
from claims.engine.date_digits import dotted, iso
from claims.engine.date_names import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Context,
    Found,
    day_month,
    holiday,
    month,
    today,
    weekday,
    year_at,
    years,
)
from claims.engine.date_ordinals import first_of, numbered_day, same_day, weekday_of
from claims.engine.date_periods import (
    PERIODS,
    SEASONS,
    ago,
    ahead,
    back,
    period,
    relative,
    season_near,
)
from claims.engine.date_spans import coded, part_of, span_to, week_of
from claims.engine.numerals import word_at
from claims.engine.tables import table, words
from claims.engine.tokens import Token

_THIRDS = table("dates")["thirds"]
_DEEPEST = 3
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


Matcher = Callable[[Sequence[Token], int, Context], Found | None]


def name_at(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """The name of a day or period that begins here, without "by", "since" and the like."""
    if not 0 <= at < len(tokens) or tokens[at].kind == "mark" or context.depth > _DEEPEST:
        return None
    if tokens[at].kind == "number":
        matchers: tuple[Matcher, ...] = _NUMBERED
    else:
        matchers = _MATCHERS.get(tokens[at].lower, _ANY)
    for matcher in matchers:
        found = matcher(tokens, at, context)
        if found is not None:
            return found
    return None


def _measured(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "three months to January", "week of 12 May"."""
    inner = _inside(context)
    return span_to(tokens, at, inner, name_at) or week_of(tokens, at, inner, name_at)


def _part(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "first two months of 2024", "last day of May"."""
    return part_of(tokens, at, _inside(context), name_at)


def _no_later(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "no later than 30 April": the end of an open range."""
    near = [word_at(tokens, at + step) for step in range(1, 3)]
    found = name_at(tokens, at + 3, _inside(context)) if near == ["later", "than"] else None
    return None if found is None else (found[0], replace(found[1], first=None))


def _inside(context: Context) -> Context:
    return replace(context, depth=context.depth + 1)


def _the(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "the weekend", "the end of June", "the first half of 2024", "the day before yesterday"."""
    near = [word_at(tokens, at + step) for step in range(1, 5)]
    if near[0] == "weekend":
        days = period(context.today, "weekend", 0, context) if context.today else UNRESOLVED
        return at + 2, days
    if near[:3] == ["day", "before", "yesterday"]:
        day = cal.one_day(cal.shifted(context.today, -2)) if context.today else UNRESOLVED
        return at + 4, day
    if near[:3] == ["day", "after", "tomorrow"]:
        day = cal.one_day(cal.shifted(context.today, 2)) if context.today else UNRESOLVED
        return at + 4, day
    if near[0] in ("rest", "remainder") and near[1] == "of":
        return _rest_of(tokens, at + 3, context)
    turn = word_at(tokens, at - 2) == "turn"  # "at the turn of the year"
    early = word_at(tokens, at - 1) == "in" and word_at(tokens, at - 2) in _THIRDS
    placed = word_at(tokens, at - 1) in ("of", "this") or early
    if near[0] in PERIODS and placed and not turn:
        days = (
            period(context.today, near[0], 0, replace(context, direction="near"))
            if context.today
            else UNRESOLVED
        )
        return at + 2, days
    return name_at(tokens, at + 1, _inside(context)) if near[0] not in ("the", "a", "an") else None


def _rest_of(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "the rest of the year": from publication on, where the period is not over."""
    found = name_at(tokens, at, replace(_inside(context), direction="near"))
    if found is None or context.today is None or found[1].first is None or found[1].last is None:
        return found
    runs = found[1].first <= context.today <= found[1].last
    return (found[0], replace(found[1], first=context.today)) if runs else found


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
    named_period = word_at(tokens, place) == "the"
    found = name_at(tokens, place, _inside(context)) if place < len(tokens) else None
    if found is None:
        return None
    end, days = found
    if days.first is None or days.last is None or days.first == days.last:
        return end, days
    if named_period and word_at(tokens, place + 1) in PERIODS:
        days = back(context.today, word_at(tokens, place + 1), 0) if context.today else days
    return end, cal.third(days, _THIRDS[word])


def _earlier(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "earlier this month", "later this year", "earlier on Tuesday"."""
    word = tokens[at].lower
    place = at + 2 if word_at(tokens, at + 1) in ("in", "on") else at + 1
    ahead: Direction = "past" if word == "earlier" else "future"
    unit = word_at(tokens, place + 1)
    if word_at(tokens, place) == "the" and unit == "day" and place == at + 2:
        # "earlier in the day"
        return place + 2, cal.one_day(context.today) if context.today else UNRESOLVED
    if word_at(tokens, place) == "the" and unit in PERIODS[1:] and context.today is not None:
        # "earlier in the week"
        return place + 2, period(context.today, unit, 0, replace(context, direction=ahead))
    if word_at(tokens, place) not in ("this", "today", *WEEKDAYS):
        return None
    side = ahead if word_at(tokens, place) == "this" else context.direction
    return name_at(tokens, place, replace(_inside(context), direction=side))


def _quarter(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "first quarter", "second half of 2024", "third quarter of last year"."""
    place = at + 1
    unit = word_at(tokens, place)
    closing = 4 if unit == "quarter" else 2
    number = _ORDINALS.get(tokens[at].lower, closing)
    if unit not in ("quarter", "half") or unit == "half" and number > 2:
        return None
    if tokens[at].lower == "last" and word_at(tokens, place + 1) not in ("of", "in"):
        return None  # "last quarter" is the one before this
    size = 3 if unit == "quarter" else 6
    end = place + 1
    named = None
    if word_at(tokens, end) in ("of", "in"):
        named = name_at(tokens, end + 1, _inside(context))
    elif year_at(tokens, end) is not None:
        named = end + 1, cal.years(year_at(tokens, end) or 0, year_at(tokens, end) or 0)
    if named is not None and named[1].first is not None and _whole_year(named[1]):
        return named[0], cal.months(named[1].first.year, (number - 1) * size + 1, size)
    bare = unit == "half" and word_at(tokens, end) in ("of", "in", "a", "an")
    if bare or context.today is None or unit == "half" and not _is_half_year(tokens, at):
        return None
    year = context.today.year
    if context.direction != "future" and (number - 1) * size + 1 > context.today.month:
        year -= 1
    return end, cal.months(year, (number - 1) * size + 1, size)


def _is_half_year(tokens: Sequence[Token], at: int) -> bool:
    """Whether "the first half" is one of a year: of no match and of nothing else that is named."""
    end = at + 2
    closes = end >= len(tokens) or tokens[end].text in ".,;"
    return closes and word_at(tokens, at - 1) == "the" and word_at(tokens, at - 2) in ("in", "for")


def _whole_year(days: Days) -> bool:
    return days.first is not None and days.first.month == 1 and days.first.day == 1


def _season(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "in spring 2023", "the summer of 2022", "in the autumn"; never "winter clothing"."""
    place = at + 2 if word_at(tokens, at + 1) == "of" else at + 1
    year = year_at(tokens, place)
    if year is not None:
        return place + 1, cal.months(year, SEASONS[tokens[at].lower], 3)
    step = {"last": -1, "this": 0, "next": 1}.get(word_at(tokens, place))
    if step is not None and word_at(tokens, place + 1) == "year" and context.today is not None:
        # "in the autumn of last year"
        year = context.today.year + step
        return place + 2, cal.months(year, SEASONS[tokens[at].lower], 3)
    before = word_at(tokens, at - 1)
    if before == "the":
        before = word_at(tokens, at - 2)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = following is None or following.kind == "mark" and following.text not in "-'’"
    ends = ends or (following is not None and following.lower in words("dates", "openers"))
    if before not in ("in", "by", "since", "until", "during") or not ends or context.today is None:
        return None
    return at + 1, season_near(context.today, tokens[at].lower, 0, context)


def _vague(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    side = table("dates")["vague"][tokens[at].lower]
    following = word_at(tokens, at + 1)
    if tokens[at].lower == "now" and following == "that":
        return None
    if tokens[at].lower == "shortly" and following in ("before", "after"):
        return None  # "shortly before midnight"
    first = context.today if side != "past" else None
    last = context.today if side != "future" else None
    return at + 1, Days(first=first, last=last, vague=True)


def may_begin(token: Token) -> bool:
    """Whether a date expression can begin with this token at all: a cheap first look."""
    return token.kind == "number" or (token.kind == "word" and token.lower in _FIRST_WORDS)


_ANY: tuple[Matcher, ...] = (month, coded, _measured, ago, ahead)
_NUMBERED: tuple[Matcher, ...] = (
    iso,
    dotted,
    day_month,
    numbered_day,
    years,
    _measured,
    ago,
    ahead,
)
_MATCHERS: dict[str, tuple[Matcher, ...]] = {
    "the": (_the,),
    "earlier": (_earlier,),
    "later": (_earlier,),
    **dict.fromkeys(WEEKDAYS, (weekday,)),
    **dict.fromkeys(("christmas", "boxing", "new"), (holiday,)),
    **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow", "overnight"), (today,)),
    "last": (weekday_of, _quarter, _part, relative),
    **dict.fromkeys(("final", "closing"), (_quarter, _part)),
    "opening": (_part,),
    "no": (_no_later,),
    **dict.fromkeys(("past", "previous", "recent", "this", "next", "coming"), (relative,)),
    **dict.fromkeys(_THIRDS, (_early,)),
    **dict.fromkeys(table("dates")["ordinals"], (first_of, weekday_of, _part)),
    **dict.fromkeys(
        ("first", "second", "third", "fourth"), (_quarter, first_of, weekday_of, _part, ago)
    ),
    **dict.fromkeys(("same", "that"), (same_day,)),
    **dict.fromkeys(SEASONS, (_season,)),
    **dict.fromkeys(table("dates")["vague"], (_vague,)),
}
_FIRST_WORDS = (
    frozenset(_MATCHERS)
    | frozenset(MONTHS)
    | frozenset(SHORT_MONTHS)
    | frozenset(table("numbers")["words"])
    | frozenset(table("numbers")["few"])
    | frozenset("q h on week month year".split())
    | frozenset("a an half by since until till through before after from between within".split())
)
