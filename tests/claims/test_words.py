"""The words of the page name differences; they say nothing about who is right."""

import re

import pytest
from django.utils import translation

from claims import words
from claims.models import Verdict

JUDGING = re.compile(r"\b(right|wrong|true|false|correct|mistake|error|lie|lies|cannot)\b", re.I)


@pytest.mark.parametrize("verdict", Verdict.values)
def test_no_verdict_says_who_is_right(verdict: str) -> None:
    said = f"{words.VERDICTS[verdict]} {words.VERDICT_SENTENCES[verdict]}"
    assert not JUDGING.search(said)


def test_a_word_within_a_sentence_keeps_a_german_nouns_capital() -> None:
    assert words.inside(words.word(words.VERDICTS, "different_question")) == "different question"
    with translation.override("de"):
        assert words.inside(words.word(words.VERDICTS, "different_question")) == "Andere Frage"
