import unicodedata

import pytest
from hypothesis import given

from reader.ingest.blocks import blocks_of
from reader.ingest.clean import clean_body
from reader.text import BLOCK_GAP
from tests.reader.ingest.test_clean import markup_like
from tests.testdata import load_data


def kinds_and_texts(markup):
    text, blocks = blocks_of(clean_body(markup))
    return [(block.kind, block.of(text)) for block in blocks]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>A</h1><p>B</p>", [("heading", "A"), ("paragraph", "B")]),
        ("<blockquote>A<h3>B</h3></blockquote>", [("quote", "A"), ("heading", "B")]),
        ("<ul><li>A<p>B</ul>C", [("list_item", "A"), ("list_item", "B"), ("paragraph", "C")]),
        ("<ul><li><blockquote>A</blockquote>B</ul>", [("quote", "A"), ("list_item", "B")]),
        ("<blockquote><ul><li>A</ul>B</blockquote>", [("list_item", "A"), ("quote", "B")]),
        ("A<br>B<br><br>C", [("paragraph", "A\nB"), ("paragraph", "C")]),
        ("<p> two\n\t <b> words </b> . </p>", [("paragraph", "two words .")]),
        ("<p>said <q>no </q>.</p>", [("paragraph", "said \u201cno\u201d.")]),
        ("10&nbsp;000 men&nbsp;there", [("paragraph", "10\u00a0000 men there")]),
        ("sol&shy;diers", [("paragraph", "soldiers")]),
        ("", []),
    ],
)
def test_blocks_of_a_body(markup, expected):
    assert kinds_and_texts(markup) == expected


def test_links_have_their_places_in_the_text():
    markup = (
        "<p>First</p><p>See the <a href='https://a.example/1'> list <b>of names</b></a> and"
        " <a href='/relative'>this</a>, <a href='mailto:a@b.example'>write</a></p>"
    )
    text, blocks = blocks_of(clean_body(markup))
    links = [(text[link.start : link.end], link.href) for link in blocks[1].links]
    assert links == [("list of names", "https://a.example/1"), ("write", "mailto:a@b.example")]


def test_offsets_count_code_points():
    text, (_first, second) = blocks_of("<p>Port \U0001f600 office</p><p>After</p>")
    assert (second.start, second.end) == (15, 20)
    assert text[15:20] == "After"


def test_an_accent_in_a_tag_of_its_own_leaves_the_text_normal():
    text, (block,) = blocks_of("<p>caf<a href='https://a.example/'>e</a><em>\u0301</em> bar</p>")
    assert text == "caf\u00e9 bar" == block.of(text)
    assert block.links == ()


def assert_slices(markup):
    """Every block is its own slice, and the blocks with the gaps between them are the text."""
    text, blocks = blocks_of(clean_body(markup))
    assert BLOCK_GAP.join(block.of(text) for block in blocks) == text
    at = 0
    for block in blocks:
        assert block.start == at
        assert block.of(text) == block.of(text).strip() != ""
        assert BLOCK_GAP not in block.of(text)
        for link in block.links:
            assert block.start <= link.start < link.end <= block.end
        at = block.end + len(BLOCK_GAP)
    assert unicodedata.is_normalized("NFC", text)


@given(markup_like)
def test_every_block_is_a_slice_of_the_text(markup):
    assert_slices(markup)


@pytest.mark.parametrize("suite", ["xss.json", "html_parser.json", "naughty.json"])
def test_every_block_of_hostile_markup_is_a_slice_of_the_text(suite):
    for case in load_data(suite):
        assert_slices(case.get("payload", case.get("value")))
