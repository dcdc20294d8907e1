"""The signs of the plot as SVG, alike in the drawing and in its key."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, kw_only=True)
class PlotKey:
    """A sign of the drawing and what it means."""

    svg: SafeString
    words: str


def arrow(x: float, y: float, tip: float, back: float) -> str:
    """A dotted stem from the dot to an arrow's tip: the interval goes on."""
    foot = tip + back
    return (
        f'<path class="stem soft" d="M{x:.1f} {y:.1f}V{foot:.1f}"/>'
        f'<path class="tip" d="M{x - 4:.1f} {foot:.1f}L{x:.1f} {tip:.1f}L{x + 4:.1f} {foot:.1f}"/>'
    )


def dot(shape: int, x: float, y: float) -> str:
    """A figure's sign: circle, square, diamond or triangle, for shapes 0 to 3."""
    if shape == 0:
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    if shape == 1:
        return f'<rect class="dot" x="{x - 3.7:.1f}" y="{y - 3.7:.1f}" width="7.4" height="7.4"/>'
    if shape == 2:
        return f'<path class="dot" d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5-5z"/>'
    return f'<path class="dot" d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>'


def sign(css: str, body: str) -> SafeString:
    """A small drawing for the key, of the class that colours it in the plot."""
    svg = f'<svg viewBox="0 0 14 22" aria-hidden="true"><g class="{css}">{body}</g></svg>'
    return mark_safe(svg)  # noqa: S308 - made of numbers only
