"""Published times as they are written in files and forms."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

Precision = Literal["minute", "day"]
YEARS = range(1800, 2201)  # no report is from another one, and zones cannot shift them too far
AHEAD = timedelta(days=1)  # clocks and zones differ; what lies further ahead is a slip
_NO_PLACES = {"Factory", "localtime"}  # the clock of this machine, and of one nobody set up
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_WRITTEN_DAYS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y")


@dataclass(frozen=True, kw_only=True)
class Published:
    """When a report came out, as far as it was said.

    `local` is the wall clock (midnight for a day); `zone` is what was given with it, or None.
    """

    local: datetime
    precision: Precision
    zone: tzinfo | None = None

    @property
    def day(self) -> date:
        """The calendar day as it was written."""
        return self.local.date()

    def moment(self, desk_zone: str) -> datetime:
        """The time in UTC; without a zone of its own it is the desk's wall clock.

        Raises OverflowError at the ends of the calendar.
        """
        return self.local.replace(tzinfo=self.zone or ZoneInfo(desk_zone)).astimezone(UTC)

    def is_ahead(self, now: datetime, desk_zone: str) -> bool:
        """Whether it lies more than a day after `now`: nothing that can be read came out then."""
        return self.moment(desk_zone) > now + AHEAD

    def as_text(self) -> str:
        """The text from which `parse_published` reads the same."""
        if self.precision == "day":
            return self.day.isoformat()
        return self.local.replace(tzinfo=self.zone).isoformat()


@cache
def zones() -> frozenset[str]:
    """The IANA names that may be chosen; they mean the same on every machine."""
    return frozenset(available_timezones() - _NO_PLACES)


def parse_published(text: str) -> Published:
    """Read a day (`2024-10-23`, `23 October 2024`) or a time with or without a zone.

    Times are ISO 8601 or as in mail headers. Raises ValueError, whose text says what is wanted.
    """
    text = " ".join(text.split())
    for reads in (_iso_day, _iso, _written_day, _mail):
        try:
            return reads(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise ValueError(
        f"{text[:60]!r} is neither a day like 2024-10-23 nor a time like 2024-10-23T18:10+02:00"
    )


def _iso_day(text: str) -> Published:
    return _day(datetime.combine(date.fromisoformat(text), time()))


def _written_day(text: str) -> Published:
    for form in _WRITTEN_DAYS:
        try:
            return _day(datetime.strptime(text, form))  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def _iso(text: str) -> Published:
    return _minute(datetime.fromisoformat(text))


def _mail(text: str) -> Published:
    if _HALF_DAY.search(text):  # mails know no halves of a day: these would be passed over
        raise ValueError(text)
    return _minute(parsedate_to_datetime(text))


def _day(moment: datetime) -> Published:
    return Published(local=datetime.combine(_checked(moment).date(), time()), precision="day")


def _minute(moment: datetime) -> Published:
    _checked(moment)
    local = moment.replace(tzinfo=None, second=0, microsecond=0, fold=0)
    return Published(local=local, precision="minute", zone=moment.tzinfo)


def _checked(moment: datetime) -> datetime:
    """The moment. Raises ValueError for years that no report has."""
    if moment.year not in YEARS:
        raise ValueError(f"the year {moment.year} is not one of a report")
    return moment
