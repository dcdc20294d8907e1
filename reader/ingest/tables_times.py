"""Published times as people write them into tables."""

import re
from datetime import datetime

from reader.ingest.times import Published, parse_published

_LONGEST = 60  # code points; a longer cell holds more than a time
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")
_CLOCK = re.compile(r"[,\s]+(?:at\s+)?(\d{1,2})[:.](\d\d)(?::\d\d)?\s*(?:([ap])\.?m\.?)?$", re.I)
_WITH_ZONE = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_FULL_HOUR = re.compile(r"(\d{1,2})\s*([ap]\.?m\.?)", re.IGNORECASE)
_MONTH = re.compile(r"\b([A-Za-z]{3,9})\b\.?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)


def cell_time(text: str) -> Published:
    """Read a day or a time, also as `23/10/2024 18:30`, `Oct. 23, 2024` or `3 May 2024, 6.30 pm`.

    A day of which nobody can tell whether the month stands first is none: 03/04/2024. With points
    the day stands first. Raises ValueError.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        raise ValueError("more than a time")
    try:
        return parse_published(text)
    except ValueError:
        clock = _CLOCK.search(text)
    day = parse_published(_as_written(text[: clock.start()] if clock else text))
    if clock is None:
        return day
    at = datetime.combine(day.day, datetime.min.time()).replace(
        hour=_hour(int(clock[1]), clock[3] or ""), minute=int(clock[2])
    )
    return Published(local=at, precision="minute")


def day_at(day: Published, clock: str) -> Published:
    """A day with the time of day from another cell: `18:30`, `18:30+02:00`, `6.30 pm`, `6 pm`.

    A cell that names a day too holds the whole time. Raises ValueError.
    """
    clock = " ".join(clock.split())
    if _WITH_ZONE.fullmatch(clock.replace(" ", "")):
        return parse_published(f"{day.day}T{clock.replace(' ', '').upper()}")
    clock = _FULL_HOUR.sub(r"\1:00 \2", clock) if _FULL_HOUR.fullmatch(clock) else clock
    written = clock if _names_day(clock) else f"{day.day} {clock}"
    at = cell_time(written)
    if at.precision == "day":
        raise ValueError("a day and no time of it")
    return at


def _names_day(clock: str) -> bool:
    try:
        cell_time(clock)
    except ValueError:
        return False
    return True


def _as_written(text: str) -> str:
    """The day in a form that everything else reads."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return _MONTH.sub(lambda found: _month(found[1]), _ORDINAL.sub("", text))
    first, second = int(numbers[1]), int(numbers[3])
    if numbers[2] == "." or first > 12 or first == second:
        day, month = first, second
    elif second > 12:
        day, month = second, first
    else:
        raise ValueError("the month or the day may stand first")
    return f"{numbers[4]}-{month:02}-{day:02}"


def _month(word: str) -> str:
    """A month without what newsrooms abbreviate in their own way: Sept. is Sep."""
    return "Sep" if word.casefold() == "sept" else word


def _hour(hour: int, half: str) -> int:
    """The hour of the day. Raises ValueError for 13 pm."""
    if not half:
        return hour
    if hour not in range(1, 13):
        raise ValueError("no such hour")
    return hour % 12 + (12 if half.casefold() == "p" else 0)
