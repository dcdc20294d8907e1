"""What the forms that decide on flags offer."""

from collections.abc import ItemsView

from django import template
from django.utils.functional import Promise

from claims.services.deciding import NOTE_LIMIT
from claims.words import DISMISSAL_REASONS

register = template.Library()


@register.simple_tag
def dismissal_reasons() -> ItemsView[str, str | Promise]:
    """The codes and words of the reasons for which a flag is dismissed."""
    return DISMISSAL_REASONS.items()


@register.simple_tag
def note_limit() -> int:
    """How many characters a note may have."""
    return NOTE_LIMIT
