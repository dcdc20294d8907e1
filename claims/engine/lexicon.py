"""Word lists and verb forms of general English, read once from the data folder."""

import functools
import itertools
from collections.abc import Mapping
from importlib import resources
from typing import Literal

from claims.engine import tables

Form = Literal["base", "s", "past", "participle", "ing"]

_NO_PLURAL = frozenset({"gas", "bias", "lens", "atlas", "canvas", "chaos", "species", "means"})
_IN_IS = frozenset({"crisis", "analysis", "basis", "diagnosis", "emphasis", "hypothesis", "thesis"})
_VOWELS = frozenset("aeiou")
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")


def read_lines(name: str) -> list[str]:
    """The lines of a file of the data folder without comments and blank lines."""
    file = resources.files("claims.engine").joinpath("data", name)
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def words(name: str) -> frozenset[str]:
    """One of the closed classes of words."""
    return tables.words("words", name)


@functools.cache
def verb_forms() -> Mapping[str, tuple[tuple[str, Form], ...]]:
    """For each verb form the stems and forms that it can be: "found" is of find and of found."""
    forms: dict[str, list[tuple[str, Form]]] = {}
    for entry in " ".join(read_lines("verbs.txt")).split():
        head, *irregular = entry.split(",")
        stem = head.rstrip("+")
        for word, form in _inflected(stem, irregular):
            forms.setdefault(word, []).append((stem, form))
    return {word: tuple(dict.fromkeys(found)) for word, found in forms.items()}


@functools.cache
def noun_like() -> frozenset[str]:
    """Stems of verbs that are at least as often nouns."""
    entries = " ".join(read_lines("verbs.txt")).split()
    return frozenset(entry.split(",")[0][:-1] for entry in entries if "+" in entry)


def stems(word: str) -> frozenset[str]:
    """The verb stems that a word can be a form of; empty if it is no known verb."""
    return frozenset(stem for stem, _ in verb_forms().get(word.lower(), ()))


def _inflected(stem: str, irregular: list[str]) -> list[tuple[str, Form]]:
    regular = [_with_ed(each) for each in _doubled(stem)]
    found: list[tuple[str, Form]] = [(stem, "base"), (_with_s(stem), "s")]
    found += [(_with_ing(each), "ing") for each in _doubled(stem)]
    past, participle = irregular if irregular else (regular[0], regular[0])
    found += [(past, "past"), (participle, "participle")]
    if not irregular:
        found += [(form, kind) for form in regular[1:] for kind in ("past", "participle")]
    return found


def _doubled(stem: str) -> list[str]:
    """The stem as it stands before -ed and -ing; both spellings where usage differs."""
    short = len(stem) > 2 and stem[-1] not in "aeiouwxyh" and stem[-2] in _VOWELS
    if not short or stem[-3] in _VOWELS and stem[-3:-1] != "ui":
        return [stem]
    syllables = sum(a in _VOWELS and b not in _VOWELS for a, b in itertools.pairwise(stem))
    if syllables == 1:
        return [stem + stem[-1]]
    return [stem + stem[-1], stem] if stem in words("doubling_verbs") else [stem]


def _with_s(stem: str) -> str:
    if stem.endswith("y") and stem[-2:-1] not in _VOWELS:
        return stem[:-1] + "ies"
    return stem + ("es" if stem.endswith(_SIBILANTS) else "s")


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2:-1] not in _VOWELS:
        return stem[:-1] + "ied"
    return stem + "ed"


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + "ing"


def singular(noun: str) -> str:
    """The singular of a common noun by rule: "agencies" -> "agency"."""
    irregular = {"men": "man", "women": "woman", "people": "person", "children": "child"}
    for plural, single in irregular.items():
        if noun == plural or noun.endswith(plural) and plural in ("men", "women"):
            return noun[: len(noun) - len(plural)] + single
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes", "zzes", "tzes")):
        return noun[:-2]
    if noun.endswith("ses") and noun[:-2] + "is" in _IN_IS:
        return noun[:-2] + "is"
    if noun in _NO_PLURAL or len(noun) < 4 or not noun.endswith("s"):
        return noun
    return noun if noun.endswith(("ss", "us", "is", "news", "series")) else noun[:-1]
