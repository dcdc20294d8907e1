"""The pieces of the side-by-side page that no template makes, as the templates use them."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.columns import Column
from claims.columns_panel import Panel
from claims.comparison import Comparison, PointRow
from claims.drawn_columns import Drawing, draw_cell
from claims.drawn_lists import draw_panel, draw_point, draw_points

register = template.Library()


@register.simple_tag(takes_context=True)
def columns(context: dict[str, Any]) -> SafeString:
    """All columns of the page."""
    return _drawing(context).columns(context["comparison"].columns)


@register.simple_tag(takes_context=True)
def column_text(context: dict[str, Any], column: Column) -> SafeString:
    """The text of one column, with its title."""
    return _drawing(context).text(column)


@register.simple_tag
def cell(column: Column) -> SafeString:
    """The foot of one column."""
    return draw_cell(column)


@register.simple_tag
def point_rows(comparison: Comparison, page: str) -> SafeString:
    """The rows of the list of points; `page` is the page's address without a query."""
    return draw_points(comparison.points, page, comparison.layout.query)


@register.simple_tag
def point_row(comparison: Comparison, point: PointRow, page: str) -> SafeString:
    """One of them."""
    return draw_point(point, page, comparison.layout.query)


@register.simple_tag
def panel_rows(panel: Panel) -> SafeString:
    """The reports in the panel of columns."""
    return draw_panel(panel.rows)


def _drawing(context: dict[str, Any]) -> Drawing:
    comparison: Comparison = context["comparison"]
    mark = reverse("claims:claim_new", args=[comparison.slug]) if context["may_annotate"] else ""
    return Drawing(
        at=context["at"],
        query=comparison.layout.query,
        mark=mark,
        chosen=comparison.chosen is not None,
        many=comparison.panel.total > 1,
    )
