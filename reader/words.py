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
_NUMBERS = r"\d+(?:[,\u00a0\u202f\u2009]\d{3}(?!\d))*(?:\.\d+)?[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛]"
_WORDS = r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b"
_TOKEN = re.compile(rf"(?P<number>{_NUMBERS})|(?P<word>{_WORDS})|(?P<mark>[^\w\s]|_)")
_WORD = re.compile(f"{_NUMBERS}|{_WORDS}")


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


def lower_words(text: str) -> list[str]:
    """The words and numbers of a text as `Token.lower` has them, several times as fast."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


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
