"""A drawing as a file that stands alone: SVG with its own style, and PNG made from that.

The page's tokens are written out in their light values, on white. The same drawing gives the same
bytes: no clock, no type of the system.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import resvg_py
from django.conf import settings

from claims.plot_signs import KEY_HEIGHT, KEY_WIDTH, PlotKey, words, written
from claims.plot_text import cut, width

Form = Literal["svg", "png"]
TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}

FONTS: Final = (
    "inter-5.3.0-plot-400.ttf",
    "inter-5.3.0-plot-600.ttf",
    "dejavu-sans-2.37-plot-signs.ttf",
    "dejavu-sans-2.37-plot-rtl.ttf",
)
_FOLDER: Final = settings.BASE_DIR / "static"
ZOOM = 2.0  # of a PNG: sharp in print and on dense screens
MOST_PIXELS = 4000  # of a side of a PNG
_EDGE = 24.0
_TITLE, _LINE = 18.0, 12.0  # sizes of type
_ROW = 22.0
_OWN_STYLE = (
    ".title{font-family:Inter,system-ui,sans-serif;font-size:18px;font-weight:600}"
    ".line{font-family:Inter,system-ui,sans-serif;font-size:12px}"
)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a file holds: the drawing under its title, its key, and where it comes from."""

    title: str
    subtitle: str
    css: str
    body: str
    width: float
    height: float
    keys: Sequence[PlotKey]
    source: str


def as_svg(sheet: Sheet) -> str:
    """The sheet as an SVG document."""
    breadth = sheet.width + 2 * _EDGE
    top = _EDGE + 46
    keys, key_height = _keys(sheet.keys, sheet.width)
    foot = top + sheet.height + 14 + key_height + 16
    high = foot + _EDGE - 4
    inner = (
        f'<svg x="{_EDGE:g}" y="{top:g}" width="{sheet.width:g}" height="{sheet.height:g}" '
        f'overflow="visible"><g class="{sheet.css}">{sheet.body}</g></svg>'
    )
    frame = f'viewBox="0 0 {breadth:g} {high:g}" role="img" aria-label="{written(sheet.title)}"'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{breadth:g}" height="{high:g}" {frame}>',
        f"<style>{_style()}{_OWN_STYLE}</style>",
        f'<rect width="{breadth:g}" height="{high:g}" fill="{_tokens()["card"]}"/>',
        _text("title", _EDGE + 14, sheet.title, _TITLE, sheet.width),
        _text("line", _EDGE + 34, sheet.subtitle, _LINE, sheet.width),
        inner,
        f'<g transform="translate({_EDGE:g} {top + sheet.height + 14:g})">{keys}</g>',
        _text("line", foot, sheet.source, _LINE, sheet.width),
        "</svg>\n",
    )
    return "".join(parts)


def as_png(sheet: Sheet) -> bytes:
    """The sheet as a PNG of twice its size, less where a side would be too long."""
    longest = max(sheet.width, sheet.height) + 400
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=as_svg(sheet),
        zoom=min(ZOOM, MOST_PIXELS / longest),
        skip_system_fonts=True,
        font_files=[str(_FOLDER / "vendor" / name) for name in FONTS],
        font_family="Inter",
        sans_serif_family="Inter",
    )
    return drawn


def _text(css: str, y: float, text: str, size: float, most: float) -> str:
    fitting = cut(text, most, size, bold=css == "title")
    colour = _tokens()["ink" if css == "title" else "ink-2"]
    return words(css, _EDGE, y, written(fitting)).replace("<text", f'<text fill="{colour}"', 1)


def _keys(keys: Sequence[PlotKey], most: float) -> tuple[str, float]:
    """The key in rows, and how high it is."""
    x, y, parts = 0.0, 0.0, []
    for key in keys:
        text = cut(key.words, most - KEY_WIDTH - 8, _LINE)
        breadth = KEY_WIDTH + 6 + width(text, _LINE)
        if x and x + breadth > most:
            x, y = 0.0, y + _ROW
        label = words("tick", KEY_WIDTH + 6, KEY_HEIGHT / 2 + 4, written(text))
        parts.append(
            f'<g class="drawing" transform="translate({x:.1f} {y:.1f})">{key.body}{label}</g>'
        )
        x += breadth + 18
    return "".join(parts), y + _ROW if keys else 0.0


@cache
def _tokens() -> dict[str, str]:
    """The light colours and the type faces, from the only file that names them."""
    sheet = _read("tokens.css")
    root = sheet[sheet.index(":root") :]
    return {name: _light(value) for name, value in _TOKEN.findall(root[: root.index("}")])}


def _light(value: str) -> str:
    """A token's value on a light page: the first colour that it names, else as it is."""
    colour = _COLOUR.search(value)
    return colour[0] if colour else value


@cache
def _style() -> str:
    """The style of drawings with the tokens written out; what is for browsers only is left out."""
    plain = _read("drawing.css")
    written_out = re.sub(r"var\(--([\w-]+)\)", lambda found: _tokens()[found[1]], plain)
    return re.sub(r"\s+", " ", written_out).strip()


def _read(name: str) -> str:
    path: Path = _FOLDER / "css" / name
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))
