"""Days written in digits alone: "2024-10-04", "04.10.2024"."""

from collections.abc import Sequence

from claims.engine import calendar_days as cal
from claims.engine.date_names import Context, Found, year_at
from claims.engine.numerals import touches, word_at
from claims.engine.tokens import Token


def iso(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "2024-10-04"."""
    del context
    if at + 4 >= len(tokens) or [tokens[at + 1].text, tokens[at + 3].text] != ["-", "-"]:
        return None
    parts = [tokens[at + step].text for step in (0, 2, 4)]
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isdecimal() for part in parts):
        return None
    day = cal.day_of(*(int(part) for part in parts)) if parts[0] != "0000" else None
    return None if day is None else (at + 5, cal.one_day(day))


def dotted(tokens: Sequence[Token], at: int, context: Context) -> Found | None:
    """ "09.03.2025": day, month and year as many countries write them."""
    del context
    parts = tokens[at].text.split(".")
    year = year_at(tokens, at + 2)
    if len(parts) != 2 or year is None or word_at(tokens, at + 1) != ".":
        return None
    if not touches(tokens, at + 2) or not all(p.isdecimal() and len(p) <= 2 for p in parts):
        return None
    day = cal.day_of(year, int(parts[1]), int(parts[0]))
    return None if day is None else (at + 3, cal.one_day(day))
