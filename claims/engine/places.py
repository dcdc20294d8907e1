"""Where what a clause tells happened, as far as the clause or its sentence says so.

A place stands after "in", "at" or "near" and is a known place, or a capitalised name that is no
person, body or day. A capital as the subject of a verb is a government, never a place.
"""

import functools
from collections.abc import Mapping, Sequence

from claims.engine import actors, people, roles
from claims.engine.grammar import tagged
from claims.engine.lexicon import read_lines, words
from claims.engine.parts import Word
from claims.engine.readings import Clause, Document

_STRONG = (
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "across",
    "around",
    "throughout",
    "off",
    "within",
)
_WEAK = ("to", "into", "towards", "toward", "over", "through")
_REACH = 5


def read(document: Document) -> list[str | None]:
    """The place of each clause in lower case, aligned with `document.clauses`; None if unnamed."""
    return [_place(document, clause) for clause in document.clauses]


def apart(a: str | None, b: str | None) -> bool:
    """Whether two places exclude each other, as far as is known.

    A city may lie in any nation but one that is not its own; only capitals tell. A name that holds
    the other one ("kursk" and "kursk border") does not exclude it.
    """
    if a is None or b is None or a == b:
        return False
    if set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return False
    nations = actors.nations()
    if (a in nations) == (b in nations):
        return a not in _waters() and b not in _waters()
    city, nation = (b, a) if a in nations else (a, b)
    owner = actors.canonical(city.title())
    return owner is not None and owner in nations and owner != nation


@functools.cache
def _waters() -> frozenset[str]:
    """Wide places that can hold others."""
    wide = ("europe", "asia", "africa", "middle east", "far east", "siberia", "latin america")
    return frozenset(wide)


def _place(document: Document, clause: Clause) -> str | None:
    """The place nearest to the verb: after a strong preposition, else a weak one."""
    sentence = tagged(document)[clause.sentence]
    for prepositions in (_STRONG, _WEAK):
        for at, word in enumerate(sentence):
            if (
                word.start < clause.start
                or word.tag not in ("prep", "to")
                or word.lower not in prepositions
            ):
                continue
            if word.start >= clause.end:
                break
            if at and sentence[at - 1].lower in ("according", "due", "thanks", "owing"):
                continue
            found = _named(document, sentence, at + 1)
            if found is not None:
                return found
    return None


def _named(document: Document, sentence: Sequence[Word], start: int) -> str | None:
    """The place that the words from here on name, if they name one."""
    for at in range(start, min(start + _REACH, len(sentence))):
        word = sentence[at]
        if word.tag == "name":
            return _at_name(document, sentence, at)
        opening = word.tag == "det" and at == start
        if word.tag != "noun" and not opening or word.possessive:
            return None
    return None


def _at_name(document: Document, sentence: Sequence[Word], start: int) -> str | None:
    end = start
    while end < len(sentence) and sentence[end].tag == "name" and not sentence[end].possessive:
        end += 1
    if end < len(sentence) and sentence[end].possessive and sentence[end].tag == "name":
        return _at_owner(document, sentence, start, end)
    names = list(sentence[start:end])
    text = roles.text_of(document, names)
    if text.lower() not in _cities() and actors.canonical(text) is None:
        names = [word for word in names if word.lower not in words("directions")]
    if not names or end > start and _is_time(names[0].lower):
        return None
    unlikely = names[-1].lower in words("bodies") | words("no_places") or names[-1].text.isupper()
    if unlikely and actors.canonical(roles.text_of(document, names)) is None:
        return None
    if _is_modifier(sentence, end) or _is_agent(document, sentence, start, end):
        return None
    return _normal(document, names)


def _at_owner(document: Document, sentence: Sequence[Word], start: int, end: int) -> str | None:
    """ "Italy's Umbria region" is Umbria; "Italy's capital" Italy; "Italy's army" no place."""
    owner = sentence[start : end + 1]
    inner = _named(document, sentence, end + 1)
    if inner is not None:
        return inner
    following = sentence[end + 1 : end + 4]
    local = any(
        w.lower in words("regions") or w.lower in words("directions") or w.lower == "capital"
        for w in following
    )
    return _normal(document, owner) if local else None


def _is_time(lower: str) -> bool:
    return lower.endswith("day") or lower.rstrip(".") in words("months")


def _is_modifier(sentence: Sequence[Word], end: int) -> bool:
    """Whether the name only describes a thing that follows: "in Boeing factories"."""
    if end >= len(sentence) or sentence[end].tag != "noun":
        return False
    following = sentence[end].lower
    return following not in words("regions") and following not in ("last", "next")


def _is_agent(document: Document, sentence: Sequence[Word], start: int, end: int) -> bool:
    """Whether the name is a person or a body that is nowhere: "at Reuters", "in NATO"."""
    last = sentence[end - 1]
    if actors.fold(last.lower) in people.registry(document).people:
        return True
    hits = actors.matches(document.text, sentence[start].start, last.end)
    return bool(hits) and not hits[0][1].place


def _normal(document: Document, names: Sequence[Word]) -> str | None:
    return normal(roles.text_of(document, names))


def normal(text: str) -> str | None:
    """The name in lower case; a nation under its canonical name, a city under its own."""
    canonical = actors.canonical(text)
    lower = text.lower().removeprefix("the ")
    if canonical in actors.nations() and lower not in _cities():
        return canonical
    return _cities().get(lower, lower) if len(lower) > 2 else None


@functools.cache
def _cities() -> Mapping[str, str]:
    """Capitals and other known places in lower case, spelling variants under the first one."""
    known = {line.lower(): line.lower() for line in read_lines("places.txt")}
    for line in read_lines("nations.tsv"):
        columns = (line.split("\t") + [""] * 4)[:5]
        capitals = [name.rstrip("*").lower() for name in columns[3].split("|") if name]
        alike = {name: capitals[0] for name in capitals if name[0] == capitals[0][0]}
        known |= {name: alike.get(name, name) for name in capitals}
    return known
