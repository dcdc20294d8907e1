"""Dates of a report as ranges of days, and the days for which a clause's value holds.

Relative dates are read against the day of publication. The weekday named is the one on or before
it, unless the clause speaks of the future.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from claims.engine.date_bounds import expression_at
from claims.engine.date_grammar import may_begin
from claims.engine.date_hours import story_days
from claims.engine.date_names import Context
from claims.engine.date_tense import direction_at, tense_marks
from claims.engine.figures import CHANGED
from claims.engine.numerals import numeral_at, word_at
from claims.engine.readings import AsOf, Clause, DateRange, Document
from claims.engine.remembered import remembered
from claims.engine.tables import words
from claims.engine.tokens import Token, tokens_in

_REPORTING_DAYS = 120
_AGAINST = ("than", "with", "from", "against", "versus")
_COMPARING = ("compared", "compares", "comparing", "contrast")
_MORE = ("more", "less", "fewer", "greater", "larger", "smaller")
_ARTICLES = ("a", "an", "the", "about", "around", "some", "nearly", "just", "only")
_OLD_REACH = 10
_COUNT_REACH = 24  # characters that hold "calculations for"
_STORY_REACH = 4  # sentences for which "at five" is the day that was told of
_CHANGE_REACH = 8


def read(document: Document) -> list[DateRange]:
    """Every date expression of the sentences, in text order.

    Without a day of publication, relative dates are open at both ends and vague.
    """
    return list(_read(document))


@remembered
def _read(document: Document) -> tuple[DateRange, ...]:
    found: list[DateRange] = []
    named: date | None = None
    told: tuple[int, date] | None = None
    published = document.report.published or date.max
    for clause in document.clauses:
        tokens = tokens_in(document.text, clause)
        marks = tense_marks(tokens)
        known = len(found)
        at = 0
        while at < len(tokens):
            if not may_begin(tokens[at]):
                at += 1
                continue
            context = Context(
                today=document.report.published,
                direction=direction_at(tokens, at, marks),
                named=named,
            )
            expression = expression_at(tokens, at, context)
            if expression is None:
                at += 1
                continue
            end, days = expression
            stretch = DateRange(
                start=tokens[at].start,
                end=tokens[end - 1].end,
                first=days.first,
                last=days.last,
                vague=days.vague,
            )
            found.append(stretch)
            if days.last and (days.first == days.last or _is_closing(document.text, stretch)):
                named = days.last
            at = end
        past = bool(marks) and all(side == "past" for _, side in marks)
        if len(found) == known and past and told and clause.sentence - told[0] <= _STORY_REACH:
            found += _of_story(tokens, told[1], published)
        told = _told(document, clause, found[known:]) or told
    return tuple(found)


def _of_story(tokens: Sequence[Token], told: date, published: date) -> Iterator[DateRange]:
    """The day that the course of the story gives: "by midnight", "the next morning"."""
    for at, end, days in story_days(tokens, told):
        if days.last is None or days.last > published:
            return
        start, stop = tokens[at].start, tokens[end - 1].end
        yield DateRange(start=start, end=stop, first=days.first, last=days.last, vague=False)


def _told(
    document: Document, clause: Clause, found: Sequence[DateRange]
) -> tuple[int, date] | None:
    """The sentence and the single day of the past that a clause tells of, not one of telling."""
    published = document.report.published
    if not found or published is None or _reports(document, clause):
        return None
    day = found[-1].last
    if day is None or day > published or found[-1].first not in (day, None) or found[-1].vague:
        return None
    return clause.sentence, day


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
    begin = bisect_left(dates, clause.start, key=lambda one: one.start)
    end = bisect_left(dates, clause.end, key=lambda one: one.start)
    for found in sorted(dates[begin:end], key=lambda one: not _is_counted(document.text, one)):
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
        if _is_closing(document.text, found):
            # "1.1 billion at the end of June" is what the books say on the last day.
            return AsOf(first=found.last, last=found.last)
        # "By Wednesday evening 38 had died": a count as of that day, not since ever.
        return AsOf(first=first or found.last, last=found.last)
    return None


def _is_counted(text: str, found: DateRange) -> bool:
    """Whether the day is the one counted: "on Friday lowered its count for Monday"."""
    before = text[max(0, found.start - _COUNT_REACH) : found.start].lower().split()
    return len(before) > 1 and before[-1] == "for" and before[-2] in words("speech", "counts")


def _is_closing(text: str, found: DateRange) -> bool:
    """Whether the end of a period is named: what the books say "at the end of June"."""
    return found.of(text).lower().removeprefix("the ").startswith(("end of", "close of"))


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
