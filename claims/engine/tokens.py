"""Words, numbers and marks of a text with their places: what the hand-written grammars walk over.

The grammars look at tokens instead of running one large regular expression over the text, so that
the cost stays proportional to the length of the text whatever it holds. How a text is cut is told
in `reader.words`.
"""

import functools
from bisect import bisect_left
from collections.abc import Sequence

from claims.engine.readings import Span
from reader.words import SHORT, Token, TokenKind, tokenize

__all__ = ["SHORT", "Token", "TokenKind", "tokenize", "tokens_in"]


def tokens_in(text: str, span: Span) -> tuple[Token, ...]:
    """The tokens that begin inside a stretch of the text."""
    tokens, starts = _indexed(text)
    return tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


@functools.lru_cache(maxsize=16)
def _indexed(text: str) -> tuple[tuple[Token, ...], Sequence[int]]:
    """The tokens of a whole text and where they start. Names and quotes do not push it out."""
    tokens = tokenize(text)
    return tokens, [token.start for token in tokens]
