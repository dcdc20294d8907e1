"""The difference of two texts as HTML, by the rules of `rendering.py`: every piece escaped.

What is gone stands in `<del>`, what is new in `<ins>`, both with the word that the stylesheet reads
out before them (`data-word`), so that the text content stays the stored text.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from reader.rendering import escaper
from reader.text import BlockKind
from reader.versions_rows import Piece, PieceKind

Side = Literal["old", "new", "both"]

_LEFT_OUT: Mapping[Side, PieceKind | None] = MappingProxyType(
    {"old": "new", "new": "gone", "both": None}
)
_TAGS: Mapping[PieceKind, str] = MappingProxyType({"gone": "del", "new": "ins"})
_GAPS = re.compile(r"\n\s*\n")
_BREAK_GONE = "\u00b6"  # a pilcrow: two paragraphs became one


def render_pieces(
    pieces: Iterable[Piece], side: Side, words: Mapping[PieceKind, str], kind: BlockKind
) -> SafeString:
    """Render a row of a difference as paragraphs: one text's side of it, or both read as one.

    `words` are read out before what is gone and what is new. A break that only the old text has is
    drawn as a pilcrow where both are read as one.
    """
    opened = f'<p data-kind="{kind}" dir="auto">'
    out = [opened]
    for piece in pieces:
        if piece.kind == _LEFT_OUT[side]:
            continue
        stays = side == "both" and piece.kind == "gone"
        parts = _GAPS.split(piece.text)
        for number, part in enumerate(parts):
            if number and not stays:
                out.append(f"</p>{opened}")
            shown = _BREAK_GONE + part if number and stays else part
            out.append(_marked(shown, piece.kind, words))
    out.append("</p>")
    return mark_safe("".join(out).replace(f"{opened}</p>", ""))  # noqa: S308 - escaped piecewise


def _marked(text: str, kind: PieceKind, words: Mapping[PieceKind, str]) -> str:
    """A piece between two breaks, in the element that says what became of it."""
    if not text:
        return ""
    escapes = escaper(text)
    html = escapes(text) if escapes else text
    if kind == "same":
        return html
    return f'<{_TAGS[kind]} data-word="{escape(words[kind])}">{html}</{_TAGS[kind]}>'
