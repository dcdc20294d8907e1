"""The words of a sentence, before anything is known of their classes.

Hyphenated words are one, contractions are two ("is" + "n't"), and a genitive stays with its noun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.engine.lexicon import words
from claims.engine.readings import Span
from claims.engine.tokens import Token, tokens_in

Tag = Literal[
    "noun", "name", "number", "det", "prep", "pron", "wh", "that", "conj", "sub", "be", "have",
    "do", "modal", "not", "adv", "verb", "participle", "gerund", "infinitive", "to", "mark",
]  # fmt: skip
VERBAL: frozenset[Tag] = frozenset({"verb", "participle", "gerund", "infinitive"})
AUXILIARY: frozenset[Tag] = frozenset({"be", "have", "do", "modal"})
NOMINAL: frozenset[Tag] = frozenset({"noun", "name", "number", "det", "pron"})
# No writer's sentence is longer; what is would cost the square of its length further on.
_LONGEST = 200
_APOSTROPHES = frozenset("'’‘")
_CONTRACTED: dict[str, Tag] = {
    "'re": "be",
    "'m": "be",
    "'ve": "have",
    "'ll": "modal",
    "'d": "modal",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its class; `stem` is set for verbs. `possessive` marks "Korea's"."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag
    stem: str = ""
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def words_in(text: str, span: Span) -> list[Word]:
    """The words of a stretch of text; all but marks and numbers are nouns until they are tagged."""
    tokens = tokens_in(text, span)[:_LONGEST]
    return [word for word in _joined(text, tokens) if word.end <= span.end]


def _joined(text: str, tokens: Sequence[Token]) -> Iterator[Word]:
    """Words with hyphenated ones in one piece and contractions in two."""
    at, quoted = 0, False
    while at < len(tokens):
        if tokens[at].text in _APOSTROPHES:
            if not quoted and _owns_many(tokens, at):
                at += 1  # "the farmers' union" is one phrase
                continue
            quoted = at == 0 or tokens[at - 1].end < tokens[at].start
        last = at
        while (
            last + 2 < len(tokens)
            and tokens[last].kind != "mark"
            and tokens[last + 1].text in "-‑"
            and tokens[last + 2].kind != "mark"
            and tokens[last].end + 1 == tokens[last + 2].start
        ):
            last += 2
        if last + 1 < len(tokens) and tokens[last].end == tokens[last + 1].start:
            last += _belongs(tokens[last], tokens[last + 1])
        yield from _pieces(text, tokens[at], tokens[last])
        at = last + 1


def _owns_many(tokens: Sequence[Token], at: int) -> bool:
    """Whether the apostrophe here stands behind the owners' plural: "the nurses' union"."""
    if at == 0 or at + 1 >= len(tokens) or tokens[at].text == "‘":
        return False
    owners, owned = tokens[at - 1], tokens[at + 1]
    touches = owners.end == tokens[at].start and tokens[at].end + 1 == owned.start
    return touches and owners.kind == owned.kind == "word" and owners.lower.endswith("s")


def _belongs(token: Token, following: Token) -> bool:
    """Whether the next token is part of the word: a genitive, or the full stop of "Mr."."""
    if following.text == ".":
        return token.capital and token.lower in words("short_titles")
    return following.lower == "'s" and token.kind != "mark"


def _pieces(text: str, first: Token, last: Token) -> Iterator[Word]:
    start, end = first.start, last.end
    whole = text[start:end]
    lower = whole.lower().replace("’", "'")
    if first.kind == "mark":
        yield Word(start, end, whole, lower, "mark")
    elif first.kind == "number":
        yield Word(start, end, whole, lower, "number")
    elif lower.endswith("n't") and len(lower) > 3:
        yield Word(start, end - 3, whole[:-3], lower[:-3], "noun")
        yield Word(end - 3, end, whole[-3:], "n't", "not")
    elif lower.endswith("'s"):
        base = lower[:-2]
        if base in words("pron") or base in ("that", "what", "here", "where", "let"):
            yield Word(start, end - 2, whole[:-2], base, "noun")
            yield Word(end - 2, end, whole[-2:], "'s", "be", "be")
        else:
            yield Word(start, end, whole, base, "noun", possessive=True)
    else:
        mark = lower.rfind("'")
        ending = lower[mark:] if mark > 0 else ""
        if ending in _CONTRACTED:
            yield Word(start, start + mark, whole[:mark], lower[:mark], "noun")
            yield Word(start + mark, end, whole[mark:], ending, _CONTRACTED[ending])
        else:
            yield Word(start, end, whole, lower, "noun")
