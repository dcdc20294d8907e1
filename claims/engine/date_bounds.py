"""Date expressions with their small words: "by March", "not before X", "two days after Y"."""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import UNRESOLVED, Days
from claims.engine.date_grammar import name_at
from claims.engine.date_names import Context, Found
from claims.engine.numerals import numeral_at, word_at
from claims.engine.tokens import Token

_OPERATORS = frozenset(
    ["by", "since", "until", "till", "through", "before", "after", "from", "between", "within"]
)
_PARTWAY = frozenset({"halfway", "midway", "partway", "way"})
_SINCE_REACH = 8
# "since breakfast", with no day named, is since that of publication.
_OF_TODAY = frozenset({"breakfast", "dawn", "daybreak", "sunrise", "lunch", "lunchtime", "noon"})
_MOST_STEPS = 1000
_NEGATION_REACH = 12
_NEGATIONS = frozenset({"not", "never", "no", "nobody", "won't", "wouldn't", "cannot", "neither"})
_AHEAD = frozenset({"will", "would", "won't", "wouldn't", "shall", "expected", "likely"})


def expression_at(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """The date expression at this token, with "by", "since" and the like."""
    word = tokens[at].lower
    if word == "on" or word == "through" and word_at(tokens, at - 1) in _PARTWAY:
        return _on_or_before(tokens, at, context)
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
    if word == "before" and (closed := _before_end(tokens, at, end, context)):
        return end, closed
    if word == "before" and _turned_down(tokens, at, _AHEAD):
        # "will not rule before the middle of March": then or later
        later = name_at(tokens, at + 1, replace(context, direction="future")) or found
        return end, replace(later[1], last=None)
    return end, stepped or _bounded(word, days)


def _on_or_before(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "on or before 4 April"; None for a plain "on" and for "halfway through 2024"."""
    if [word_at(tokens, at + step) for step in (1, 2)] != ["or", "before"]:
        return None
    found = name_at(tokens, at + 3, context)
    return None if found is None else (found[0], replace(found[1], first=None))


def _before_end(tokens: Sequence[Token], at: int, end: int, context: Context) -> Days | None:
    """ "before the end of June" closes on the last day of June."""
    place = at + 1 + (word_at(tokens, at + 1) == "the")
    if word_at(tokens, place) not in ("end", "close") or word_at(tokens, place + 1) != "of":
        return None
    whole = name_at(tokens, place + 2, replace(context, direction="future"))
    if whole is None or whole[0] != end or _turned_down(tokens, at):
        return None
    return Days(first=None, last=whole[1].last, vague=whole[1].vague)


def _turned_down(tokens: Sequence[Token], at: int, verbs: frozenset[str] = frozenset()) -> bool:
    """Whether the verb before this place is negated, and is one of the future where `verbs` are."""
    before = {tokens[place].lower for place in range(max(0, at - _NEGATION_REACH), at)}
    return bool(before & _NEGATIONS) and (not verbs or bool(before & verbs))


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
    if later and days.first and later[1].last and later[1].last < days.first:
        # "May-October": the one that follows
        beyond = replace(context, today=days.first, direction="future")
        later = name_at(tokens, end + 1, beyond)
    if later is None or not days.first or not later[1].last or later[1].last < days.first:
        return found
    return later[0], Days(first=days.first, last=later[1].last)


def _from_to(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "from June to August", "between Monday and Friday"."""
    found = name_at(tokens, at + 1, context)
    if found is None:
        return None
    end, days = found
    links = ("to", "until", "till", "through", "-", "–")
    joins = ("and",) if tokens[at].lower == "between" else links
    if word_at(tokens, end) in joins:
        later = name_at(tokens, end + 1, context)
        if later is not None and days.first and later[1].last and days.first <= later[1].last:
            return later[0], Days(first=days.first, last=later[1].last)
    if word_at(tokens, end) in ("on", "onward", "onwards"):
        return end + 1, Days(first=days.first, last=None)
    return None if tokens[at].lower == "between" else found


def _since(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "since June", and "since the war began in 2022"."""
    if word_at(tokens, at + 1) in _OF_TODAY and context.today is not None:
        return at + 2, cal.one_day(context.today)
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
