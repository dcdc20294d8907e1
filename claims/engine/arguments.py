"""The noun phrases around a verb by their heads: lists, complements, what there is a lack of."""

from collections.abc import Iterator, Sequence

from claims.engine import actors, people, phrases
from claims.engine.lexicon import singular, words
from claims.engine.parts import VERBAL, Word
from claims.engine.readings import Clause, Document

_SHORTAGE = frozenset({"shortage", "shortages", "lack", "scarcity", "absence", "dearth"})
_PERSONNEL = frozenset({"troops", "forces", "soldiers", "officials", "officers"})
_LIST_REACH = 40
_COMPLEMENT_REACH = 6


def heads(document: Document, phrase: Sequence[Word]) -> Iterator[str]:
    """The canonical name or head noun of each part of a phrase that "and" or commas join."""
    part: list[Word] = []
    phrase = _without_apposition(phrase)
    for word in [*phrase, None]:
        if word is not None and not _parts(word, part):
            part.append(word)
            continue
        name = _head_name(document, part)
        if name:
            yield name
        part = []


def _parts(word: Word, part: Sequence[Word]) -> bool:
    """Whether another item of the list begins: not inside "a deal between Peru and Chile"."""
    if word.text == ",":
        return True
    return word.lower in ("and", "or", "plus") and not any(w.lower == "between" for w in part)


def _without_apposition(phrase: Sequence[Word]) -> Sequence[Word]:
    """The phrase up to a comma that opens no list: "the Tern, a ferry," is the Tern."""
    comma = next((at for at, word in enumerate(phrase) if word.text == ","), None)
    if comma is None:
        return phrase
    described = comma + 1 < len(phrase) and phrase[comma + 1].tag == "wh"
    is_list = any(word.tag == "conj" for word in phrase) and not described
    return phrase if is_list else phrase[:comma]


def _head_name(document: Document, part: Sequence[Word]) -> str | None:
    head = phrases.head(part)
    if head is None:
        return None
    word = part[head]
    bare = [each for each in part if each.tag != "det"] or part
    start, end = bare[0].start, bare[-1].end
    if word.tag == "name" and (
        full := people.registry(document).people.get(actors.fold(word.lower))
    ):
        is_first = people.family_name(full) == actors.fold(full.split()[0])
        return people.family_name(full) if is_first else actors.fold(word.lower)
    if word.tag == "name" or (word.lower in words("bodies") and word.lower not in _PERSONNEL):
        canonical = actors.canonical(document.text[start:end])
        if canonical is not None:
            return canonical
    if word.tag == "name":
        first = head
        while first and part[first - 1].tag == "name" and not part[first - 1].possessive:
            first -= 1
        return " ".join(document.text[part[first].start : word.end].split()).lower()
    if word.tag == "number":
        return None
    return singular(word.lower)


def objects(
    document: Document, sentence: Sequence[Word], start: int, clause: Clause
) -> tuple[str, ...]:
    """The heads of the noun phrases that follow the verb, up to a preposition or the next verb."""
    end = start
    limit = min(len(sentence), start + _LIST_REACH)
    while end < limit and sentence[end].start < clause.end:
        word = sentence[end]
        light = (
            word.lower == "of" and end > start and sentence[end - 1].lower in words("light_heads")
        )
        if word.tag in VERBAL - {"participle"} or word.tag in (
            "wh",
            "that",
            "sub",
            "to",
            "be",
            "have",
            "modal",
        ):
            break
        counted = end + 1 < limit and sentence[end + 1].tag in ("number", "to")
        linking = light or word.lower in ("of", "with") or counted
        if word.tag == "prep" and not linking:
            break
        if word.lower == "according":
            break
        if word.tag == "mark" and word.text not in ',"“”':
            break
        end += 1
    inside = [word for word in sentence[start:end] if word.text not in '"“”' and word.tag != "adv"]
    return tuple(dict.fromkeys(heads(document, inside)))


def complement(sentence: Sequence[Word], start: int) -> tuple[str, ...]:
    """What something is: "dead"; "critical" and "condition" of "in a critical condition"."""
    found: list[str] = []
    for word in sentence[start : start + _COMPLEMENT_REACH]:
        if word.tag in ("noun", "participle"):
            found.append(singular(word.lower))
        elif found or not (word.tag in ("adv", "not", "det") or word.lower in ("in", "at", "on")):
            break
    return tuple(found)


def missing(
    document: Document, sentence: Sequence[Word], clause: Clause, start: int
) -> tuple[str, ...]:
    """What there is a shortage or lack of, if the clause says so."""
    for at in range(start, len(sentence) - 1):
        word = sentence[at]
        if word.start >= clause.end:
            break
        if word.lower in _SHORTAGE and sentence[at + 1].lower == "of":
            return objects(document, sentence, at + 2, clause)
    return ()
