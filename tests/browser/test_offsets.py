"""The offset law: any text, any selection, browser to server to browser: the same characters."""

import random
import re
from itertools import accumulate
from typing import Any

import pytest
from playwright.sync_api import Page

from reader.rendering import render_text
from reader.text import BLOCK_GAP, Block, Mark, clean_text
from tests.browser.conftest import Visits

PURE, WHOLE = 10_000, 200
# What people paste: accents, emoji of several signs, flags, letters without a key, both directions,
# signs that turn them, line ends of all systems, and signs that the gate takes out.
PIECES = [
    *"a b c . , 1 2,000 é e\u0301 o\u0308\u0323 ß 😀 🇺🇦 👍🏽 ❤️ 𝔘 𐍈 한 각".split(),
    *"ก็ नि क्षि & < > &amp; <b>".split(),
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    *("\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "\u200f", "\u202b", "\u202c"),
    *("\u2066", "\u2069", "\u200b", "\u00ad", "\u00a0", " ", " ", " ", "\n", "\r\n", "\r"),
    *("\x00", "\ufeff", "\u2028", "\x0b"),
]
HALVES = re.compile("[\ud800-\udfff\ufffd]")
MODULE = "/static/js/{}.js"
COUNTING = """async ([module, cases]) => {
  const offsets = await import(module);
  return cases.map(([blocks, start, end]) => {
    const inBlock = blocks[0].text;
    const points = offsets.pointsIn(inBlock, inBlock.length);
    const places = offsets.toPlaces(blocks, start, end);
    const found = offsets.toPoints(blocks, ...places);
    const again = offsets.toPoints(blocks, ...offsets.toPlaces(blocks, found.start, found.end));
    return [points, offsets.unitsIn(inBlock, Math.floor(points / 2)), found, again];
  });
}"""
SELECTING = """async ([module, cases]) => {
  const { fromRange, toRange } = await import(module);
  const column = document.createElement("div");
  document.body.append(column);
  const found = cases.map(([html, from, to]) => {
    column.innerHTML = html;
    const spots = [];
    const walker = document.createTreeWalker(column, NodeFilter.SHOW_ALL);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const length = node.nodeType === Node.TEXT_NODE ? node.length : node.childNodes.length;
      for (let at = 0; at <= length; at += 1) spots.push([node, at]);
    }
    const [first, last] = [from, to].map((share) => Math.floor(share * spots.length))
      .sort((a, b) => a - b).map((at) => spots[at]);
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(...last);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const target = fromRange(column, selection.getRangeAt(0));
    if (!target) return { selected: String(range) };
    const back = toRange(column, target.start, target.end);
    return { target, selected: String(range), shown: String(back), again: fromRange(column, back) };
  });
  column.remove();
  return found;
}"""


def some_text(rng: random.Random) -> str:
    """A clean text of a block: never blank at its ends, as blocks are."""
    drawn = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))
    return clean_text(drawn).replace("\n\n", "\n").strip() or "x"


def some_blocks(rng: random.Random) -> tuple[str, list[Block]]:
    """A canonical text of a few blocks."""
    texts = [some_text(rng) for _ in range(rng.randint(1, 4))]
    ends = accumulate(len(text) + len(BLOCK_GAP) for text in texts)
    blocks = [
        Block(kind="paragraph", start=end - len(BLOCK_GAP) - len(text), end=end - len(BLOCK_GAP))
        for text, end in zip(texts, ends, strict=True)
    ]
    return BLOCK_GAP.join(texts), blocks


def units(text: str) -> int:
    """The UTF-16 units of a text, in which JavaScript counts."""
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture
def page(visits: Visits) -> Page:
    return visits.open("/sign-in/", person=None)


