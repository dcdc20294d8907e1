"""When a page came out: which of the times that it names, or a guess that a person confirms."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reader.ingest.metadata import FoundIn
from reader.ingest.times import Published, parse_published

_SAME = timedelta(minutes=1)
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_-])([01]?\d)\2([0-3]?\d)|([01]\d)([0-3]\d))(?!\d)"
)
_AROUND = (3, 8)  # lines before and after the headline, where a page says when it came out
_LONGEST = 160  # code points of a line that may do so
_NO_GUESS = re.compile(r"\b(?:updated|modified|corrected|copyright)\b|\u00a9", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A time that the page names, and where."""

    time: Published
    where: FoundIn


def said_at(texts: Iterable[tuple[str, FoundIn]]) -> list[Said]:
    """The times among these texts, in their order; what is no time is left out."""
    found = []
    for text, where in texts:
        try:
            found.append(Said(time=parse_published(text), where=where))
        except ValueError:
            continue
    return found


def most_precise(times: Sequence[Said]) -> Said | None:
    """The one that says most: a minute before a day, with its zone before without; then the first.

    Midnight is what programs write for a day, so it says less than another minute.
    """
    return max(times, key=lambda said: _precision(said.time), default=None)


def do_differ(times: Sequence[Said]) -> bool:
    """Whether two of the times cannot both be right."""
    return any(not _agree(times[0].time, other.time) for other in times[1:])


def _precision(time: Published) -> int:
    if time.precision == "day":
        return 0
    at_midnight = (time.local.hour, time.local.minute) == (0, 0)
    return 1 + 2 * (not at_midnight) + (time.zone is not None)


def _agree(one: Published, other: Published) -> bool:
    if one.precision == "day" or other.precision == "day":
        return bool(_days(one) & _days(other))
    return any(abs(a - b) <= _SAME for a in _clocks(one) for b in _clocks(other))


def _clocks(time: Published) -> set[datetime]:
    """The time as a wall clock shows it where it was written, and in UTC if its zone is known."""
    return {time.local} if time.zone is None else {time.local, _in_utc(time)}


def _in_utc(time: Published) -> datetime:
    try:
        return time.moment("UTC").astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return time.local


def _days(time: Published) -> set[object]:
    return {clock.date() for clock in _clocks(time)}


def day_in_address(address: str) -> Published | None:
    """The day that stands in an address such as /2025/03/12/, if one does."""
    for found in _IN_ADDRESS.finditer(address):
        year, month, day = found[1], int(found[3] or found[5]), int(found[4] or found[6])
        times = said_at([(f"{year}-{month:02}-{day:02}", "address")])
        if times:
            return times[0].time
    return None


def guessed_day(text: str, title: str) -> Published | None:
    """The day that the words around a page's headline seem to say, as htmldate reads them.

    Only short lines are read, and none that tells of a change or of rights.
    """
    lines = text.split("\n")
    at = lines.index(title) if title in lines else 0
    near = lines[max(0, at - _AROUND[0]) : at + 1 + _AROUND[1]]
    likely = [
        line
        for line in near
        if len(line) <= _LONGEST and _HAS_YEAR.search(line) and not _NO_GUESS.search(line)
    ]
    if not likely:
        return None
    # here, because it brings much along that is seldom needed
    from htmldate import find_date

    page = "".join(f"<p>{html.escape(line)}</p>" for line in likely)
    found = find_date(f"<html><body>{page}</body></html>", original_date=True)
    times = said_at([(found or "", "guess")])
    return times[0].time if times else None
