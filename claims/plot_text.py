"""How wide words are in a drawing, and how they are cut. Pure arithmetic."""

from collections.abc import Sequence
from typing import Final

# Advance widths of Inter 400 in hundredths of its size, for the signs from " " to "~".
_PLAIN: Final = (
    28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57,
    62, 62, 29, 30, 66, 66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76,
    64, 76, 64, 64, 65, 74, 69, 99, 68, 68, 63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61,
    59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66,
)  # fmt: skip
_OTHER: Final = 66  # of the alphabets beside it
_WIDE: Final = 102  # of East Asian signs and whatever else fills its square
_WIDE_FROM: Final = 0x1100
_BOLD: Final = 1.035  # 600 against 400
_SLACK: Final = 1.04  # for the system's type, where ours has not come


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the words are at most, in the unit of `size`."""
    total = sum(_advance(ord(letter)) for letter in text)
    return total / 100 * size * (_BOLD if bold else 1) * _SLACK


def _advance(code: int) -> int:
    if 32 <= code < 127:
        return _PLAIN[code - 32]
    return _WIDE if code >= _WIDE_FROM and not 0x1E00 <= code < 0x2E80 else _OTHER


def cut(text: str, most: float, size: float, *, bold: bool = False) -> str:
    """The words, shortened with an ellipsis to be no wider than `most`."""
    text = " ".join(text.split())
    if width(text, size, bold=bold) <= most:
        return text
    while text and width(f"{text}…", size, bold=bold) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"


def in_two(text: str, most: float, size: float, *, bold: bool = False) -> Sequence[str]:
    """The words in one line, or in two, of which the second is cut where it is too long."""
    words = text.split()
    for at in range(len(words), 0, -1):
        first = " ".join(words[:at])
        if width(first, size, bold=bold) <= most:
            rest = " ".join(words[at:])
            return (first, cut(rest, most, size, bold=bold)) if rest else (first,)
    return (cut(text, most, size, bold=bold),)
