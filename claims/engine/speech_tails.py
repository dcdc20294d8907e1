"""Finds ", the minister said": the words behind a statement that say whose it is."""

from collections.abc import Sequence

from claims.engine.tables import words
from claims.engine.tokens import Token

RELATIVES = frozenset("which who whom whose where".split())
_LONGEST_TAIL = 18
_LONGEST_TITLE = 10
_LONGEST_NAME = 4


def speech_tail(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> int | None:
    """The place of the reporting verb, if such a tail begins at this token; None if not."""
    for place in range(at, min(at + _LONGEST_TAIL, len(tokens))):
        if tokens[place].lower in RELATIVES:
            return None
        if not finite[place]:
            continue
        if tokens[place].lower not in words("verbs", "reporting"):
            return None
        if place == at:
            return place if _names_speaker(tokens, finite, at + 1) else None
        listens = tokens[place].lower in _TELLING and not any(finite[place + 1 :])
        if _content_follows(tokens, place + 1) and not listens:
            return None
        return place if _is_speaker(tokens, at, place) else None
    return None


def _names_speaker(tokens: Sequence[Token], finite: Sequence[bool], at: int) -> bool:
    """Whether ", said the mayor" goes on with its speaker and no more.

    "The union, which has 40 members, said the strike would go on" resumes its subject instead.
    """
    if at >= len(tokens):
        return False
    rest = range(at, min(at + _LONGEST_TAIL, len(tokens)))
    named = tokens[at].capital or tokens[at].lower in words("verbs", "subject_openers")
    return named and not any(finite[later] for later in rest)


def _content_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is said stands behind the verb: "Harbour Line, says it was 247"."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    opens = token.lower in words("verbs", "subject_openers") and token.lower not in _OCCASIONS
    return token.kind == "number" or token.lower == "that" or opens


_TELLING = frozenset("told tells tell".split())
_OCCASIONS = frozenset("at on in during late early last this".split())


def _is_speaker(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """Whether the words up to the verb name a speaker: one phrase, or a name with its title."""
    parts: list[list[Token]] = [[]]
    for token in tokens[at:verb]:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    first, *others = (part for part in parts if part)
    if any(token.lower.endswith("ing") for token in first[:1]):
        return False
    if not others:
        return True
    opens = first[0].capital or first[0].lower in words("verbs", "subject_openers")
    if first[0].kind == "number" or not opens or len(first) > _LONGEST_TITLE:
        return False
    is_name = len(first) <= _LONGEST_NAME and all(token.capital for token in first)
    return is_name or all(part[0].capital for part in others)


def is_occasion(between: Sequence[Token]) -> bool:
    """Whether these words are "on Monday", "late Tuesday", "in a statement", nothing else."""
    last = between[-1]
    occasion = last.lower.endswith("day") or last.lower in words("verbs", "speech_settings")
    small = all(
        token.lower in ("on", "in", "at", "during", "late", "early", "a", "an", "the", "last")
        for token in between[:-1]
    )
    return occasion and small
