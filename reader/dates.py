"""Days and times in the manner of the person's language.

The code writes patterns as English has them ("j F Y"); what stands between a day and its month is
a matter of the language ("30. Oktober"), so it is a word for translators.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def date_format(value: date | datetime, pattern: str) -> str:
    """The value in the pattern of Django's `date` filter, as the language joins its parts."""
    return formats.date_format(value, localised(pattern))


def localised(pattern: str) -> str:
    """The pattern with what the language puts between a day and its month."""
    joint = pgettext("between a day and the name of its month", " ")
    if joint == " ":
        return pattern
    return pattern.replace("j F", f"j{joint}F").replace("j M", f"j{joint}M")


def day(value: date) -> str:
    """A day where the year is told beside it: "23 Oct"."""
    return date_format(value, "j M")


def day_of_month(value: date) -> str:
    """A day where its month is told before it: "23"."""
    return f"{value.day}{pgettext('between a day and the name of its month', ' ').strip()}"


def day_and_year(value: date) -> str:
    """A day for what is read long after: "23 Oct 2024"."""
    return date_format(value, "j M Y")


def moment(value: datetime) -> str:
    """A moment by the clock of its own zone, which is named: "23 Oct 2024, 14:05 CEST"."""
    return date_format(value, "j M Y, H:i T")


def days(first: date | None, last: date | None) -> str:
    """A stretch of days with its years; a whole month or year by its name; empty if unknown."""
    return _stretch(first, last, day_and_year, day_and_year)


def short_days(first: date | None, last: date | None) -> str:
    """A stretch where its year is told beside it: "23 Oct", "23 to 25 Oct"; else as `days`.

    In English these are the words of the engine's own form, `claims.engine.normal_form.days`.
    """
    together = first and last and (first.year, first.month) == (last.year, last.month)
    return _stretch(first, last, day_of_month if together else day, day)


def _stretch(
    first: date | None,
    last: date | None,
    begun: Callable[[date], str],
    ended: Callable[[date], str],
) -> str:
    """The stretch in words: `begun` and `ended` word its first and its last day."""
    if first is None:
        return _("by %(last)s") % {"last": ended(last)} if last else ""
    if last is None:
        return _("since %(first)s") % {"first": ended(first)}
    if first == last:
        return ended(last)
    if first.day == 1 and first.year == last.year and last.day == _days_of(last):
        if first.month == last.month:
            return date_format(first, "F Y")
        if (first.month, last.month) == (1, 12):
            return date_format(first, "Y")
    return _("%(first)s to %(last)s") % {"first": begun(first), "last": ended(last)}


def _days_of(value: date) -> int:
    """How many days the month has."""
    return monthrange(value.year, value.month)[1]
