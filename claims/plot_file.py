"""A drawing as a file that stands alone: SVG with its own style, and PNG made from that.

The page's tokens are written out in their light values, on white. The same drawing gives the same
bytes: no clock, and no type of the system unless a name has letters that ours lacks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import resvg_py
from django.conf import settings

from claims.plot_signs import KEY_HEIGHT, KEY_WIDTH, Picture, PlotKey, words, written
from claims.plot_text import cut, width

Form = Literal["svg", "png"]
TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}

FONTS: Final = (
    "inter-5.3.0-plot-400.ttf",
    "inter-5.3.0-plot-600.ttf",
    "dejavu-sans-2.37-plot-signs.ttf",
    "dejavu-sans-2.37-plot-rtl.ttf",
)
# A letter that none of these has: other alphabets than Latin, Greek, Cyrillic, Hebrew and Arabic.
FOREIGN: Final = re.compile(
    r"[^\n -~\u00a0-\u00ac\u00ae-\u0148\u014a-\u017f\u0218-\u021b\u0384-\u03a1\u03a3-\u03ce"
    r"\u0400-\u0479\u0480-\u049d\u04a0-\u04ff\u05d0-\u05ea\u060c\u0621-\u063a\u0640-\u0655"
    r"\u0660-\u0669\u0679-\u06bf\u06f0-\u06f9\u1e00-\u1e9b\u1e9e-\u1eff\u200e\u200f\u2013\u2014"
    r"\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u20ac\u2116\u2122\u2191\u2193\u2212\u2248\u2260"
    r"\u2264\u2265\u2272]"
)
_FOLDER: Final = settings.BASE_DIR / "static"
ZOOM = 2.0  # of a PNG: sharp in print and on dense screens
MOST_PIXELS = 4000  # of a side of a PNG
_EDGE = 24.0
_TITLE, _LINE = 18.0, 12.0  # sizes of type
_ROW = 22.0
# what a PNG is lettered with
TYPE: Final[dict[str, Any]] = {
    "font_files": [str(_FOLDER / "vendor" / name) for name in FONTS],
    "font_family": "Inter",
    "sans_serif_family": "Inter",
}
_OWN_STYLE = (
    ".title{font-family:Inter,system-ui,sans-serif;font-size:18px;font-weight:600}"
    ".line{font-family:Inter,system-ui,sans-serif;font-size:12px}"
)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a file holds: the drawing under its title, its key, and where it comes from.

    `told` is what the drawing shows in sentences, for who cannot see it.
    """

    picture: Picture
    subtitle: str
    told: Sequence[str]
    origin: str


def as_svg(sheet: Sheet) -> str:
    """The sheet as an SVG document."""
    picture = sheet.picture
    breadth = picture.width + 2 * _EDGE
    top = _EDGE + 46
    keys, key_height = _keys(picture.keys, picture.width)
    foot = top + picture.height + 14 + key_height + 16
    high = foot + _EDGE - 4
    size = f'width="{breadth:g}" height="{high:g}" viewBox="0 0 {breadth:g} {high:g}"'
    told = written(" ".join(f"{sentence}." for sentence in sheet.told))
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="name told">',
        f'<title id="name">{written(picture.title)}</title><desc id="told">{told}</desc>',
        f"<style>{_style()}{_OWN_STYLE}</style>",
        f'<rect width="{breadth:g}" height="{high:g}" fill="{_tokens()["card"]}"/>',
        _text("title", _EDGE + 14, picture.title, _TITLE, picture.width),
        _text("line", _EDGE + 34, sheet.subtitle, _LINE, picture.width),
        f'<g class="drawing is-{picture.name}" transform="translate({_EDGE:g} {top:g})">',
        f"{picture.body}</g>",
        f'<g transform="translate({_EDGE:g} {top + picture.height + 14:g})">{keys}</g>',
        _text("line", foot, sheet.origin, _LINE, picture.width),
        "</svg>\n",
    )
    return "".join(parts)


def as_png(sheet: Sheet) -> bytes:
    """The sheet as a PNG of twice its size, less where a side would be too long.

    Letters that our type lacks are drawn in the system's, where that has them.
    """
    svg = as_svg(sheet)
    longest = max(sheet.picture.width, sheet.picture.height) + 400
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=min(ZOOM, MOST_PIXELS / longest),
        skip_system_fonts=not FOREIGN.search(svg),
        **TYPE,
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
