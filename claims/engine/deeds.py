"""Each verb of a report with the one who does it: the subject found, shared or resolved from before.

Attribution, responses and frames all start here, so that "it denied" has the same "it" in each of them.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import phrases
from claims.engine.grammar import Word, tagged
from claims.engine.lexicon import words
from claims.engine.naming import UNKNOWN, Memory, Named, name_of
from claims.engine.phrases import Group
from claims.engine.readings import Document

_QUOTE_MARKS = frozenset('"“”')
_FINITE = frozenset({"verb", "be", "have", "modal", "do"})
_NO_ACTOR = frozenset("which that there what none this these it".split())
# Verbs that can stand before their subject after what is said: "..., said the mayor".
_INVERTING = frozenset("say add tell write report explain warn note ask announce".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb group with its subject's words, if it has any of its own, and whom they name."""

    group: Group
    subject: tuple[int, int] | None
    named: Named
    inverted: bool = False
    shared: bool = False


@functools.lru_cache(maxsize=16)
def read(document: Document) -> tuple[tuple[Deed, ...], ...]:
    """The deeds of each sentence of a document, in order."""
    memory = Memory()
    return tuple(tuple(_of_sentence(document, each, memory)) for each in tagged(document))


def _of_sentence(document: Document, sentence: Sequence[Word], memory: Memory) -> list[Deed]:
    found: list[Deed] = []
    groups = phrases.verb_groups(sentence)
    owner: Deed | None = None
    for number, group in enumerate(groups):
        deed = _deed(
            document, sentence, group, groups[number - 1].end if number else 0, owner, memory
        )
        found.append(deed)
        if group.finite and deed.subject is not None:
            owner = deed
            if _is_name(sentence[deed.subject[0] : deed.subject[1]]):
                memory.keep(deed.named)
    for at in range(len(sentence) - 2):
        if sentence[at].lower == "according" and sentence[at + 1].lower == "to":
            source = phrases.after(sentence, at + 2)
            if source is not None:
                memory.keep(name_of(document, sentence[source[0] : source[1]], memory))
    return found


def _deed(
    document: Document,
    sentence: Sequence[Word],
    group: Group,
    floor: int,
    owner: Deed | None,
    memory: Memory,
) -> Deed:
    if not group.finite and sentence[group.start].tag != "participle":
        return Deed(
            group, owner.subject if owner else None, owner.named if owner else UNKNOWN, shared=True
        )
    apposed = group.start > 0 and sentence[group.start - 1].text == ","
    subject = _speaker_after(sentence, group)
    inverted = subject is not None
    if subject is None:
        subject = phrases.before(sentence, group.start, 0 if apposed else floor)
    if subject is None:
        if owner is None or not _continues(sentence, group.start):
            return Deed(group, None, UNKNOWN)
        return Deed(group, owner.subject, owner.named, shared=True)
    phrase = sentence[subject[0] : subject[1]]
    if phrase[0].tag == "wh" and phrase[0].lower in ("who", "which") and subject[0] > 1:
        antecedent = phrases.before(sentence, subject[0] - (sentence[subject[0] - 1].text == ","))
        phrase = sentence[antecedent[0] : antecedent[1]] if antecedent else phrase
    return Deed(group, subject, name_of(document, phrase, memory), inverted)


def _speaker_after(sentence: Sequence[Word], group: Group) -> tuple[int, int] | None:
    """The subject behind its verb: "..., said the mayor"; None where a clause follows it."""
    if group.stem not in _INVERTING or not closes_speech(sentence, group.start):
        return None
    found = phrases.after(sentence, group.end)
    if found is None or sentence[found[0]].tag == "number":
        return None
    following = sentence[found[1]] if found[1] < len(sentence) else None
    goes_on = following is not None and following.tag in (*_FINITE, "not", "adv", "wh", "that")
    return None if goes_on else found


def _continues(sentence: Sequence[Word], at: int) -> bool:
    """Whether the verb shares the subject of the one before: "came and went"."""
    before = sentence[at - 1] if at else None
    while before is not None and before.tag in ("adv", "not") and at > 1:
        at -= 1
        before = sentence[at - 1]
    return before is not None and (
        before.tag in ("conj", "sub") or before.text in (",", "neither", "either")
    )


def closes_speech(sentence: Sequence[Word], at: int) -> bool:
    """Whether words that something says end right before this place: after a comma or a quotation."""
    if at < 2:
        return False
    before = sentence[at - 1]
    if before.text in _QUOTE_MARKS:
        return True
    said = sentence[: at - 1]
    return before.text == "," and any(w.tag in _FINITE or w.text in _QUOTE_MARKS for w in said)


def can_act(phrase: Sequence[Word]) -> bool:
    """Whether the phrase can be a speaker or doer: not "which", "there" or a number."""
    if not phrase or phrase[0].lower in _NO_ACTOR - {"it"}:
        return False
    return any(word.tag in ("noun", "name", "pron") for word in phrase)


def _is_name(phrase: Sequence[Word]) -> bool:
    """Whether a later pronoun may stand for the phrase: a name, a body or a role."""
    head = phrases.head(phrase)
    if any(word.tag == "name" for word in phrase):
        return True
    return head is not None and any(
        phrase[head].lower in words(each) for each in ("bodies", "titles", "representatives")
    )
