"""Words, numbers and marks of a text with their places: what the hand-written grammars walk over.

The grammars look at tokens instead of running one large regular expression over the text, so that
the cost stays proportional to the length of the text whatever it holds.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claims.engine.readings import Span

TokenKind = Literal["word", "number", "mark"]

SHORT = 400  # characters of a text whose tokens are kept: a claim, a name

# No branch can match one text in two ways, so the work stays linear.
_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[,\u00a0\u202f\u2009]\d{3}(?!\d))*(?:\.\d+)?[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛])
  | (?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; a genitive 's is a word of its own.

    `lower` is the word in lower case with straight apostrophes.
    """

    start: int
    end: int
    text: str
    lower: str
    kind: TokenKind

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; those of claims and names are kept: they are asked often."""
    return _kept(text) if len(text) <= SHORT else _cut(text)


def _cut(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(
            found.start(),
            found.end(),
            found.group(),
            found.group().lower().replace("’", "'"),
            found.lastgroup,  # type: ignore[arg-type]  # the pattern names its three groups
        )
        for found in _TOKEN.finditer(text)
    )


_kept = functools.lru_cache(maxsize=8192)(_cut)


def tokens_in(text: str, span: Span) -> tuple[Token, ...]:
    """The tokens that begin inside a stretch of the text."""
    tokens, starts = _indexed(text)
    return tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


@functools.lru_cache(maxsize=16)
def _indexed(text: str) -> tuple[tuple[Token, ...], Sequence[int]]:
    """The tokens of a whole text and where they start. Names and quotes do not push it out."""
    tokens = tokenize(text)
    return tokens, [token.start for token in tokens]
