"""Days that only the story's course gives: "by midnight", "at 16:50", "the next morning".

They are read where a clause names no day of its own, against the day that the report last told of.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from claims.engine import calendar_days as cal
from claims.engine.calendar_days import Days
from claims.engine.date_names import DAY_PARTS
from claims.engine.numerals import numeral_at, touches, word_at
from claims.engine.tokens import Token

_HOURS_END = frozenset({"midnight", "noon", "midday", "nightfall", "dusk"})
_BEFORE_HOUR = frozenset(
    {"at", "by", "until", "till", "around", "about", "before", "after", "since"}
)
_HALVES = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock"})
_NEXT = frozenset({"next", "following"})
_MOST_DAYS = 60
_HOUR, _MINUTE = 24, 60


def story_days(tokens: Sequence[Token], told: date) -> Iterator[tuple[int, int, Days]]:
    """The day of the story in a clause: its first token, the one behind it, and the days.

    `told` is the day that the report last told of. The first one that fits is all there is.
    """
    for at in range(len(tokens)):
        found = _hour(tokens, at, told) or _next_day(tokens, at, told) or _later(tokens, at, told)
        if found is not None:
            yield at, *found
            return


def _hour(tokens: Sequence[Token], at: int, told: date) -> tuple[int, Days] | None:
    """ "by midnight", "shortly before 5 p.m.", "at 16:50": that day."""
    word = tokens[at].lower
    if word not in _BEFORE_HOUR:
        return None
    end = at + 2 if word_at(tokens, at + 1) in _HOURS_END else _clock(tokens, at + 1)
    if end is None:
        return None
    until = word in ("by", "until", "till")
    return end, Days(first=None if until else told, last=told)


def _clock(tokens: Sequence[Token], at: int) -> int | None:
    """The token behind a time of day; None where there is none."""
    at += word_at(tokens, at) in ("around", "about", "exactly", "just")
    if at >= len(tokens) or not _below(tokens[at].text.partition(".")[0], _HOUR):
        return None
    end = at + 1
    minutes = word_at(tokens, end) == ":" and end + 1 < len(tokens)
    minutes = minutes and touches(tokens, end) and _below(tokens[end + 1].text, _MINUTE)
    if minutes:
        end += 2
    if word_at(tokens, end) in _HALVES:
        return end + 1
    return end if minutes else None


def _below(text: str, limit: int) -> bool:
    return text.isdecimal() and len(text) <= len(str(limit)) and int(text) <= limit


def _next_day(tokens: Sequence[Token], at: int, told: date) -> tuple[int, Days] | None:
    """ "the next morning", "the following day"."""
    named = tokens[at].lower == "the" and word_at(tokens, at + 1) in _NEXT
    if not named or word_at(tokens, at + 2) not in ("day", *DAY_PARTS):
        return None
    return at + 3, cal.one_day(cal.shifted(told, 1))


def _later(tokens: Sequence[Token], at: int, told: date) -> tuple[int, Days] | None:
    """ "two days later", "a week later"."""
    article = tokens[at].lower in ("a", "one")
    number = None if article else numeral_at(tokens, at)
    place = at + 1 if article else number.end if number is not None else at
    size = {"day": 1, "week": 7}.get(word_at(tokens, place).removesuffix("s"))
    if size is None or place == at or word_at(tokens, place + 1) != "later":
        return None
    count = 1 if number is None else int(number.high)
    return (
        (place + 2, cal.one_day(cal.shifted(told, count * size))) if count <= _MOST_DAYS else None
    )
