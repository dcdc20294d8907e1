"""Verbs and phrases that show a source without a clause that says what was said.

Who rejects a claim, announces a march or corrects a figure has spoken, and "by the union's count"
names a source as "according to" does.
"""

from collections.abc import Sequence

from claims.engine import phrases, tables
from claims.engine.deeds import Deed
from claims.engine.lexicon import words
from claims.engine.parts import Word

_QUOTES = frozenset('"“”')
_OWN = frozenset({"its", "their", "his", "her"})
_ENDING = frozenset({"mark", "verb", "prep", "be", "have", "modal", "conj"})
_REACH = 8


def _speech(name: str) -> frozenset[str]:
    return tables.words("speech", name)


def acts(sentence: Sequence[Word], deed: Deed) -> bool:
    """Whether the verb is an act of speech whatever its object: "rejected", "ruled out"."""
    group = deed.group
    if not group.finite or group.passive or group.negated or group.modal:
        return False
    following = sentence[group.end].lower if group.end < len(sentence) else ""
    if group.stem == "rule":
        return following == "out"
    if group.stem in _speech("wishing") and _wishes(sentence, group.end, group.stem):
        return True
    if group.stem in _speech("asking_for") and following == "for":
        return True
    if group.stem in _speech("warning_of") and following in ("of", "about", "against"):
        return group.stem == "warn" or following == "of"
    if group.stem in _speech("publishing"):
        return _shows_document(sentence, group.end)
    if group.stem in _speech("naming"):
        quoted = any(w.text in _QUOTES for w in sentence[group.end : group.end + _REACH])
        return quoted or _names_it(sentence, group.end)
    return group.stem in _speech("acts")


def _names_it(sentence: Sequence[Word], start: int) -> bool:
    """ "called the report an invention", "described it as a mistake"."""
    found = phrases.after(sentence, start)
    if found is None or found[1] + 1 >= len(sentence):
        return False
    place = found[1] + (sentence[found[1]].lower == "as")
    return sentence[place].lower in ("a", "an")


def _wishes(sentence: Sequence[Word], start: int, stem: str) -> bool:
    """ "expects to earn", "wants the city to pay": what the subject must have told."""
    if start < len(sentence) and sentence[start].tag == "to":
        return stem in _speech("expecting")
    found = phrases.after(sentence, start)
    if found is None or stem == "tell":
        return False
    place = found[1] + (found[1] < len(sentence) and sentence[found[1]].tag == "not")
    return place < len(sentence) and sentence[place].tag == "to"


def _shows_document(sentence: Sequence[Word], start: int) -> bool:
    """Whether the object is something that says more: "figures showing", "a warning that"."""
    found = phrases.after(sentence, start)
    if found is None or found[1] >= len(sentence):
        return False
    behind = sentence[found[1]]
    says = behind.tag == "that" or behind.tag == "gerund" and behind.stem in _speech("say")
    return says and any(
        word.lower in words("documents") or word.lower in _speech("noun_cues")
        for word in sentence[found[0] : found[1]]
    )


def shapes_figure(sentence: Sequence[Word], deed: Deed) -> bool:
    """ "raised its estimate to 40", "corrected their figure for arrests": the subject counts."""
    group = deed.group
    if not group.finite or group.passive or group.stem not in _speech("shaping"):
        return False
    found = phrases.after(sentence, group.end)
    if found is None or sentence[found[0]].lower not in _OWN:
        return False
    head = phrases.head(sentence[found[0] : found[1]])
    return head is not None and sentence[found[0] + head].lower in _speech("counts")


def counts_by(sentence: Sequence[Word], at: int) -> int | None:
    """Where the source begins in "by the union's count", "on its own figures"; None if not so."""
    if sentence[at].lower not in ("by", "on", "in") or at + 2 >= len(sentence):
        return None
    if sentence[at].lower == "in":
        return _seen_by(sentence, at)
    for place in range(at + 1, min(at + _REACH, len(sentence))):
        word = sentence[place]
        owned = sentence[at + 1].lower in _OWN or any(
            each.possessive for each in sentence[at + 1 : place]
        )
        if word.lower in _speech("counts") and not word.possessive:
            return at + 1 if owned else None
        if word.tag in _ENDING and word.lower != "of":
            return None
    return None


def _seen_by(sentence: Sequence[Word], at: int) -> int | None:
    """Where the source begins in "in the eyes of the team", "in the mayor's words"."""
    for place in range(at + 1, min(at + _REACH, len(sentence) - 1)):
        word = sentence[place]
        if word.lower in _speech("views") and not word.possessive:
            if sentence[place + 1].lower == "of" and place <= at + 2:
                return place + 2
            owned = any(each.possessive for each in sentence[at + 1 : place])
            return at + 1 if owned else None
        if word.tag in _ENDING:
            return None
    return None


def believed(sentence: Sequence[Word], at: int) -> int | None:
    """Where the source begins in "if you believe the trust"; None if not so."""
    if sentence[at].lower != "if" or at + 3 >= len(sentence):
        return None
    asked = sentence[at + 1].lower in ("you", "one", "we") and sentence[at + 2].stem == "believe"
    return at + 3 if asked else None


def heard_from(sentence: Sequence[Word], at: int) -> int | None:
    """Where the source begins in "we hear from a bank", "we learned from the police"."""
    if at == 0 or at + 2 >= len(sentence) or sentence[at + 1].lower != "from":
        return None
    told = sentence[at].stem in ("hear", "learn") and sentence[at - 1].lower in ("we", "have")
    return at + 2 if told else None
