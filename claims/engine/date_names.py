"""Names of days, months and years over tokens: "4 October", "Oct. 4-6, 2024", "Tuesday night"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days, Direction
from claims.engine.numerals import touches, word_at
from claims.engine.tables import table, words
from claims.engine.tokens import Token

MONTHS = table("dates")["months"]
SHORT_MONTHS = table("dates")["short_months"]
WEEKDAYS = table("dates")["weekdays"]
DAY_PARTS = ("night", "morning", "afternoon", "evening", "lunchtime", "noon", "midnight", "midday")
_BEFORE_MONTH = frozenset(
    "in by since until till from of last next this during before after through to and or between "
    "for late early mid - – throughout into past around about".split()
)
_BEFORE_YEAR = _BEFORE_MONTH | frozenset(
    "year than for summer spring autumn fall winter fiscal season".split()
)


_WORDS_TOO = ("may", "march", "august")


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a relative expression is read against; `today` is the day of publication.

    `depth` counts how many expressions stand round this one ("early", "the end of"); `named` is the
    single day that the report named last.
    """

    today: date | None
    direction: Direction
    depth: int = 0
    named: date | None = None


# The token after the expression, and its days.
Found = tuple[int, Days]


def year_at(tokens: Sequence[Token], at: int) -> int | None:
    """A bare year from 1800 to 2100."""
    if not 0 <= at < len(tokens):
        return None
    text = tokens[at].text
    if len(text) != 4 or not text.isdecimal() or not 1800 <= int(text) <= 2100:
        return None
    return None if touches(tokens, at + 1) and tokens[at + 1].kind == "word" else int(text)


