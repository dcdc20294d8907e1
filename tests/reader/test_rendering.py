"""Article text as HTML: escaped, flat, and character by character the stored text."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from reader.rendering import render_text
from reader.text import Block, Mark

TEXT = "About 12,000 soldiers are there, officials said."


class Reader(HTMLParser):
    """What a browser would make of it: texts of blocks, marks, and how deep marks nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.marks: list[tuple[dict[str, str | None], str]] = []
        self.badges: list[dict[str, str | None]] = []
        self.starts: list[int] = []
        self.depth = self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if "data-start" in values:
            self.starts.append(int(values["data-start"] or ""))
        if tag == "mark":
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
            self.marks.append((values, ""))
        if tag == "a":
            self.badges.append(values)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.depth:
            values, text = self.marks.pop()
            self.marks.append((values, text + data))


def mark(start: int, end: int, claim: int = 1, point: int | None = None, **more: object) -> Mark:
    points = {"points": (point,), "numbers": (1,)} if point else {}
    return Mark(start=start, end=end, claims=(claim,), **points, **more)  # type: ignore[arg-type]


def test_outside_text_is_escaped() -> None:
    html = render_text("<script>alert(1)</script> & so on", [mark(0, 8)])
    assert "<script" not in html
    assert Reader(html).text == "<script>alert(1)</script> & so on"


def test_overlapping_marks_become_flat_segments_that_carry_all_ids() -> None:
    read = Reader(render_text(TEXT, [mark(0, 21, 1, 7), mark(6, 32, 2, 8)]))
    assert read.deepest == 1
    assert [(values["data-claims"], text) for values, text in read.marks] == [
        ("1", "About "),
        ("1 2", "12,000 soldiers"),
        ("2", " are there,"),
    ]
    assert [values.get("data-points") for values, _ in read.marks] == ["7", "7 8", "8"]
    assert read.text == TEXT


def test_flags_and_the_chosen_state_stand_on_every_segment_of_their_claim() -> None:
    marks = [mark(0, 21, 1, 7, flags=("quantity",), chosen=True), mark(6, 32, 2)]
    first, both, second = (values for values, _ in Reader(render_text(TEXT, marks)).marks)
    assert (first["data-flags"], first["data-state"]) == ("quantity", "on")
    assert (both["data-flags"], both["data-state"]) == ("quantity", "on")
    assert "data-flags" not in second
    assert "data-state" not in second


def test_the_number_of_a_point_is_a_link_behind_the_claim_and_no_text() -> None:
    html = render_text(TEXT, [mark(0, 21, 1, 7, chosen=True)], labels={7: 'Point 1: "so many"'})
    read = Reader(html)
    assert read.badges == [
        {
            "class": "badge",
            "href": "?point=7",
            "data-choose": "7",
            "data-number": "1",
            "aria-label": 'Point 1: "so many"',
            "aria-current": "true",
        }
    ]
    assert read.text == TEXT
    assert html.index("</mark><a") < html.index(" are there")


def test_two_claims_of_one_point_that_end_together_share_a_number() -> None:
    marks = [mark(0, 21, 1, 7, flags=("quantity",)), mark(6, 21, 2, 7)]
    (badge,) = Reader(render_text(TEXT, marks, labels={7: "Point 1"})).badges
    assert "data-flagged" in badge


def test_blocks_keep_their_kind_and_say_where_they_start() -> None:
    text = "Head\n\nBody\n\none\n\ntwo\n\nquoted"
    kinds = ("heading", "paragraph", "list_item", "list_item", "quote")
    blocks = []
    for kind, piece in zip(kinds, text.split("\n\n"), strict=True):
        start = text.index(piece)
        blocks.append(Block(kind=kind, start=start, end=start + len(piece)))  # type: ignore[arg-type]
    read = Reader(render_text(text, [], blocks))
    assert read.tags == ["h4", "p", "ul", "li", "li", "blockquote"]
    assert read.starts == [block.start for block in blocks]


def test_a_mark_over_two_blocks_is_cut_and_numbered_once() -> None:
    text = "First part.\n\nSecond part."
    read = Reader(render_text(text, [mark(6, 19, 1, 7)], labels={7: "Point 1"}))
    assert [piece for _, piece in read.marks] == ["part.", "Second"]
    assert len(read.badges) == 1


def test_a_mark_that_ends_between_blocks_still_gets_its_number() -> None:
    text = "First part.\n\nSecond part."
    read = Reader(render_text(text, [mark(6, 12, 1, 7)], labels={7: "Point 1"}))
    assert [piece for _, piece in read.marks] == ["part."]
    assert len(read.badges) == 1


def test_characters_that_turn_the_direction_are_boxed() -> None:
    html = render_text("safe \u202etxt.exe", [])
    assert '<bdi class="turn" data-code="202E">\u202e</bdi>' in html


def test_text_without_blocks_is_parted_by_blank_lines() -> None:
    assert Reader(render_text("one\n\n\n  two\nlines\n", [])).starts == [0, 8]


@given(
    st.text(alphabet="ab<&>\"'é😀 \n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8),
)
def test_whatever_overlaps_the_text_of_the_blocks_is_the_stored_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [
        mark(start, min(start + length, len(text)), number)
        for number, (start, length) in enumerate(spans)
        if start < min(start + length, len(text))
    ]
    read = Reader(render_text(text, marks))
    plain = Reader(render_text(text, []))
    assert read.text == plain.text
    assert re.sub(r"\s", "", read.text) == re.sub(r"\s", "", text)
    assert read.deepest <= 1
    claimed = {
        number for values, _ in read.marks for number in (values["data-claims"] or "").split()
    }
    visible = {str(item.claims[0]) for item in marks if text[item.start : item.end].strip(" \n")}
    assert visible <= claimed
