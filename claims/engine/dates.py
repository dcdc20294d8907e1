"""Dates of a report as ranges of days, and the days for which a clause's value holds.

Relative dates are read against the day of publication. The weekday named is the one on or before
it, unless the clause speaks of the future.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days
from claims.engine.date_grammar import may_begin, name_at
from claims.engine.date_names import Context, Found
from claims.engine.date_tense import direction_at, tense_marks
from claims.engine.figures import CHANGED
from claims.engine.numerals import numeral_at, word_at
from claims.engine.readings import AsOf, Clause, DateRange, Document
from claims.engine.remembered import remembered
from claims.engine.tables import words
from claims.engine.tokens import Token, tokens_in

_OPERATORS = frozenset(
    ["by", "since", "until", "till", "through", "before", "after", "from", "between", "within"]
)
_REPORTING_DAYS = 120
_AGAINST = ("than", "with", "from", "against", "versus")
_COMPARING = ("compared", "compares", "comparing", "contrast")
_MORE = ("more", "less", "fewer", "greater", "larger", "smaller")
_ARTICLES = ("a", "an", "the", "about", "around", "some", "nearly", "just", "only")
_OLD_REACH = 10
_CHANGE_REACH = 8
_SINCE_REACH = 8
_MOST_STEPS = 1000


def read(document: Document) -> list[DateRange]:
    """Every date expression of the sentences, in text order.

    Without a day of publication, relative dates are open at both ends and vague.
    """
    return list(_read(document))


@remembered
def _read(document: Document) -> tuple[DateRange, ...]:
    found: list[DateRange] = []
    for clause in document.clauses:
        tokens = tokens_in(document.text, clause)
        marks = tense_marks(tokens)
        at = 0
        while at < len(tokens):
            if not may_begin(tokens[at]):
                at += 1
                continue
            context = Context(
                today=document.report.published, direction=direction_at(tokens, at, marks)
            )
            expression = _expression_at(tokens, at, context)
            if expression is None:
                at += 1
                continue
            end, days = expression
            found.append(
                DateRange(
                    start=tokens[at].start,
                    end=tokens[end - 1].end,
                    first=days.first,
                    last=days.last,
                    vague=days.vague,
                )
            )
            at = end
    return tuple(found)


def as_of(document: Document, clause_index: int, dates: Sequence[DateRange]) -> AsOf | None:
    """The days for which the value of a clause holds.

    A date in the clause itself comes first, then one in a reporting clause of its sentence, then
    the day of publication; None when nothing is known.
    """
    clause = document.clauses[clause_index]
    found = _named_day(document, clause, dates)
    if found is None:
        reporting = (
            _named_day(document, other, dates) for other in _reporting_clauses(document, clause)
        )
        found = next((days for days in reporting if days is not None), None)
    if found is not None:
        return found
    published = document.report.published
    return None if published is None else AsOf(first=published, last=published)


def _named_day(document: Document, clause: Clause, dates: Sequence[DateRange]) -> AsOf | None:
    published = document.report.published
    for found in dates[bisect_left(dates, clause.start, key=lambda one: one.start) :]:
        if found.start >= clause.end:
            break
        if not clause.covers(found) or found.first == found.last is None:
            continue
        if found.of(document.text).lower().startswith("since"):
            # A count since some day is a count as of its telling.
            continue
        if found.vague and found.first != published:
            continue
        if _is_compared_with(document.text, found) or _is_of_old_value(document, clause, found):
            continue
        if _is_latest_period(document.text, found, published):
            continue
        first = found.first
        if first is None and published and found.last and found.last >= published:
            first = published
        # "By Wednesday evening 38 had died": a count as of that day, not since ever.
        return AsOf(first=first or found.last, last=found.last)
    return None


def _is_latest_period(text: str, found: DateRange, published: date | None) -> bool:
    """Whether it is the quarter or half year just over: such figures hold from their telling on."""
    if published is None or found.last is None or published <= found.last:
        return False
    named = any(word in found.of(text).lower() for word in ("quarter", "half"))
    return named and (published - found.last).days <= _REPORTING_DAYS


def _is_compared_with(text: str, found: DateRange) -> bool:
    """Whether the day is what the value is measured against: "more than a year ago"."""
    before = text[max(0, found.start - 12) : found.start].split()
    against = bool(before) and before[-1].lower() in _AGAINST
    return against or found.of(text).lower().startswith("from ")


def _is_of_old_value(document: Document, clause: Clause, found: DateRange) -> bool:
    """Whether the day belongs to what the value was before: "down from 4,000 on Tuesday"."""
    tokens = tokens_in(document.text, clause)
    at = bisect_left(tokens, found.start, key=lambda token: token.start)
    for place in range(at - 1, max(-1, at - _OLD_REACH), -1):
        word, before = tokens[place].lower, word_at(tokens, place - 1)
        figure = place + 1 + (word_at(tokens, place + 1) in _ARTICLES)
        counted = figure < at and numeral_at(tokens, figure) is not None
        if tokens[place].text in ",;:()" or word == "to" and before not in _COMPARING and counted:
            # "rose from 30 to 40 on Tuesday": the day of the new value
            return False
        if word in ("with", "to") and before in _COMPARING:
            return True
        if word == "than":
            return before not in _MORE or figure == place + 1 and not counted
        if word in ("against", "versus") and counted:
            return True
        if word == "from" and counted:
            near = (word_at(tokens, place - step) for step in range(1, _CHANGE_REACH))
            return any(one in CHANGED for one in near)
    return False


def _reporting_clauses(document: Document, clause: Clause) -> Iterator[Clause]:
    """The clauses of the same sentence that say who said it, the nearest first."""
    siblings = [
        other
        for other in _neighbours(document, clause)
        if other.index != clause.index and _reports(document, other)
    ]
    yield from sorted(siblings, key=lambda other: (abs(other.index - clause.index), other.index))


def _neighbours(document: Document, clause: Clause) -> Iterator[Clause]:
    for step in (-1, 1):
        at = clause.index + step
        while 0 <= at < len(document.clauses):
            other = document.clauses[at]
            if other.sentence != clause.sentence:
                break
            yield other
            at += step


def _reports(document: Document, clause: Clause) -> bool:
    reporting = words("verbs", "reporting")
    return any(token.lower in reporting for token in tokens_in(document.text, clause))


def _expression_at(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """The date expression at this token, with "by", "since" and the like."""
    word = tokens[at].lower
    if word in ("from", "between"):
        return _from_to(tokens, at, context)
    if word == "since":
        return _since(tokens, at, context)
    if word == "within":
        return _within(tokens, at, context)
    found = name_at(tokens, at + 1 if word in _OPERATORS else at, context)
    if found is None:
        return None
    end, days = found
    if word not in _OPERATORS:
        return _ranged(tokens, found, context)
    if word_at(tokens, end) == "'s":
        # "after Monday's attack" names the day of the attack.
        return None
    stepped = _stepped(tokens, at, days) if word in ("after", "before") else None
    return end, stepped or _bounded(word, days)


def _stepped(tokens: Sequence[Token], at: int, days: Days) -> Days | None:
    """ "two days after October 4": that many days from the day named."""
    unit = word_at(tokens, at - 1).removesuffix("s")
    size = {"day": 1, "week": 7}.get(unit)
    count = numeral_at(tokens, at - 2) if size and at >= 2 else None
    if size is None or count is None or count.high > _MOST_STEPS or days.first != days.last:
        return None
    step = int(count.high) * size * (1 if tokens[at].lower == "after" else -1)
    return None if days.first is None else cal.one_day(cal.shifted(days.first, step))


def _bounded(word: str, days: Days) -> Days:
    """ "by", "until" and "before" leave the beginning open, "after" the end."""
    if days.first is None and days.last is None:
        return days
    if word == "before":
        return Days(first=None, last=cal.shifted(days.first, -1) if days.first else None)
    if word == "after":
        return Days(first=cal.shifted(days.last, 1) if days.last else None, last=None)
    return Days(first=None, last=days.last, vague=days.vague)


def _ranged(tokens: Sequence[Token], found: Found, context: Context) -> Found:
    """ "Monday to Wednesday", "October through December"."""
    end, days = found
    if word_at(tokens, end) not in ("to", "-", "–", "through", "until"):
        return found
    later = name_at(tokens, end + 1, context)
    if later is None or not days.first or not later[1].last or later[1].last < days.first:
        return found
    return later[0], Days(first=days.first, last=later[1].last)


def _from_to(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "from June to August", "between Monday and Friday"."""
    found = name_at(tokens, at + 1, context)
    if found is None:
        return None
    end, days = found
    joins = ("and",) if tokens[at].lower == "between" else ("to", "until", "till", "through")
    if word_at(tokens, end) in joins:
        later = name_at(tokens, end + 1, context)
        if later is not None and days.first and later[1].last and days.first <= later[1].last:
            return later[0], Days(first=days.first, last=later[1].last)
    if word_at(tokens, end) in ("on", "onward", "onwards"):
        return end + 1, Days(first=days.first, last=None)
    return None if tokens[at].lower == "between" else found


def _since(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "since June", and "since the war began in 2022"."""
    found = name_at(tokens, at + 1, context)
    if found is None:
        for place in range(at + 1, min(at + _SINCE_REACH, len(tokens))):
            if tokens[place].kind == "mark" and tokens[place].text not in "-'’":
                return None
            if tokens[place].lower in ("in", "on"):
                found = name_at(tokens, place + 1, context)
                break
    if found is None:
        return None
    end, days = found
    return end, UNRESOLVED if days.first is None else Days(first=days.first, last=context.today)


def _within(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "within three weeks", "within days": from publication on."""
    place = at + 1
    number = numeral_at(tokens, place) if place < len(tokens) else None
    count = int(number.high) if number and number.high < 1000 else 1
    place = number.end if number else place + (word_at(tokens, place) in ("a", "the"))
    unit = word_at(tokens, place).removesuffix("s")
    size = {"day": 1, "week": 7, "month": 30, "year": 365}.get(unit)
    if size is None:
        return None
    if context.today is None:
        return place + 1, UNRESOLVED
    last = cal.shifted(context.today, count * size) if number else None
    return place + 1, Days(first=context.today, last=last, vague=number is None or number.vague)
