"""Hostile and odd texts: no reader fails, and all stay aligned with the clauses."""

import pytest

from claims.engine import attribution, certainty, frames, places, responses
from tests.claims.engine.statements import parse

ODD = [
    "",
    ".",
    "\"“”‘’'",
    "said " * 3000,
    "He said that " * 1500,
    "Ann Lee, " * 2000,
    "a-" * 5000,
    "the of " * 3000,
    "“" * 4000,
    "According to according to according to.",
    "( ( ( ( NIS ) ) )",
    "Neither nor neither nor denied confirmed.",
    "İstanbul’s ﬁre said: “ẞ”, 日本 said.",
    "of of of said the the.",
    "Said. Said! Said?",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_every_reader_answers_for_every_clause(text: str) -> None:
    document = parse(text)
    count = len(document.clauses)
    for reader in (attribution, certainty, places, responses, frames):
        assert len(reader.read(document)) == count
    for chain in attribution.read(document):
        for link in chain:
            assert 0 <= link.start <= link.end <= len(text)
