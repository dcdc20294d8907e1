"""Where the toolbar of the side-by-side page leads: the same page in another layout."""

from dataclasses import dataclass
from typing import get_args

from django.utils.translation import gettext_lazy as _

from claims import words
from claims.columns_tint import COLOURS
from claims.layout import Colour, Focus, Layout
from claims.words import Words

FOCUSES: Words = {"": _("Off"), "dim": _("Dim the rest"), "fold": _("Fold the rest")}


@dataclass(frozen=True, kw_only=True)
class LayoutLink:
    """One choice of a menu: its value in the address, its word, and the layout's query with it."""

    value: str
    word: str
    query: str
    chosen: bool


def colour_links(layout: Layout) -> tuple[LayoutLink, ...]:
    """What the highlights can tell apart."""
    return tuple(
        LayoutLink(
            value=colour,
            word=words.word(COLOURS, colour),
            query=layout.changed(colour=colour).query,
            chosen=colour == layout.colour,
        )
        for colour in get_args(Colour)
    )


def focus_links(layout: Layout) -> tuple[LayoutLink, ...]:
    """What becomes of all that is no claim."""
    return tuple(
        LayoutLink(
            value=focus,
            word=words.word(FOCUSES, focus),
            query=layout.changed(focus=focus).query,
            chosen=focus == layout.focus,
        )
        for focus in get_args(Focus)
    )