def _month_at(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The number of the month here and the token after it; a short form takes its full stop."""
    if not 0 <= at < len(tokens):
        return None
    word = tokens[at].lower
    if not tokens[at].capital and (word in _WORDS_TOO or word not in MONTHS):
        return None
    number = MONTHS.get(word)
    if number is not None:
        return number, at + 1
    number = SHORT_MONTHS.get(tokens[at].lower)
    if number is None:
        return None
    return number, at + (2 if word_at(tokens, at + 1) == "." and touches(tokens, at + 1) else 1)


def _day_number(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """A day of the month, "4" or "4th", and the token after it."""
    if not 0 <= at < len(tokens) or len(tokens[at].text) > 2 or not tokens[at].text.isdecimal():
        return None
    number = int(tokens[at].text)
    if not 1 <= number <= 31:
        return None
    if touches(tokens, at + 1):
        following = tokens[at + 1]
        if following.lower in ("st", "nd", "rd", "th"):
            return number, at + 2
        if following.kind != "mark" or following.text in ":%/":
            return None
    return number, at + 1


def day_month(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "4 October", "4th of October 2024", "4-6 October", "4 and 6 October"."""
    first = _day_number(tokens, at)
    if first is None:
        return None
    last, place = first
    if word_at(tokens, place) in ("-", "–", "to", "and"):
        second = _day_number(tokens, place + 1)
        if second is None:
            return None
        last, place = second
    if word_at(tokens, place) == "of":
        place += 1
    found = _month_at(tokens, place)
    if found is None:
        return None
    # "12 May ..." is a date, "12 March students" is too rare to tell apart.
    return _days_of_month(tokens, found[1], found[0], (first[0], last), context)


def _days_of_month(
    tokens: Sequence[Token], at: int, number: int, days: tuple[int, int], context: Context
) -> Found | None:
    """The days of a month, with the year that may follow at the token given."""
    place = at + 1 if word_at(tokens, at) in (",", "of") and year_at(tokens, at + 1) else at
    year = year_at(tokens, place)
    if year is not None:
        at = place + 1
    elif context.today is None:
        return at, UNRESOLVED
    else:
        year = cal.announced_year(number, days[0], context.today, context.direction)
    first, last = cal.day_of(year, number, days[0]), cal.day_of(year, number, days[1])
    return (
        None
        if first is None or last is None or first > last
        else (at, Days(first=first, last=last))
    )


def month(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "October 4", "Oct. 4-6, 2024", "October 2024", "in October"."""
    found = _month_at(tokens, at)
    if found is None:
        return None
    number, place = found
    first = _day_number(tokens, place)
    if first is not None:
        last, end = first
        if word_at(tokens, end) in ("-", "–", "to", "and"):
            second = _day_number(tokens, end + 1)
            if second is not None and not _counts(tokens, second[1]):
                last, end = second
        return _days_of_month(tokens, end, number, (first[0], last), context)
    comma = word_at(tokens, place) in (",", "of")
    year = year_at(tokens, place + comma)
    if year is not None:
        return place + comma + 1, cal.month(year, number)
    step = {"last": 1, "this": 0, "next": -1}.get(word_at(tokens, place))
    if step is not None and word_at(tokens, place + 1) == "year" and context.today is not None:
        # "in June last year"
        return place + 2, cal.month(context.today.year - step, number)
    dotted = place == at + 2
    if tokens[at].lower in SHORT_MONTHS and not dotted:
        return None
    # "May", "March" and "August" are words and names too.
    ranged = word_at(tokens, place) in ("-", "–") and word_at(tokens, place + 1) in MONTHS
    placed = word_at(tokens, at - 1) in _BEFORE_MONTH or word_at(tokens, place) == "'s"
    if not placed and not ranged and not _names_figures(tokens, at, place):
        return None
    if context.today is None:
        return place, UNRESOLVED
    day = context.today.day if number == context.today.month else 1
    owned = word_at(tokens, place) == "'s" and context.direction == "future"
    # "June's rise will be the last": what the month brought, unless it is near ahead
    side = "near" if owned else context.direction
    year = cal.nearest_year(number, day, context.today, side)
    return place, cal.month(year, number)


def _names_figures(tokens: Sequence[Token], at: int, place: int) -> bool:
    """ "The May figures", "its March meeting": a month that tells one thing from others."""
    if place >= len(tokens) or word_at(tokens, at - 1) not in ("the", "its", "their", "a"):
        return False
    following = tokens[place]
    plain = following.kind == "word" and not following.capital
    return plain and following.lower not in words("dates", "openers")


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word follows, so that the number before it may count something."""
    return at < len(tokens) and tokens[at].kind == "word"


def years(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "in 2024", "2022-23", "the 1990s"."""
    del context
    text = tokens[at].text
    decade = len(text) == 4 and text.isdecimal() and text[3] == "0" and 1800 <= int(text) <= 2100
    if decade and word_at(tokens, at + 1) == "s" and touches(tokens, at + 1):
        return at + 2, cal.years(int(text), int(text) + 9)
    short = len(text) == 2 and text.isdecimal() and text[1] == "0" and text != "00"
    short = short and word_at(tokens, at - 1) in ("the", "late", "early")
    if short and word_at(tokens, at + 1) == "s" and touches(tokens, at + 1):
        return at + 2, cal.years(1900 + int(text), 1909 + int(text))  # "the 90s"
    year = year_at(tokens, at)
    if year is None:
        return None
    joined = word_at(tokens, at + 1) in ("-", "–", "/") and touches(tokens, at + 1)
    later = year_at(tokens, at + 2) if joined else None
    if later is not None and later > year:
        return at + 3, cal.years(year, later)  # "2016-2019"
    if word_at(tokens, at - 1) not in _BEFORE_YEAR and not _named_by_year(tokens, at):
        return None
    if (
        word_at(tokens, at + 1) in ("-", "–", "/")
        and touches(tokens, at + 1)
        and at + 2 < len(tokens)
    ):
        end = tokens[at + 2].text
        if len(end) == 2 and end.isdecimal() and int(end) == (year + 1) % 100:
            return at + 3, cal.years(year, year + 1)
    return at + 1, cal.years(year, year)


def _named_by_year(tokens: Sequence[Token], at: int) -> bool:
    """ "The 2019 agreement", "a 2019 law", "the 2023-24 season": one thing, named by its year."""
    if word_at(tokens, at - 1) not in ("the", "a", "its", "their", "his", "her", "this"):
        return False
    place = at + 1
    if word_at(tokens, place) in ("-", "–", "/"):
        place += 2
    if place >= len(tokens) or tokens[place].kind != "word":
        return False
    word = tokens[place].lower
    plural = word.endswith("s") and not word.endswith(("ss", "is", "us"))
    return not plural or word in words("dates", "yearly")


def weekday(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "Tuesday", "Tuesday night", "Tuesday, October 4", "Friday of next week"."""
    number = WEEKDAYS.get(tokens[at].lower)
    if number is None:
        return None
    end = at + 2 if word_at(tokens, at + 1) in DAY_PARTS else at + 1
    # "Tuesday, October 4" and "Tuesday 4 October" are one date.
    comma = word_at(tokens, end) == ","
    for matcher in (month, day_month):
        place = end + comma
        if place < len(tokens) and tokens[place].kind != "mark":
            named = matcher(tokens, place, context)
            if named is not None and named[1].first == named[1].last:
                dated = year_at(tokens, named[0] - 1) is not None
                return named if dated else (named[0], _on_weekday(named[1], number, context))
    if context.today is None:
        return end, UNRESOLVED
    # "Friday last week", "Friday of next week"
    place = end + (word_at(tokens, end) == "of")
    step = {"last": -7, "next": 7}.get(word_at(tokens, place))
    if step is not None and word_at(tokens, place + 1) == "week":
        monday = cal.shifted(context.today, step - context.today.weekday())
        return place + 2, cal.one_day(cal.shifted(monday, number))
    day = cal.weekday(number, context.today, context.direction)
    if [word_at(tokens, at - step) for step in (1, 2)] == ["to", "night"]:
        return end, Days(first=cal.shifted(day, -1), last=day)  # "in the night to Friday"
    return end, cal.one_day(day)


def _on_weekday(days: Days, number: int, context: Context) -> Days:
    """The day in the year nearest to publication in which it falls on the weekday named."""
    day, today = days.first, context.today
    if day is None or today is None or day.weekday() == number:
        return days
    near = [cal.day_of(today.year + step, day.month, day.day) for step in (0, 1, -1)]
    fitting = (each for each in near if each is not None and each.weekday() == number)
    return next((cal.one_day(each) for each in fitting), days)


def holiday(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "Christmas", "New Year's Eve": days with the same date each year."""
    days = table("dates")["holidays"]
    for size in (4, 2, 1):
        name = " ".join(token.lower for token in tokens[at : at + size]).replace(" 's", "'s")
        if name in days and tokens[at].capital:
            month_number, day = days[name]
            return _days_of_month(tokens, at + size, month_number, (day, day), context)
    return None


def today(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "yesterday", "tonight", "overnight", "the day before yesterday"."""
    steps = {"today": (0, 0), "tonight": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1)}
    first, last = steps.get(tokens[at].lower, (-1, 0))
    end = at + 2 if word_at(tokens, at + 1) in DAY_PARTS else at + 1
    if context.today is None:
        return end, UNRESOLVED
    return end, Days(first=cal.shifted(context.today, first), last=cal.shifted(context.today, last))
