import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import Block, Link, clean_line, clean_text, clean_words, count_words, text_sha256

# Everything Python can hold in a string, lone surrogates included.
anything = st.text(alphabet=st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three\x85four", "one\ntwo\nthree\nfour"),
        ("nul\x00 bell\x07 escape\x1b delete\x7f", "nul bell escape delete"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud800 pair \udfff", "half  pair "),
        ("e\u0301", "\u00e9"),
        ("e\x00\u0301", "\u00e9"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ],
)
def test_clean_text(dirty, clean):
    assert clean_text(dirty) == clean


@given(anything)
def test_clean_text_can_be_stored_and_is_stable(dirty):
    clean = clean_text(dirty)
    clean.encode()
    assert "\x00" not in clean
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)


@given(anything)
def test_clean_line_is_one_clean_line_and_stable(dirty):
    line = clean_line(dirty)
    assert "\n" not in line
    assert line == line.strip()
    assert clean_text(line) == line
    assert clean_line(line) == line


def test_long_stacks_of_combining_marks_are_cut():
    assert clean_text("a" + "\u0323\u0301" * 400_000).startswith("\u1ea1")
    assert len(clean_text("a" + "\u0301" * 1000 + "b")) <= 32


def test_writing_systems_without_marks_are_left_alone():
    text = "\u6771\u4eac\u306e\u90e8\u968a\u304c\u5230\u7740\u3057\u305f" * 20
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("  two\n\twords ", "two words"),
        ("no\u00a0break", "no break"),
        ("10\u00a0000 men and 10\u202f000", "10\u00a0000 men and 10\u00a0000"),
        ("sol\u00addiers\u200b and\ufeff others", "soldiers and others"),
        ("\u202eturned\u202c and \u2067isolated\u2069", "turned and isolated"),
    ],
)
def test_clean_line(dirty, clean):
    assert clean_line(dirty) == clean


def test_a_stretch_of_a_text_keeps_its_signs_of_direction():
    assert clean_words(" one\n \u2067two\u2069") == "one \u2067two\u2069"


def test_hash_is_of_the_utf8_bytes():
    assert (
        text_sha256("na\u00efve \U0001f600")
        == hashlib.sha256("na\u00efve \U0001f600".encode()).hexdigest()
    )


def test_block_survives_storage():
    block = Block(
        kind="quote", start=3, end=9, links=(Link(start=4, end=6, href="https://a.example/"),)
    )
    assert Block.from_json(block.as_json()) == block
    assert block.of("0123456789") == "345678"


def test_words_are_counted_by_blanks():
    assert count_words("Three short words.\n\nAnd two") == 5
