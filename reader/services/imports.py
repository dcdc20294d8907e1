"""The facts without which no report is stored, and what is said where one is missing."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from reader.ingest.times import Published, parse_published
from reader.models import Desk
from reader.services.articles import (
    Details,
)


class CannotImport(ValueError):
    """A report lacks something without which it cannot be stored; the message says what to do.

    `reason` is a code for the pages' own words.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said of a report, in lines that are ready to store."""

    source: str
    title: str
    byline: str
    published: Published


def said_time(text: str) -> Published:
    """A time that somebody gave by hand, who can be asked for its zone; pages cannot.

    Raises `CannotImport`.
    """
    try:
        published = parse_published(text)
    except ValueError as error:
        raise CannotImport(f"published time: {error}") from error
    if published.precision == "minute" and published.zone is None:
        raise CannotImport(
            f"the published time {text!r} has no zone: give a day like 2024-10-23 or a time with"
            " its zone like 2024-10-23T18:10+02:00"
        )
    return published


def details_of(facts: Facts, *, language: str, desk: Desk) -> Details:
    """The article's columns; a page's time without a zone is the desk's."""
    zone = facts.published.zone
    return Details(
        title=facts.title,
        byline=facts.byline,
        published_at=facts.published.moment(desk.zone),
        published_precision=facts.published.precision,
        published_zone=zone.key if isinstance(zone, ZoneInfo) else desk.zone,
        language=language,
    )
