"""What a report's pages show of its claims; the pages themselves know none."""

from django import template

from claims.carried_list import CarriedList, list_carried
from claims.waiting import waiting
from reader.models import Article, ArticleVersion

register = template.Library()


@register.simple_tag
def carried_claims(before: ArticleVersion, after: ArticleVersion) -> CarriedList | None:
    """What became of the report's claims between the two versions; None where there were none."""
    return list_carried(before, after)


@register.simple_tag
def waiting_claims(article: Article) -> int:
    """How many of the report's claims wait in the story's tray; one query."""
    return waiting().filter(article_version__article=article).count()
