"""Which texts are near copies of a text that comes in: wire copy, or a new version of a report.

What two texts share is found as the engine finds origins (`reader.shared_words`). Candidates come
from an index of some of each text's runs, so that a thousand unlike texts cost next to nothing:
of `WINDOW` runs in a row the one with the least hash is kept ("winnowing", Schleimer, Wilkerson
and Aiken 2003), so no shared stretch of `RUN + WINDOW - 1` words is missed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from reader.shared_words import COMMON, COPIED, RUN, are_one, joined, run_at, words_of
from reader.words import Token

WINDOW = 8  # runs
OF_LONGER = 0.25  # of the longer text: a flash inside a long report is no copy of the report

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


class Shelf:
    """Texts that others are compared with, one after the other: those of a story, say.

    Adding a text and asking for the like of one take time in its length, and more only for texts
    that share something with it.
    """

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts: dict[int, str] = {}
        self._numbers: dict[int, list[int]] = defaultdict(list)
        for number, text in texts.items():
            self.add(number, text)

    def add(self, number: int, text: str) -> None:
        """Put a text on the shelf, under a number that is not there yet."""
        self._texts[number] = text
        for mark in set(_marks(words_of(text))):
            self._numbers[mark].append(number)

    def look_alike(self, text: str, *, most: int | None = None) -> list[Likeness]:
        """The texts on the shelf that this one is like, the most alike first.

        What stands in more than `COMMON` of them, an imprint say, is not counted. With `most` only
        so many texts are looked at, those with most runs in common: a hundred copies of one wire
        would each be held against all the others.
        """
        words = words_of(text)
        candidates: Counter[int] = Counter()
        places: dict[tuple[str, ...], int] = {}
        for at, mark in enumerate(_marks(words)):
            numbers = self._numbers.get(mark, ())
            if len(numbers) <= COMMON:
                candidates.update(numbers)
                places.setdefault(run_at(words, at), at)
        nearest = candidates.most_common(most)
        found = (self._likeness(words, places, number) for number, _runs in nearest)
        return sorted(
            (one for one in found if one),
            key=lambda one: (one.kind != "copy", -max(one.share, one.of_other), one.id),
        )

    def _likeness(
        self, words: Sequence[Token], places: Mapping[tuple[str, ...], int], number: int
    ) -> Likeness | None:
        others = words_of(self._texts[number])
        there: dict[tuple[str, ...], int] = {}
        for at in range(len(others) - RUN + 1):
            there.setdefault(run_at(others, at), at)
        starts = sorted((here, there[run]) for run, here in places.items() if run in there)
        passages = joined(starts, words, others)
        shared = sum(passage.words for passage in passages)
        shorter, longer = sorted((len(words), len(others)))
        if are_one(shared, shorter, longer) and shared >= OF_LONGER * longer:
            kind: Kind = "copy"
        elif any(passage.words >= COPIED for passage in passages):
            kind = "passages"
        else:
            return None
        return Likeness(
            id=number,
            share=shared / len(words),
            of_other=shared / len(others),
            words=shared,
            kind=kind,
        )


def look_alike(text: str, others: Mapping[int, str]) -> list[Likeness]:
    """The texts that this one is like, the most alike first; for one question (see `Shelf`)."""
    return Shelf(others).look_alike(text)


def _marks(words: Sequence[Token]) -> list[int]:
    """For each run of a text the least hash among those that begin with it: some of all hashes."""
    hashes = [
        crc32(" ".join(run_at(words, at)).encode("utf-8", "replace"))
        for at in range(len(words) - RUN + 1)
    ]
    last = max(len(hashes) - WINDOW, 0)
    return [min(hashes[min(at, last) : min(at, last) + WINDOW]) for at in range(len(hashes))]
