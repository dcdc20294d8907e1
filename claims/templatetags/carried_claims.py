"""What a report's difference page shows of its claims; the page itself knows none."""

from django import template

from claims.carried_list import CarriedList, list_carried
from reader.models import ArticleVersion

register = template.Library()


@register.simple_tag
def carried_claims(before: ArticleVersion, after: ArticleVersion) -> CarriedList | None:
    """What became of the report's claims between the two versions; None where there were none."""
    return list_carried(before, after)
