"""Words, numbers and marks of a text with their places.

The engine's grammars walk over them, and texts are compared by them: one cut for all, so that two
texts share the same words wherever that is asked.
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

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
