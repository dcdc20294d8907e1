"""Texts as an editor changes them, with the truth: where each character of the old text went.

Nine kinds of edit, and several at once. A text is a list of characters with the place each had in
the old text; what was typed anew has none, so the truth needs no matching of words.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Sign = tuple[str, int | None]
Signs = list[Sign]

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]+[”\"’']?(?=\s|$)")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_TYPOGRAPHY = {'"': "“", "'": "’", "’": "'", "“": '"', "”": '"', "-": "–", "–": "-", "—": " - "}
_FILLER = (
    "Officials declined to give further details on {}.",
    "The announcement on {} surprised many in the region, residents said.",
    "It was not immediately clear what effect {} would have.",
    "Earlier reports about {} could not be confirmed by other outlets.",
    "A spokeswoman repeated that {} figures out of every 40 were still being checked.",
    "Some {} people stood in the square by noon, among them 14 from the coast.",
)
_OTHER = (
    "weather",
    "harbour",
    "12",
    "budget",
    "council",
    "3,400",
    "election",
    "7",
    "Tuesday",
    "ferry",
)


def signs_of(text: str) -> Signs:
    """The text with each character at its own place."""
    return [(sign, at) for at, sign in enumerate(text)]


def text_of(signs: Sequence[Sign]) -> str:
    """The characters alone."""
    return "".join(sign for sign, _ in signs)


def _new(text: str) -> Signs:
    return [(sign, None) for sign in text]


def _sentences(signs: Sequence[Sign]) -> list[tuple[int, int]]:
    return [found.span() for found in _SENTENCE.finditer(text_of(signs))]


def _paragraphs(signs: Sequence[Sign]) -> list[Signs]:
    parts: list[Signs] = [[]]
    for sign in signs:
        if sign[0] == "\n":
            if parts[-1]:
                parts.append([])
            continue
        parts[-1].append(sign)
    return [part for part in parts if part]


def _together(parts: Sequence[Signs]) -> Signs:
    found: Signs = []
    for part in parts:
        found += ([*_new("\n\n")] if found else []) + part
    return found


def insert(signs: Signs, chance: random.Random) -> Signs:
    """A new sentence or two somewhere."""
    for _ in range(chance.randint(1, 3)):
        at = chance.choice([0, *(end for _, end in _sentences(signs))])
        filler = chance.choice(_FILLER).format(chance.choice(_OTHER))
        signs = [*signs[:at], *_new(f" {filler}" if at else f"{filler} "), *signs[at:]]
    return signs


def delete(signs: Signs, chance: random.Random) -> Signs:
    """A sentence or two left out."""
    for _ in range(chance.randint(1, 3)):
        found = _sentences(signs)
        if len(found) > 3:
            start, end = chance.choice(found)
            signs = signs[:start] + signs[end:]
    return signs


def typos(signs: Signs, chance: random.Random) -> Signs:
    """Letters lost or taken for others; never so that it cannot be told which one it was."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(1, len(signs) - 1)
        around = {sign for sign, _ in signs[at - 1 : at + 2]}
        if signs[at][0].isalpha() and len(around) == 3:
            other = chance.choice([letter for letter in "aeistn" if letter not in around])
            signs = [*signs[:at], *chance.choice([_new(other), []]), *signs[at + 1 :]]
    return signs


def typography(signs: Signs, chance: random.Random) -> Signs:
    """Other quotes, dashes and blanks: the marks count as the same characters."""
    found: Signs = []
    for sign, at in signs:
        if sign in _TYPOGRAPHY:
            found += [(one, at) for one in _TYPOGRAPHY[sign]]
        else:
            found.append(("\u00a0" if sign == " " and chance.random() < 0.02 else sign, at))
    return found


def reorder(signs: Signs, chance: random.Random) -> Signs:
    """A paragraph, or a sentence, stands elsewhere."""
    parts = _paragraphs(signs)
    if len(parts) > 2 and chance.random() < 0.8:
        part = parts.pop(chance.randrange(len(parts)))
        parts.insert(chance.randrange(len(parts) + 1), part)
        return _together(parts)
    found = _sentences(signs)
    if len(found) < 4:
        return signs
    start, end = chance.choice(found)
    moved, rest = signs[start:end], signs[:start] + signs[end:]
    at = chance.choice([end for _, end in _sentences(rest)])
    return [*rest[:at], *_new(" "), *moved, *rest[at:]]


def reword(signs: Signs, chance: random.Random) -> Signs:
    """Half of the long words of a paragraph are others."""
    parts = _paragraphs(signs)
    at = chance.randrange(len(parts))
    part = parts[at]
    for found in reversed(list(_WORD.finditer(text_of(part)))):
        if chance.random() < 0.5:
            other = chance.choice((*_OTHER[:2], "matters", "nothing", "during", "another"))
            part = [*part[: found.start()], *_new(other), *part[found.end() :]]
    parts[at] = part
    return _together(parts)


def cut(signs: Signs, chance: random.Random) -> Signs:
    """A fifth of the text is gone, and a new lead stands before it."""
    found = _sentences(signs)
    length = max(1, len(found) // 5)
    first = chance.randrange(max(1, len(found) - length))
    start, end = found[first][0], found[min(first + length, len(found)) - 1][1]
    lead = " ".join(chance.choice(_FILLER).format(chance.choice(_OTHER)) for _ in range(3))
    return [*_new(f"{lead}\n\n"), *signs[:start], *signs[end:]]


def renumber(signs: Signs, chance: random.Random) -> Signs:
    """Every number is another one."""
    for found in reversed(list(_NUMBER.finditer(text_of(signs)))):
        other = str(chance.randint(2, 9999))
        if other != found.group():
            signs = [*signs[: found.start()], *_new(other), *signs[found.end() :]]
    return signs


def repeat(signs: Signs, chance: random.Random) -> Signs:
    """A sentence of the text stands in it once more, as in a summary or a pull quote.

    Not beside itself: nobody could tell which of the two is the old one.
    """
    found = _sentences(signs)
    start, end = chance.choice(found)
    copied = _new(text_of(signs[start:end]))
    ends = [0, *(last for _, last in found)]
    apart = [at for at in ends if at != end and text_of(signs[at:start]).strip()]
    apart += [at for at in ends if at > end]
    if not apart:
        return signs
    at = chance.choice(apart)
    return [*signs[:at], *_new(" " if at else ""), *copied, *_new("" if at else " "), *signs[at:]]


KINDS: dict[str, Callable[[Signs, random.Random], Signs]] = {
    "insert": insert,
    "delete": delete,
    "typos": typos,
    "typography": typography,
    "reorder": reorder,
    "reword": reword,
    "cut": cut,
    "renumber": renumber,
    "repeat": repeat,
}


@dataclass(frozen=True)
class Edited:
    """An old text, a new one, and where each old character stands in the new one."""

    kinds: tuple[str, ...]
    old: str
    new: str
    places: dict[int, list[int]]


def edited(text: str, chance: random.Random) -> Edited:
    """The text after one edit, or (every other time) after two to five different ones."""
    number = 1 if chance.random() < 0.5 else chance.randint(2, 5)
    kinds = tuple(chance.sample(sorted(KINDS), number))
    signs = signs_of(text)
    for kind in kinds:
        if _sentences(signs):
            signs = KINDS[kind](signs, chance)
    places: dict[int, list[int]] = {}
    for at, (_, origin) in enumerate(signs):
        if origin is not None:
            places.setdefault(origin, []).append(at)
    return Edited(kinds=kinds, old=text, new=text_of(signs), places=places)
