"""Days and times in the manner of the person's language.

The code writes patterns as English has them ("j F Y"); what stands between a day and its month is
a matter of the language ("30. Oktober"), so it is a word for translators.
"""

from datetime import date, datetime

from django.utils import formats
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
