"""The words of a story's claims as labels need them, and how telling each is for one point."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from claims.engine import grammar, lexicon, nouns, terms
from claims.engine.date_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from claims.engine.parts import Word
from claims.engine.readings import Claim, Document, Quantity
from claims.engine.tables import table

MOST = 0.5  # share of a point's claims that something must hold for
_UNITS = table("units")
_DATES = frozenset([*MONTHS, *SHORT_MONTHS, *WEEKDAYS])
# Stands where words of a claim were left out, so that its neighbours are none.
_GAP = Word(0, 0, "", "", "mark")
_FRACTION = re.compile(r"ths?$")
_DECADE = re.compile(r"(?:twen|thir|for|fif|six|seven|eigh|nine)ties$")
_SIZES = {"distance": "length", "area": "area", "weight": "weight"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Story:
    """What the claims of a story say, as far as labels need it; all by claim id."""

    documents: Mapping[str, Document]
    words: Mapping[str, Sequence[Word]]
    stems: Mapping[str, frozenset[str]]
    common: Mapping[str, int]  # in how many claims a stem stands
    units: Mapping[str, int]  # how many claims count a thing

    @classmethod
    def of(cls, claims: Sequence[Claim], documents: Mapping[str, Document]) -> "Story":
        """Read the words of all claims of a story once."""
        ordered = sorted(claims, key=lambda claim: (claim.report, claim.start, claim.id))
        words = {one.id: _words(one, documents[one.report]) for one in ordered}
        stems = {one.id: _stems(one, words[one.id]) for one in ordered}
        return cls(
            documents=documents,
            words=words,
            stems=stems,
            common=Counter(stem for found in stems.values() for stem in found),
            units=Counter(unit for claim in claims if (unit := counted(claim))),
        )


@dataclass(frozen=True, eq=False)
class Told:
    """The claims of one point, with what they share."""

    claims: Sequence[Claim]
    story: Story
    _values: dict[str, float] = field(default_factory=dict)

    @property
    def reports(self) -> frozenset[str]:
        """The reports that speak in the point."""
        return frozenset(claim.report for claim in self.claims)

    def value(self, stem: str) -> float:
        """How well a word tells this point from others: 1 where all reports have it and no other.

        Its share of the reports, lowered by the root of the share of its claims that lie elsewhere.
        """
        if stem not in self._values:
            having = sum(stem in self.story.stems[claim.id] for claim in self.claims)
            rare = (having / self.story.common[stem]) ** 0.5 if having else 0.0
            self._values[stem] = self.share(stem) * rare
        return self._values[stem]

    def share(self, stem: str) -> float:
        """In how many of the point's reports a word stands, as a share of them."""
        having = {one.report for one in self.claims if stem in self.story.stems[one.id]}
        return len(having) / len(self.reports)


def counted(claim: Claim) -> str | None:
    """What a claim counts; measures and money say too little about it."""
    unit = claim.reading.quantities[0].unit if claim.reading.quantities else None
    number = unit is None or not lexicon.words("number_words").isdisjoint(_wholes(unit))
    return None if number or nouns.is_measure(unit) else unit


def kind(unit: str | None) -> str | None:
    """What a unit measures in a plain word: "euro" a sum, "hectare" an area."""
    if unit is None:
        return None
    if nouns.is_money(unit):
        return "sum"
    if unit == "percent":
        return "share"
    if nouns.is_time(unit):
        return "length"
    if unit.endswith("per hour"):
        return "speed"
    return next((word for word, size in _SIZES.items() if unit in _UNITS["sizes"][size]), None)


def measured(word: str) -> str | None:
    """What a noun for a measure measures: "hectares" an area."""
    one = nouns.singular(word)
    short = _UNITS["measures"]["abbreviations"].get(word)
    money = _UNITS["money"]["words"].get(one)
    return kind(short or money or one)


def is_measure(word: str) -> bool:
    """Whether a noun measures and names no thing."""
    one = nouns.singular(word)
    short = _UNITS["measures"]["abbreviations"]
    return nouns.is_measure(one) or one in _UNITS["money"]["words"] or word in short


def is_nominal(word: Word) -> bool:
    """Whether a word can be part of a name or of a thing's description."""
    return (
        word.tag in ("noun", "name")
        and word.lower not in terms.stopwords()
        and word.lower not in _DATES
        and word.lower not in _UNITS["measures"]["per_adverbs"]
        and lexicon.words("number_words").isdisjoint(_wholes(word.lower))
        and not _DECADE.search(word.lower)
        and word.text[0].isalpha()
        and (word.capital or len(word.text) > 2)
    )


def acronym(word: Word) -> bool:
    """Whether a word has capitals inside: "NATO", "McKay"."""
    return word.text[1:] != word.text[1:].lower()


def majority(values: Sequence[str]) -> str | None:
    """The most frequent value, if it makes up half of those given; ties by the alphabet."""
    if not values:
        return None
    best = most(Counter(values))
    return best if values.count(best) >= MOST * len(values) else None


def most(counts: Mapping[str, int]) -> str:
    """The most frequent value; ties by the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value))


def overlap(one: str, other: str) -> bool:
    """Whether two phrases share a word in any form."""
    return not _word_stems(one).isdisjoint(_word_stems(other))


def _word_stems(phrase: str) -> set[str]:
    return {terms.stem(word) for word in phrase.split() if word not in terms.stopwords()}


def _stems(claim: Claim, words: Collection[Word]) -> frozenset[str]:
    """The stems of a claim's telling words, with those of what it counts or measures."""
    found = {terms.stem(word.text) for word in words if is_nominal(word)}
    found |= {terms.stem(word.stem) for word in words if word.stem and word.stem != word.tag}
    for quantity in claim.reading.quantities[:1]:
        found |= _figure_stems(quantity)
    return frozenset(found)


def _figure_stems(quantity: Quantity) -> set[str]:
    unit = quantity.unit or ""
    if measure := kind(unit):
        return {measure}
    return {terms.stem(word) for word in unit.split()}


def _words(claim: Claim, document: Document) -> list[Word]:
    """The words of a claim without those that name its speakers, a gap in the place of these."""
    found: list[Word] = []
    for word in grammar.tagged(document)[claim.sentence]:
        if not (claim.start <= word.start and word.end <= claim.end):
            continue
        said = any(link.start <= word.start < link.end for link in claim.reading.attribution)
        if not said:
            found.append(word)
        elif found and found[-1] is not _GAP:
            found.append(_GAP)
    return found


def _wholes(word: str) -> list[str]:
    """The parts of a compound, and the number that a fraction is made from: "two billionths"."""
    parts = word.split("-")
    return [
        whole for part in parts for whole in (part, part.removesuffix("s"), _FRACTION.sub("", part))
    ]
