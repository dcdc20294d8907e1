"""The page on reading names what the product shows: verdicts, kinds of flags, keys."""

import re
from pathlib import Path

import pytest

from claims import words

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs/howto/read.md").read_text(encoding="utf-8")
KEYS = (ROOT / "templates/_key_list.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("verdict", [str(word) for word in words.VERDICTS.values()])
def test_every_verdict_is_explained_by_the_word_that_the_page_shows(verdict: str) -> None:
    assert f"\n| {verdict} | " in TEXT


@pytest.mark.parametrize("kind", [str(word) for word in words.KINDS.values()])
def test_every_kind_of_flag_is_named(kind: str) -> None:
    assert kind in TEXT.split("## Flags")[1].split("## Keys")[0]


def test_every_key_that_is_explained_is_in_the_list_of_keys() -> None:
    rows = re.findall(r"^\| ((?:`[^`]+` ?)+)\|", TEXT.split("## Keys")[1], re.MULTILINE)
    keys = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert keys >= {"j", "k", "h", "l", "p", "e", "?"}
    assert keys <= set(re.findall(r"<kbd>([^<]+)</kbd>", KEYS))
