"""The signs of a plot as SVG, alike in the drawing and in its key. Places are attributes."""

import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

_RIGHT_TO_LEFT = ("R", "AL")
KEY_WIDTH: Final = 26
KEY_HEIGHT: Final = 22


@dataclass(frozen=True, kw_only=True)
class PlotKey:
    """A sign of the drawing and what it means; `body` is drawn in a box of 26 by 22."""

    body: str
    words: str

    @property
    def svg(self) -> SafeString:
        """The sign as a drawing of its own."""
        box = f'viewBox="0 0 {KEY_WIDTH} {KEY_HEIGHT}" aria-hidden="true"'
        svg = f'<svg class="drawing" {box}>{self.body}</svg>'
        return mark_safe(svg)  # noqa: S308 - made of numbers only


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing with its key: `title` is its accessible name, `name` that of its size."""

    title: str
    name: str
    width: float
    height: float
    body: str
    keys: tuple[PlotKey, ...]

    @property
    def svg(self) -> SafeString:
        """The drawing for a page."""
        box = f'viewBox="0 0 {self.width:g} {self.height:g}"'
        name = f'role="img" aria-label="{written(self.title)}"'
        svg = f'<svg class="drawing is-{self.name}" {box} {name}>{self.body}</svg>'
        return mark_safe(svg)  # noqa: S308 - numbers, and names that are escaped


def written(text: str) -> str:
    """Words for a drawing: escaped, without what XML forbids, other directions kept apart."""
    legal = "".join(letter for letter in text if letter.isprintable() or letter == " ")
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in legal):
        legal = f"\u200e{legal}\u200e"
    return escape(legal)


def group(css: str, body: str, tip: str = "") -> str:
    """Some signs under one class, with what a pointer over them tells."""
    title = f"<title>{written(tip)}</title>" if tip else ""
    return f'<g class="{css}">{title}{body}</g>'


def path(css: str, way: str) -> str:
    """A line."""
    return f'<path class="{css}" d="{way}"/>'


def words(css: str, x: float, y: float, body: str, anchor: str = "start") -> str:
    """A line of words at a place; `body` is written already."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}"{at}>{body}</text>'


def rect(css: str, left: float, top: float, right: float, bottom: float) -> str:
    """A rectangle by its edges."""
    size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
    return f'<rect class="{css}" x="{left:.1f}" y="{top:.1f}" {size}/>'


def floor(x: float, y: float, tip: float) -> str:
    """A dashed stem up to an open arrow: "at least"."""
    foot = tip + 6
    return path("stem soft", f"M{x:.1f} {y:.1f}V{foot - 4:.1f}") + path(
        "tip", f"M{x - 4.5:.1f} {foot:.1f}L{x:.1f} {tip:.1f}L{x + 4.5:.1f} {foot:.1f}"
    )


def ceiling(x: float, y: float, low: float) -> str:
    """A bar on top and a stem below it that thins out: "up to"."""
    third = (low - y) / 3
    return (
        path("stem", f"M{x - 6:.1f} {y:.1f}h12")
        + path("stem", f"M{x:.1f} {y:.1f}v{third:.1f}")
        + path("stem soft", f"M{x:.1f} {y + third:.1f}v{third:.1f}")
        + path("stem faint", f"M{x:.1f} {y + 2 * third:.1f}v{third:.1f}")
    )


def band(x: float, top: float, low: float) -> str:
    """A strip as high as an "about" reaches."""
    return rect("band", x - 6, top, x + 6, low)


def whiskers(x: float, top: float, low: float) -> str:
    """A stem with a cap at each end: a range whose ends are given."""
    caps = f"M{x - 4:.1f} {top:.1f}h8M{x - 4:.1f} {low:.1f}h8"
    return path("stem", f"M{x:.1f} {top:.1f}V{low:.1f}{caps}")


def dot(shape: int, x: float, y: float) -> str:
    """A figure's sign: circle, square, diamond or triangle, for shapes 0 to 3."""
    if shape == 0:
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4.2"/>'
    if shape == 1:
        return rect("dot", x - 3.8, y - 3.8, x + 3.8, y + 3.8)
    if shape == 2:
        return path("dot", f"M{x:.1f} {y - 5.2:.1f}l5.2 5.2l-5.2 5.2l-5.2-5.2z")
    return path("dot", f"M{x:.1f} {y - 5:.1f}l5.2 9h-10.4z")


def numbered(number: int, x: float, y: float) -> str:
    """A dot that holds a number."""
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="8"/>' + words(
        "number", x, y + 3.5, str(number), "middle"
    )


def ring(x: float, y: float, radius: float) -> str:
    """What tells a flagged figure without colour."""
    return f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{radius + 3:.1f}"/>'


def badge(x: float, y: float) -> str:
    """The sign between figures that a flag sets against each other."""
    ring = f'<circle class="badge" cx="{x:.1f}" cy="{y:.1f}" r="6.5"/>'
    bars = f"M{x - 3:.1f} {y - 1.4:.1f}h6M{x - 3:.1f} {y + 1.4:.1f}h6"
    return ring + path("unequal", f"{bars}M{x - 1.7:.1f} {y + 3.6:.1f}l3.4-7.2")