def test_counting_is_that_of_python(page: Page) -> None:
    rng = random.Random(20241023)
    texts: list[tuple[str, str]] = []
    cases: list[tuple[list[dict[str, object]], int, int]] = []
    for _ in range(PURE):
        text, blocks = some_blocks(rng)
        start, end = sorted(rng.sample(range(len(text) + 1), 2))
        plain: list[dict[str, object]] = [
            {"start": block.start, "text": block.of(text)} for block in blocks
        ]
        texts.append((text, blocks[0].of(text)))
        cases.append((plain, start, end))
    results = page.evaluate(COUNTING, [MODULE.format("offsets"), cases])
    for (text, first), (_blocks, start, end), result in zip(texts, cases, results, strict=True):
        points, half, found, again = result
        assert points == len(first)
        assert half == units(first[: len(first) // 2])
        assert text[found["start"] : found["end"]] == found["exact"]
        assert again == found
        wanted = text[start:end].strip("\n")
        assert wanted in found["exact"], (text, start, end, found)


def test_what_is_selected_in_a_column_is_what_the_server_cuts_and_what_is_shown_again(
    page: Page,
) -> None:
    rng = random.Random(20241025)
    texts, cases = [], []
    for _ in range(WHOLE):
        text, blocks = some_blocks(rng)
        marks = [some_mark(rng, len(text), number) for number in range(rng.randint(0, 5))]
        texts.append(text)
        html = str(render_text(text, marks, blocks, {1: "One", 2: "Two"}))
        cases.append([html, rng.random(), rng.random()])
    results = page.evaluate(SELECTING, [MODULE.format("ranges"), cases])
    selected = 0
    for text, result in zip(texts, results, strict=True):
        if "target" not in result:
            assert result["selected"] == ""
            continue
        target: dict[str, Any] = result["target"]
        assert text[target["start"] : target["end"]] == target["exact"]
        assert result["again"]["exact"].strip("\n") == target["exact"].strip("\n")
        assert result["shown"] == target["exact"].replace(BLOCK_GAP, "")
        # a selection is widened to whole characters, and never loses one
        assert HALVES.sub("", result["selected"]) in result["shown"]
        selected += 1
    assert selected > WHOLE / 2


def some_mark(rng: random.Random, length: int, number: int) -> Mark:
    """A highlight anywhere, so that many overlap; some with a number behind them."""
    start, end = sorted((rng.randint(0, length), rng.randint(0, length)))
    point = rng.choice([(), (1,), (2,)])
    return Mark(
        start=start,
        end=end,
        claims=(number,),
        points=point,
        numbers=point,
        note=rng.choice(["", "Marked by a person"]),
    )


def test_a_selection_never_cuts_a_character(page: Page) -> None:
    family, flag, accent = "\U0001f469\u200d\U0001f469\u200d\U0001f467", "🇺🇦", "e\u0301"
    for whole in (family, flag, accent, "😀", "각"):
        text = f"x{whole}y"
        inner = page.evaluate(
            """async ([module, text, length]) => {
              const { snap } = await import(module);
              const found = [];
              for (let start = 1; start <= length; start += 1) {
                for (let end = start + 1; end <= length + 1; end += 1) {
                  found.push(text.slice(...snap(text, start, end)));
                }
              }
              return found;
            }""",
            [MODULE.format("offsets"), text, units(whole)],
        )
        assert set(inner) == {whole}


def test_without_a_segmenter_marks_joiners_and_pairs_are_kept_whole(visits: Visits) -> None:
    page = visits.open("/sign-in/", person=None)
    found = page.evaluate(
        """async (module) => {
          delete Intl.Segmenter;
          const { snap } = await import(module);
          const pair = "\\u{1F468}\\u200D\\u{1F469}";
          const cases = [["a😀b", 2, 3], ["ae\\u0301b", 1, 2], [`a${pair}b`, 1, 3]];
          return cases.map(([text, start, end]) => text.slice(...snap(text, start, end)));
        }""",
        MODULE.format("offsets"),
    )
    assert found == ["😀", "e\u0301", "\U0001f468\u200d\U0001f469"]


def test_sentences_are_cut_with_and_without_the_browsers_rules(page: Page) -> None:
    text = "Kim met Gen. Kang in the U.S. capital.  He said so! “Really?” Yes"
    wanted = ["Kim met Gen. Kang in the U.S. capital.", "He said so!", "“Really?”", "Yes"]
    found = page.evaluate(
        """async ([module, text]) => {
          const { cut } = await import(module);
          const words = (parts) => parts.map(({ start, end }) => text.slice(start, end));
          return [words(cut(text)), words(cut(text, null))];
        }""",
        [MODULE.format("sentences"), text],
    )
    assert found == [wanted, wanted]
