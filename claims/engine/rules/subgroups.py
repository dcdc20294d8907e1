"""Of which part of a whole a claim speaks: "among night nurses, turnout was 81 percent".

What holds for a part does not contradict what holds for all, and two parts are two questions.
"""

import functools
from collections.abc import Sequence

from claims.engine import terms
from claims.engine.readings import Claim
from claims.engine.tables import table
from claims.engine.tokens import Token, tokenize

_TABLE = table("measured")["subgroups"]
_MOST = frozenset(_TABLE["most"].split())
_PRONOUNS = frozenset(_TABLE["pronouns"].split())
_REACH = 6  # words of a group's name


def differ(a: Claim, b: Claim) -> bool:
    """Whether only one of two claims is said of a part, or each of another part."""
    first, second = _part(a), _part(b)
    return bool(first or second) and not (first & second)


def _part(claim: Claim) -> frozenset[str]:
    """The stems of the part that a claim speaks of; empty where it names none."""
    figures = claim.reading.quantities[:1]
    return _named(claim.exact, any(figure.unit == "percent" for figure in figures))


@functools.lru_cache(maxsize=8192)
def _named(text: str, share: bool) -> frozenset[str]:
    """The part in "among the young, ...", in "at the largest of the plants", in "... alone".

    Behind its figure only a share is of a part: "12 among the injured" counts people.
    """
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        if token.lower == "among" and (at == 0 or share):
            return _stems(tokens[at + 1 : at + 1 + _REACH])
        if token.lower == "of" and at >= 3 and tokens[at - 1].lower in _MOST:
            lead = [tokens[at - step].lower for step in (3, 2)]
            if lead[0] in ("at", "in", "for") and lead[1] == "the":
                return frozenset([tokens[at - 1].lower])
        if token.lower == "alone" and tokens[0].lower in ("in", "at", "for"):
            return _stems(tokens[1:at]) if at <= _REACH else frozenset()
    return frozenset()


def _stems(tokens: Sequence[Token]) -> frozenset[str]:
    """The stems up to a mark; none behind a pronoun, which takes up the whole: "among them"."""
    stop = next((at for at, token in enumerate(tokens) if token.kind == "mark"), len(tokens))
    if not stop or tokens[0].lower in _PRONOUNS:
        return frozenset()
    return frozenset(terms.stems(tokens[:stop]))
