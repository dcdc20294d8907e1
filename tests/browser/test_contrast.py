"""Highlights measured from the pixels of a screenshot: words, lines, states, depth."""

import io
from collections import Counter
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Page

from reader.rendering import render_text
from reader.text import Block, Mark
from tests.browser.conftest import Visits

Pixel = tuple[int, int, int]
DEEPEST = 5
SIZE = (900, 800)
WORDS = "Illinois mill "
# What a highlight can be: what a mark has, and the sort that recolouring gives it.
STATES: dict[str, dict[str, Any]] = {
    "plain": {},
    "flagged": {"flags": ("quantity",)},
    "chosen": {"chosen": True},
    "chosen-flagged": {"flags": ("quantity",), "chosen": True},
    **{f"sort-{name}": {"tint": name} for name in ("open", "suggested", "settled", "confirmed")},
    **{f"sort-{name}": {"tint": name} for name in [f"source-{number}" for number in range(1, 9)]},
}
LOOKS = [("light", "system"), ("dark", "system"), ("light", "more"), ("dark", "more")]
# Lines alone, then words alone: neither is measured as the other.
HIDDEN = {
    "lines": "mark{color:transparent!important}",
    "words": "mark{text-decoration-color:transparent!important;border-color:transparent!important}",
}
SHOW = """([rows, hidden]) => {
  const main = document.querySelector("main");
  main.className = "page";
  main.replaceChildren();
  for (const [state, html] of rows) {
    const row = document.createElement("div");
    row.id = state;
    row.style.margin = "10px 0";
    row.style.font = "16.5px/1.5 var(--serif)";
    row.innerHTML = html;
    main.append(row);
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hidden);
  document.adoptedStyleSheets = [sheet];
  return rows.map(([state]) => [...document.querySelectorAll(`#${state} mark`)].map((mark) => {
    const { x, y, width, height } = mark.getBoundingClientRect();
    return { x, y, width, height };
  }));
}"""


def rows() -> list[tuple[str, str]]:
    """For each state a line whose stretches lie under one to five highlights."""
    text = WORDS * DEEPEST
    found = []
    for state, has in STATES.items():
        marks = [
            Mark(
                start=len(WORDS) * at,
                end=len(text),
                claims=(at,),
                points=(at,),
                numbers=(at,),
                **has,
            )
            for at in range(DEEPEST)
        ]
        blocks = [Block(kind="paragraph", start=0, end=len(text))]
        found.append((state, str(render_text(text, marks, blocks))))
    return found


def luminance(pixel: Pixel) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in pixel)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Pixel, other: Pixel) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def cut(image: Image.Image, box: FloatRect) -> Image.Image:
    """The stretch without its ends, where the next one begins."""
    left, top = round(box["x"] + 3) * 2, round(box["y"] - 1) * 2
    right = left + round(box["width"] - 9) * 2
    bottom = top + round(box["height"] + 7) * 2  # double lines and waves reach below it
    return image.crop((left, top, right, bottom))


def pixels(image: Image.Image) -> list[Pixel]:
    """All pixels, row by row."""
    data = image.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def strongest(image: Image.Image, ground: Pixel) -> float:
    """The contrast of what stands out most from the ground: full letters, full lines."""
    return max(contrast(pixel, ground) for pixel in set(pixels(image)))


@pytest.fixture
def shown(visits: Visits) -> Any:
    """Shows the lines in a look; gives two pictures of them and each stretch's box."""

    def show(scheme: Any, contrast_wish: str) -> tuple[dict[str, Image.Image], dict[str, Any]]:
        page = visits.open(
            "/sign-in/", person=None, color_scheme=scheme, device_scale_factor=2, size=SIZE
        )
        page.evaluate(
            "(wish) => { document.documentElement.dataset.contrast = wish; }", contrast_wish
        )
        pictures = {}
        boxes: list[Any] = []
        for name, hidden in HIDDEN.items():
            boxes = page.evaluate(SHOW, [rows(), hidden])
            pictures[name] = _picture(page)
        return pictures, dict(zip(STATES, boxes, strict=True))

    return show


def _picture(page: Page) -> Image.Image:
    page.mouse.move(0, 0)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def ground_of(image: Image.Image) -> Pixel:
    """The colour that most of it has."""
    return Counter(pixels(image)).most_common(1)[0][0]


@pytest.mark.parametrize(("scheme", "wish"), LOOKS)
def test_words_lines_and_depth_of_every_highlight_can_be_seen(
    scheme: str, wish: str, shown: Any
) -> None:
    pictures, boxes = shown(scheme, wish)
    paper = pictures["words"].getpixel((2, 2))
    weak = []
    for state, stretches in boxes.items():
        assert len(stretches) == DEEPEST
        grounds = []
        for depth, box in enumerate(stretches, start=1):
            words, lines = (cut(pictures[name], box) for name in ("words", "lines"))
            ground = ground_of(words)
            grounds.append(ground)
            told, line = strongest(words, ground), strongest(lines, paper)
            if told < 4.5 or line < 3:
                weak.append((state, depth, round(told, 2), round(line, 2)))
        assert len(set(grounds)) == DEEPEST, (state, grounds)  # each depth has its own ground
    assert weak == []


def test_words_under_the_pointer_can_be_read(shown: Any, visits: Visits) -> None:
    for scheme in ("light", "dark"):
        _pictures, boxes = shown(scheme, "system")
        page = visits.contexts[-1].pages[0]
        for state in ("plain", "chosen-flagged"):
            box = boxes[state][-1]
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            words = cut(picture, box | {"height": box["height"] - 14})
            assert strongest(words, ground_of(words)) >= 4.5, (scheme, state)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_stay_apart_without_colour(scheme: str, shown: Any) -> None:
    pictures, boxes = shown(scheme, "system")
    prints = {
        state: _print(cut(pictures["lines"].convert("L").convert("RGB"), boxes[state][0]))
        for state in STATES
    }
    names = ["plain", "flagged", "chosen", "chosen-flagged"]
    kept = ["sort-open", "sort-suggested", "sort-settled", "sort-confirmed"]
    for group in (names, kept, [name for name in STATES if "source" in name]):
        for one in group:
            for other in group[group.index(one) + 1 :]:
                assert _differ(prints[one], prints[other]), (one, other, prints[one], prints[other])


def _print(image: Image.Image) -> tuple[float, tuple[float, ...]]:
    """A grey picture of lines: its ground's lightness, and how much of each row is line."""
    ground = ground_of(image)
    grey = [pixel[0] for pixel in pixels(image)]
    width = image.width
    share = [
        sum(abs(value - ground[0]) > 40 for value in grey[at : at + width]) / width
        for at in range(0, len(grey), width)
    ]
    return ground[0] / 255, tuple(round(part, 2) for part in share)


def _differ(one: tuple[float, tuple[float, ...]], other: tuple[float, tuple[float, ...]]) -> bool:
    """Whether the ground's lightness or the kind of line tells two states apart."""
    rows_apart = sum(abs(mine - theirs) for mine, theirs in zip(one[1], other[1], strict=True))
    return abs(one[0] - other[0]) > 0.05 or rows_apart > 0.5
