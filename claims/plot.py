"""A plot of a point's figures by as-of day: drawings for some widths, and rows that say the same.

A figure is a dot on its interval: "about" a band, a range with capped ends, "at least" an open
arrow, "up to" a stem that thins out. A line joins what one speaker says later, a crossed line what
a flag sets against each other; forecasts stand apart.

The way of a plot: `plot_figures` (what goes into one), `plot_layout` (where it stands, on the
`plot_scale`, with `plot_lines` between; its parts are `plot_parts`), `plot_names` (where names have
room, as wide as `plot_text` says), `plot_svg` (the drawing, made of `plot_signs`), `plot_file`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import plot_svg, words
from claims.engine import normal_form
from claims.plot_figures import Beside, Figure, Group, sorted_out
from claims.plot_layout import can_be_log
from claims.plot_names import Named, named
from claims.plot_parts import NARROW, SMALL, WIDE, Size
from claims.plot_signs import Picture
from reader import dates

__all__ = ["NARROW", "SMALL", "WIDE", "Beside", "Drawing", "Figure", "Plot", "draw", "plot_of"]


@dataclass(frozen=True, kw_only=True)
class PlotRow:
    """One figure of the plot in words."""

    speaker: str
    source: str
    as_of: str
    figure: str
    interval: str
    certainty: str
    flagged: bool


@dataclass(frozen=True, kw_only=True)
class Drawing(Picture):
    """The plot for one width."""

    named: Named


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The figures of a point that count alike, drawn for some widths, and as rows.

    `can_be_log`: a logarithmic scale shows them better; `left_out`: marks in the rows only.
    """

    title: str
    summary: str
    group: Group
    drawings: tuple[Drawing, ...]
    rows: tuple[PlotRow, ...]
    can_be_log: bool

    @property
    def left_out(self) -> int:
        """How many marks had no room."""
        return self.drawings[0].named.layout.left_out

    @property
    def conflicts(self) -> int:
        """How many flags stand between its figures."""
        return len(self.group.conflicts)


def draw(
    title: str, figures: Sequence[Figure], conflicts: Sequence[frozenset[int]] = ()
) -> Plot | None:
    """A small plot of the figures that count the same thing; None if fewer than two do.

    `title` is the drawing's accessible name, `conflicts` are the claims of each standing flag.
    """
    groups, _beside = sorted_out(figures, conflicts)
    most = max(groups, key=lambda group: len(group.figures), default=None)
    if most is None or len(most.figures) < 2:
        return None
    return plot_of(title, most, (SMALL,))


def plot_of(title: str, group: Group, sizes: Sequence[Size], *, log: bool = False) -> Plot:
    """Draw a group for each of the sizes; `log` asks for a logarithmic scale where one fits."""
    return Plot(
        title=title,
        summary=_summary(group),
        group=group,
        drawings=tuple(_drawing(title, named(group, size, log=log)) for size in sizes),
        rows=tuple(_row(figure) for figure in group.figures),
        can_be_log=can_be_log(group),
    )


def _drawing(title: str, found: Named) -> Drawing:
    size = found.layout.size
    return Drawing(
        title=title,
        name=size.name,
        width=size.width,
        height=size.height,
        body=plot_svg.body(found),
        keys=plot_svg.keys(found),
        named=found,
    )


def _row(figure: Figure) -> PlotRow:
    return PlotRow(
        speaker=figure.speaker,
        source=figure.source,
        as_of=figure.as_of,
        figure=normal_form.worded(figure.quantity),
        interval=normal_form.interval(figure.quantity),
        certainty=words.word(words.CERTAINTIES, figure.certainty),
        flagged=figure.flagged,
    )


def _summary(group: Group) -> str:
    """The plot in a sentence or two."""
    figures = group.figures
    days = sorted(figure.day for figure in figures)
    speakers = len({figure.speaker for figure in figures})
    count = ngettext("%(n)s figure", "%(n)s figures", len(figures)) % {"n": len(figures)}
    by = ngettext("%(n)s speaker", "%(n)s speakers", speakers) % {"n": speakers}
    values = sorted(figures, key=lambda figure: figure.value)
    facts = {
        "figures": count,
        "speakers": by,
        "days": dates.days(days[0], days[-1]),
        "least": normal_form.short(values[0].quantity),
        "most": normal_form.short(values[-1].quantity),
    }
    if facts["least"] == facts["most"]:
        return _("%(figures)s of %(speakers)s, %(days)s: %(least)s.") % facts
    return _("%(figures)s of %(speakers)s, %(days)s. Lowest %(least)s, highest %(most)s.") % facts
