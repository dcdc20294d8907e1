"""Verbs with a particle, behind the verb or behind its object: "call off" is not "call"."""

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.groups import Group
from claims.engine.lexicon import words
from claims.engine.parts import NOMINAL, Word

_REACH = 6


def with_particle(sentence: Sequence[Word], group: Group) -> tuple[Group, str]:
    """The verb with a particle right behind it taken in, and its stem: "call-off".

    A particle behind the object ("called the march off") changes the stem alone.
    """
    for at in range(group.end, min(len(sentence), group.end + _REACH)):
        word = sentence[at]
        joined = f"{group.stem}-{word.lower}"
        # "broke in May" has no particle: small words that mostly open a phrase must end theirs.
        direct = at == group.end and (word.lower not in ("in", "on") or _ends(sentence, at + 1))
        if joined in words("phrasal") and (direct or _ends(sentence, at + 1)):
            return (replace(group, end=at + 1) if direct else group), joined
        if word.tag not in NOMINAL and word.tag != "adv":
            break
    return group, group.stem


def _ends(sentence: Sequence[Word], at: int) -> bool:
    """Whether the object and its verb are over here: no noun that a preposition could govern."""
    return at >= len(sentence) or sentence[at].tag not in NOMINAL
