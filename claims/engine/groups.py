"""Verbs with their auxiliaries: "has not been told" is one group, passive and negated."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine.parts import AUXILIARY, VERBAL, Word


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: word indices, end exclusive, and what they add to the verb."""

    start: int
    end: int
    stem: str
    passive: bool
    negated: bool
    modal: str
    finite: bool


def verb_groups(sentence: Sequence[Word]) -> list[Group]:
    """The verb groups of a sentence in order: "has not been told" is one."""
    found: list[Group] = []
    at = 0
    while at < len(sentence):
        if sentence[at].tag in AUXILIARY or sentence[at].tag in VERBAL or sentence[at].tag == "to":
            group = _group(sentence, at)
            if group is not None:
                found.append(group)
                at = group.end
                continue
        at += 1
    return found


def _group(sentence: Sequence[Word], start: int) -> Group | None:
    opened = sentence[start - 1].lower if start else ""
    modal, negated, last = "", opened in ("neither", "nor"), ""
    at, head = start, None
    while at < len(sentence):
        word = sentence[at]
        if word.tag in AUXILIARY:
            if head is not None:
                break
            modal = modal or (word.lower if word.tag == "modal" else "")
            last = word.tag
            at += 1
        elif word.tag == "not" or word.lower == "cannot":
            negated = True
            at += 1
        elif word.tag == "to" and at == start:
            last = "to"
            at += 1
        elif word.tag == "adv":
            at += 1
        elif word.tag in VERBAL and head is None:
            head = at
            at += 1
            break
        else:
            break
    if head is None:
        return _copula(sentence, start, at, modal, negated)
    word = sentence[head]
    passive = word.tag == "participle" and last == "be"
    bare = start == head and word.tag != "verb"
    finite = not bare and sentence[start].tag != "to"
    return Group(start, at, word.stem, passive, negated, modal, finite)


def _copula(
    sentence: Sequence[Word], start: int, end: int, modal: str, negated: bool
) -> Group | None:
    """A group with no verb but "is", "has" or "did"; None for a lone "to"."""
    auxiliaries = [word for word in sentence[start:end] if word.tag in ("be", "have", "do")]
    if not auxiliaries:
        return None
    finite = sentence[start].tag != "to" and sentence[start].lower not in (
        "being",
        "been",
        "having",
    )
    return Group(start, max(end, start + 1), auxiliaries[-1].tag, False, negated, modal, finite)
