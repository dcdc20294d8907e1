"""The firm or the office that a phrase takes up: "the company", "the agency", "the officials"."""

from collections.abc import Sequence

from claims.engine import actors, roles
from claims.engine.lexicon import words
from claims.engine.memory import Memory, Named
from claims.engine.parts import Word


def firm(phrase: Sequence[Word], noun: str, memory: Memory) -> Named | None:
    """The firm that acted last, if the phrase takes it up: "the company"."""
    plain = len(phrase) == 2 and phrase[0].lower in ("the", "its")
    if not plain or not roles.is_company(noun):
        return None
    last = memory.person
    if memory.firm is None and last is not None and " " in last.name and "(" not in last.name:
        # two capitals and no role: what looked like a person was the firm
        return Named(last.name, "institution") if last.name[:1].isupper() else None
    return memory.firm


def office(phrase: Sequence[Word], head: int, memory: Memory) -> Named | None:
    """The office that spoke before, if the phrase takes it up: "the agency", "the officials"."""
    if phrase[0].lower not in ("the", "its"):
        return None
    noun = phrase[head].lower
    inside = {word.lower for word in phrase[1:head] if word.tag != "number"}
    offices = [each for each in memory.offices if f"{noun}'s " not in each.name.lower()]
    named = [each for each in offices if noun in actors.fold_body(each.name).split()]
    for office in named or offices:
        known = set(actors.fold_body(office.name).split())
        # "The health ministry" is not the interior ministry that spoke before.
        if inside <= known and (noun in known or inside):
            return office
        organ = any(word in words("bodies") and not word.endswith("s") for word in known)
        if organ and len(phrase) == 2 and noun in words("any_body"):
            return office
    return None
