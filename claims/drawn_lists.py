"""The long lists of the side-by-side page as HTML: its points, and the reports of its panel.

Piece by piece, like the columns: a template takes ten times as long for as many rows.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.columns_panel import PanelRow

if TYPE_CHECKING:
    from claims.comparison import PointRow


def draw_point(point: "PointRow", page: str, query: str) -> SafeString:
    """A row of the list of points; `page` is the page's address, `query` that of its layout."""
    address = escape(f"{page}?point={point.id}{query}")
    label = escape(point.label)
    outside = f" · {escape(_('outside the filter'))}" if point.outside else ""
    worst = f' data-worst="{escape(point.worst)}"' if point.worst else ""
    current = ' aria-current="true"' if point.chosen else ""
    drawn = (
        f'<a class="point {point.tone}" id="point-{point.id}" title="{label}"'
        f' data-point="{point.id}" data-verdict="{escape(point.verdict)}"'
        f' data-open="{point.open}"{worst} href="{address}" hx-get="{address}"{current}>\n'
        f'<span class="point-number">{point.number}</span>\n'
        f'<span class="point-label" dir="auto">{label}</span>\n'
        f'<span class="verdict">{escape(point.verdict_word)}</span>\n'
        f"<small>{escape(point.spread)}{outside}</small></a>"
    )
    return mark_safe(drawn)  # noqa: S308 - every value is escaped; tones are words of ours


def draw_points(points: Iterable["PointRow"], page: str, query: str) -> SafeString:
    """The rows of the list of points."""
    rows = (f"<li>{draw_point(point, page, query)}</li>" for point in points)
    return mark_safe("".join(rows))  # noqa: S308 - rows are safe


def draw_panel(rows: Iterable[PanelRow]) -> SafeString:
    """The reports in the panel of columns, each with its tick, its place and whether it is base."""
    said = {
        name: escape(word)
        for name, word in {
            "base": _("Base"),
            "hold": _("Hold the others against %(source)s"),
            "earlier": _("Earlier"),
            "later": _("Later"),
            "move earlier": _("Move %(source)s earlier"),
            "move later": _("Move %(source)s later"),
        }.items()
    }
    drawn = []
    for row in rows:
        pk, source = row.article, {"source": escape(row.source)}
        moves = (
            ("earlier", "is-up", "-1", row.first),
            ("later", "is-down", "1", row.last),
        )
        buttons = "".join(
            f'<button class="icon-button {style}" name="move" value="{pk}:{by}" id="{way}-{pk}"'
            f'{" disabled" * at_end} aria-label="{said[f"move {way}"] % source}"'
            f' title="{said[way]}"></button>'
            for way, style, by, at_end in moves
            if row.picked
        )
        drawn.append(
            '<div class="layout-row"><label>'
            f'<input type="checkbox" name="pick" value="{pk}" id="pick-{pk}"'
            f"{' checked' * row.picked}> <span><bdi>{source['source']}</bdi>"
            f" <small>{escape(row.published)}</small></span></label>"
            f'<label class="layout-base"><input type="radio" name="base" value="{pk}"'
            f' id="base-{pk}"{" checked" * row.base} aria-label="{said["hold"] % source}">'
            f" {said['base']}</label>"
            f'<span class="layout-moves">{buttons}</span></div>'
        )
    return mark_safe("".join(drawn))  # noqa: S308 - every value is escaped in its piece
