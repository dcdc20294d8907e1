"""Parts of a page that are drawn once, as long as the page is kept."""

from typing import Self

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from claims.kept_pages import KeptPage

register = template.Library()


class KeptPart(template.Node):
    """A part of the page; where nothing is kept (`kept_page` is missing) it is simply drawn."""

    def __init__(self, name: str, varies: list[FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.varies = varies
        self.nodelist = nodelist

    @classmethod
    def parse(cls, parser: Parser, token: Token) -> Self:
        """Read the tag: `{% kept "columns" may_annotate %}`."""
        _tag, name, *varies = token.split_contents()
        nodelist = parser.parse(("endkept",))
        parser.delete_first_token()
        return cls(name, [parser.compile_filter(word) for word in varies], nodelist)

    def render(self, context: Context) -> SafeString:
        """The part as it was drawn before for the same page and the same values."""
        page = context.get("kept_page")
        if not isinstance(page, KeptPage):
            return self.nodelist.render(context)
        key = (self.name, *(value.resolve(context) for value in self.varies))
        drawn = page.parts.get(key)
        if drawn is None:
            drawn = page.parts[key] = self.nodelist.render(context)
        return drawn


@register.tag
def kept(parser: Parser, token: Token) -> KeptPart:
    """Draw what stands up to `{% endkept %}` once for the page that is kept.

    It may show what belongs to the page's read model, its layout and its language. All else that it
    depends on, such as what the person may do, is named behind its name. Never within: a CSRF
    token, the person's name or keys, what they may see that others may not.
    """
    return KeptPart.parse(parser, token)
