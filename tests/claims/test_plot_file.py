"""A drawing as a file: letters of many alphabets, sides that have an end."""

import io
import re
import string
from typing import Any

import pytest
import resvg_py
from PIL import Image

from claims import plot_file
from claims.plot_file import FOREIGN, MOST_PIXELS, Sheet, as_png, as_svg
from claims.plot_signs import Picture, written

# Latin with the letters of European languages, Greek, Cyrillic, Hebrew, Arabic, signs of figures
LETTERS = (
    string.ascii_letters
    + string.digits
    + "".join(map(chr, range(0xC0, 0x149)))
    + "".join(map(chr, range(0x14A, 0x180)))
    + "".join(chr(at) for at in range(0x386, 0x3CF) if chr(at).isalpha())
    + "".join(map(chr, range(0x400, 0x460)))
    + "ҐґҚқҢңҮүҰұҺһӘәӨөșțăâîẞ"
    + "".join(map(chr, range(0x5D0, 0x5EB)))
    + "".join(map(chr, range(0x621, 0x63B)))
    + "≈≥≤≲≠€£$%–—“”„‘’…№"
)
CELL = 24


def sheet(name: str = "", width: float = 200, height: float = 100) -> Sheet:
    body = f'<text class="name" x="0" y="20">{written(name)}</text>'
    picture = Picture(title=name, name="wide", width=width, height=height, body=body, keys=())
    return Sheet(picture=picture, subtitle="", told=(), origin="")


def cells(letters: str, weight: int) -> list[bytes]:
    """The pixels of each letter, drawn as files draw it."""
    across = 40
    places = [(at % across * CELL, at // across * CELL) for at in range(len(letters))]
    texts = [
        f'<text x="{left + 2}" y="{top + 17}">{written(letter)}</text>'
        for (left, top), letter in zip(places, letters, strict=True)
    ]
    size = f'width="{across * CELL}" height="{(len(letters) // across + 1) * CELL}"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Inter" font-size="14" '
        f'font-weight="{weight}">{"".join(texts)}</svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, **plot_file.TYPE)
    image = Image.open(io.BytesIO(png))
    return [image.crop((left, top, left + CELL, top + CELL)).tobytes() for left, top in places]


@pytest.mark.parametrize("weight", [400, 600])
def test_no_letter_of_our_alphabets_is_a_box_in_a_png(weight: int) -> None:
    *drawn, box, blank = cells(f"{LETTERS}鮮 ", weight)
    missing = [
        letter
        for letter, pixels in zip(LETTERS, drawn, strict=True)
        if pixels in (box, blank) or FOREIGN.search(letter)
    ]
    assert box != blank
    assert missing == []


def test_the_systems_type_is_asked_only_for_letters_that_ours_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def draw(**options: Any) -> bytes:
        asked.append(options["skip_system_fonts"])
        return b""

    monkeypatch.setattr(resvg_py, "svg_to_bytes", draw)
    for name in ("Ministry ≥ 3,000", "Українська", "وزارة الدفاع", "朝鮮中央通信", "กระทรวง"):
        as_png(sheet(name))
    assert asked == [True, True, True, False, False]


def test_a_side_of_a_png_has_an_end() -> None:
    for width, height in ((760, 3000), (4000, 100)):
        image = Image.open(io.BytesIO(as_png(sheet("A", width, height))))
        assert max(image.size) <= MOST_PIXELS


def test_a_file_has_a_white_ground_and_names_faces_that_every_machine_has() -> None:
    image = Image.open(io.BytesIO(as_png(sheet("A")))).convert("RGBA")
    assert image.getpixel((2, 2)) == (255, 255, 255, 255)
    stacks = re.findall(r"font-family:([^;}]*)", as_svg(sheet("A")))
    assert stacks
    assert [stack for stack in stacks if not stack.strip().endswith("sans-serif")] == []
