"""Which texts are near copies of a text that comes in: wire copy, or a new version of a report.

What two texts share is found as the engine finds origins (`reader.shared_words`). Candidates come
from an index of some of each text's runs, so that a thousand unlike texts cost next to nothing:
of `WINDOW` runs in a row the one with the least hash is kept ("winnowing", Schleimer, Wilkerson
and Aiken 2003), so no shared stretch of `RUN + WINDOW - 1` words is missed.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Self
from zlib import crc32

from reader.shared_words import COMMON, COPIED, RUN, are_one, stretches_of, words_in
from reader.words import lower_words

WINDOW = 8  # runs
OF_LONGER = 0.25  # of the longer text: a flash inside a long report is no copy of the report
_PRIME = 2**61 - 1  # a run's hash is below it: two of a million texts' runs share one by no chance
_BASE = 0x1F83D9ABFB41BD6B  # below it too; any large odd number does
_FIRST = pow(_BASE, RUN - 1, _PRIME)

Kind = Literal["copy", "passages"]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How much a text shares with another one, whose number is `id`.

    `share` is the part of the text's words that stand in the other, `of_other` the part of the
    other's that stand in it, `words` how many they are. It is a "copy" where both are largely the
    same text, however the lead or the end differs; else they share "passages" that two writers do
    not write alike by chance.
    """

    id: int
    share: float
    of_other: float
    words: int
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Runs:
    """What is kept of a text: the hash of each run of its words, and how many words they are.

    Eight bytes a word; the text itself is not needed again.
    """

    words: int
    hashes: "array[int]" = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The runs of a text."""
        words = [crc32(word.encode("utf-8", "replace")) for word in lower_words(text)]
        return cls(words=len(words), hashes=array("q", _rolled(words)))

    @cached_property
    def marks(self) -> list[int]:
        """For each run the least hash among those that begin with it: some of all hashes."""
        hashes = self.hashes
        last = max(len(hashes) - WINDOW, 0)
        if not last:
            return [min(hashes)] * len(hashes) if hashes else []
        least = list(map(min, *(hashes[at : last + at + 1] for at in range(WINDOW))))
        return least + least[-1:] * (len(hashes) - len(least))


class Shelf:
    """Texts that others are compared with, one after the other: those of a story, say.

    Adding a text and asking for the like of one take time in its length, and more only for texts
    that share something with it.
    """

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts: dict[int, tuple[int, array[int]]] = {}  # words and hashes of their runs
        self._numbers: dict[int, tuple[int, ...]] = {}
        for number, text in texts.items():
            self.add(number, Runs.of(text))

    def add(self, number: int, runs: Runs) -> None:
        """Put a text on the shelf, under a number that is not there yet."""
        self._texts[number] = (runs.words, runs.hashes)
        known = self._numbers
        for mark in set(runs.marks):
            there = known.get(mark, ())
            if len(there) <= COMMON:  # more are not asked for
                known[mark] = (*there, number)

    def look_alike(self, runs: Runs, *, most: int | None = None) -> list[Likeness]:
        """The texts on the shelf that this one is like, the most alike first.

        What stands in more than `COMMON` of them, an imprint say, is not counted. With `most` only
        so many texts are looked at, those with most runs in common: a hundred copies of one wire
        would each be held against all the others.
        """
        candidates: Counter[int] = Counter()
        places: dict[int, int] = {}
        for at, mark in enumerate(runs.marks):
            numbers = self._numbers.get(mark, ())
            if len(numbers) <= COMMON:
                for number in numbers:
                    candidates[number] += 1
                places.setdefault(runs.hashes[at], at)
        nearest = candidates.most_common(most)
        found = (self._likeness(runs, places, number) for number, _runs in nearest)
        return sorted(
            (one for one in found if one),
            key=lambda one: (one.kind != "copy", -max(one.share, one.of_other), one.id),
        )

    def _likeness(self, runs: Runs, places: Mapping[int, int], number: int) -> Likeness | None:
        size, hashes = self._texts[number]
        last = len(hashes) - 1
        # the first place of each: a dict keeps what it is told last
        there = {run: last - at for at, run in enumerate(reversed(hashes))}
        starts = sorted((here, there[run]) for run, here in places.items() if run in there)
        passages = [words_in(stretches) for stretches in stretches_of(starts)]
        shared = sum(passages)
        shorter, longer = sorted((runs.words, size))
        if are_one(shared, shorter, longer) and shared >= OF_LONGER * longer:
            kind: Kind = "copy"
        elif any(words >= COPIED for words in passages):
            kind = "passages"
        else:
            return None
        return Likeness(
            id=number,
            share=shared / runs.words,
            of_other=shared / size,
            words=shared,
            kind=kind,
        )


def look_alike(text: str, others: Mapping[int, str]) -> list[Likeness]:
    """The texts that this one is like, the most alike first; for one question (see `Shelf`)."""
    return Shelf(others).look_alike(Runs.of(text))


def _rolled(words: list[int]) -> Iterable[int]:
    """The hash of each run: each from the one before, by the word that goes and the one that comes.

    After Karp and Rabin (1987).
    """
    if len(words) < RUN:
        return
    rolled = 0
    for word in words[:RUN]:
        rolled = (rolled * _BASE + word) % _PRIME
    yield rolled
    for gone, word in zip(words, words[RUN:], strict=False):
        rolled = ((rolled - gone * _FIRST) * _BASE + word) % _PRIME
        yield rolled
