"""Article text as HTML: escaped, flat, and character by character the stored text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from reader.rendering import render_original, render_text
from reader.text import Block, Mark, paragraphs

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
    assert [values.get("data-depth") for values, _ in read.marks] == [None, "2", None]
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


def test_a_persons_hand_is_told_once_behind_the_claim_and_is_no_text() -> None:
    noted = [Mark(start=0, end=9, claims=(at,), note="By <you>") for at in (1, 2)]
    html = render_text(TEXT, [*noted, Mark(start=4, end=7, claims=(3,))])
    sign = '<span class="noted" role="img" aria-label="By &lt;you&gt;" title="By &lt;you&gt;">'
    assert html.count(sign) == html.count("noted") == 1
    assert f"</mark>{sign}</span>" in html
    assert Reader(html).text == TEXT


def test_two_claims_of_one_point_that_end_together_share_a_number() -> None:
    marks = [mark(0, 21, 1, 7, flags=("quantity",)), mark(6, 21, 2, 7)]
    (badge,) = Reader(render_text(TEXT, marks, labels={7: "Point 1"})).badges
    assert "data-flagged" in badge
    assert badge["data-claim"] == "1"  # the highlight before it has both


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


def test_a_paragraph_may_be_one_letter() -> None:
    text = "I\n\nwe two\n \t\nV \n"
    assert [block.of(text) for block in paragraphs(text)] == ["I", "we two", "V"]


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


def letter_by_letter(
    text: str, marks: Sequence[Mark], blocks: Sequence[Block], labels: Mapping[int, str]
) -> str:
    """What `render_text` promises, found the slow way: each letter asks all marks."""
    return "".join(
        f'<p data-start="{block.start}" dir="auto">'
        + "".join(pieces(text, drawn_in(marks, blocks), block, labels))
        + "</p>"
        for block in blocks
    )


def drawn_in(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[tuple[int, int, Mark]]:
    """First and last letter of each mark that lie in a block, in the order in which they begin."""
    inside = [place for block in blocks for place in range(block.start, block.end)]
    found = []
    for mark in marks:
        own = [place for place in inside if mark.start <= place < mark.end]
        if own:
            found.append((own[0], own[-1], mark))
    return sorted(found, key=lambda item: item[0])


def pieces(
    text: str, drawn: list[tuple[int, int, Mark]], block: Block, labels: Mapping[int, str]
) -> Iterator[str]:
    letters, before = "", ""
    for place in range(block.start, block.end):
        active = [mark for first, last, mark in drawn if first <= place <= last]
        ended = [mark for mark in active if any(d == (d[0], place, mark) for d in drawn)]
        opening = hooks(active)
        if letters and opening != before:
            yield f"{before}{letters}{'</mark>' if before else ''}"
            letters = ""
        letters, before = letters + escape(text[place], quote=False), opening
        if ended or place == block.end - 1:
            yield f"{before}{letters}{'</mark>' if before else ''}"
            letters = ""
            yield from numbers(ended, labels, alone=len(active) == 1)


def hooks(active: list[Mark]) -> str:
    if not active:
        return ""
    written = "<mark"
    for name, lists in (
        ("claims", [mark.claims for mark in active]),
        ("points", [mark.points for mark in active]),
        ("flags", [mark.flags for mark in active]),
    ):
        words = dict.fromkeys(str(word) for words in lists for word in words)
        if words:
            written += f' data-{name}="{" ".join(words)}"'
    seen = sum(1 for mark in active if mark.points)
    if seen > 1:
        written += f' data-depth="{min(seen, 5)}"'
    return written + (' data-state="on">' if any(mark.chosen for mark in active) else ">")


def numbers(ended: list[Mark], labels: Mapping[int, str], *, alone: bool) -> Iterator[str]:
    told: dict[int, Mark] = {}
    for mark in sorted(ended, key=lambda mark: mark.claims):
        for point in mark.points:
            if point in labels and (mark.flags or point not in told):
                told[point] = mark
    for point, mark in told.items():
        yield f'<a class="badge" href="?point={point}" data-choose="{point}" data-number="1"'
        yield "" if alone else f' data-claim="{mark.claims[0]}"'
        yield f' aria-label="{escape(labels[point])}"'
        yield (" data-flagged" if mark.flags else "") + (
            ' aria-current="true"></a>' if mark.chosen else "></a>"
        )


@given(
    st.text(alphabet="ab<&é😀 \n", min_size=1, max_size=40),
    st.lists(
        st.tuples(
            st.integers(0, 40), st.integers(0, 20), st.sampled_from([None, 1, 2]), st.booleans()
        ),
        max_size=6,
    ),
)
def test_sweeping_gives_what_asking_for_every_letter_gives(
    text: str, given_marks: list[tuple[int, int, int | None, bool]]
) -> None:
    marks = [
        mark(start, start + length, number, point, flags=("date",) * flagged, chosen=point == 2)
        for number, (start, length, point, flagged) in enumerate(given_marks)
    ]
    labels = {1: 'the "first"'}
    expected = letter_by_letter(text, marks, paragraphs(text), labels)
    assert render_text(text, marks, labels=labels) == expected


_SPANS = st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=4)


@given(text=st.text(alphabet='ab<&>"\n \u202e', max_size=50), cuts=_SPANS)
def test_the_original_is_shown_whole_and_nothing_of_it_is_markup(text, cuts):
    shown = render_original(text, cuts, folded="%d words", cut="cut")
    read = Reader(shown)
    assert set(read.tags) <= {"p", "del", "span", "bdi", "details", "summary"}
    said = re.sub(r"\s", "", read.text.replace("cut ", ""))
    assert re.sub(r"\s", "", text) == said


def test_what_was_cut_is_struck_through_in_the_line_and_folded_where_it_is_long():
    text = f"Menu\n\nOne. Share this! Two.\n{'Subscribe now. ' * 20}"
    at = text.index("Share")
    long = (text.index("Subscribe"), len(text))
    shown = render_original(text, [(0, 4), (at, at + 11), long], folded="%d words", cut="Cut:")
    note = '<span class="visually-hidden">Cut: </span>'
    assert f'<p dir="auto"><del>{note}Menu</del></p>' in shown
    assert f'<p dir="auto">One. <del>{note}Share this!</del> Two.</p>' in shown
    assert '<details class="cut"><summary>40 words</summary>' in shown
