"""Django's `date` filter, with the joints of the person's language. Built into every template."""

from typing import Any

from django import template
from django.template import defaultfilters

from reader.dates import localised

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """Format a day or time; see `reader.dates`."""
    return str(defaultfilters.date(value, localised(pattern) if pattern else pattern))
