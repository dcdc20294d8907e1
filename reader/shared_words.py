"""The stretches that two texts share: where wire copy is told from reports of one's own.

Texts are cut into runs of `RUN` words; runs that two texts share are joined into passages, over
small edits. Pure; the engine counts origins by it, and an import warns of near copies by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reader.words import Token, tokenize

RUN = 8  # words: shorter runs are common phrases and names with titles
COVER = 0.5  # share of the shorter text that makes two texts one
SHORTEST = 40  # shared words below which two texts stay two, short flashes apart
COMMON = 50  # texts; a run in more of them is boilerplate of the trade
EDITED = 6  # words: between two shared runs, an editor's touch and no new passage
COPIED = 25  # words that two writers do not choose alike by chance, nor quote by habit

# First word in each of the two texts, number of words.
Stretch = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A passage that two texts share but for small edits, as [start, end) in code points of each.

    `words` are those that are the same.
    """

    here: tuple[int, int]
    there: tuple[int, int]
    words: int


def words_of(text: str) -> Sequence[Token]:
    """The words and numbers of a text, without its marks."""
    return [token for token in tokenize(text) if token.kind != "mark"]


def run_at(words: Sequence[Token], at: int) -> tuple[str, ...]:
    """The run of words that begins with this one."""
    return tuple(token.lower for token in words[at : at + RUN])


def are_one(shared: int, one: int, other: int) -> bool:
    """Whether texts of so many words are one text, as far as so many shared words say."""
    shorter = min(one, other)
    return shared >= COVER * shorter and (shared >= SHORTEST or shared == shorter)


def joined(
    starts: Sequence[tuple[int, int]], one: Sequence[Token], other: Sequence[Token]
) -> list[Shared]:
    """Runs that follow each other in both texts as one passage; no word counts twice.

    `starts` are the first words of each shared run in both texts, in order.
    """
    return [
        Shared(
            here=_places(one, stretches, 0),
            there=_places(other, stretches, 1),
            words=words_in(stretches),
        )
        for stretches in stretches_of(starts)
    ]


def words_in(stretches: Sequence[Stretch]) -> int:
    """How many words of a passage are the same in both texts."""
    return sum(size for _, _, size in stretches)


def stretches_of(starts: Sequence[tuple[int, int]]) -> list[list[Stretch]]:
    """The stretches that make up each passage, as `joined` finds them, in words."""
    groups: list[Stretch] = []
    for here, there in starts:
        first, second, size = groups[-1] if groups else (here, there, 0)
        overlap = max(first + size - here, 0)
        if here - first == there - second and here <= first + size:
            groups[-1:] = [(first, second, here + RUN - first)]
        elif overlap < RUN:
            groups.append((here + overlap, there + overlap, RUN - overlap))
    return _over_edits(groups)


def _over_edits(groups: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches that only a few words part, in both texts, as one passage."""
    found: list[list[Stretch]] = []
    for group in groups:
        here, there, size = found[-1][-1] if found else (0, 0, 0)
        gaps = (group[0] - here - size, group[1] - there - size)
        if found and all(0 <= gap <= EDITED for gap in gaps):
            found[-1].append(group)
        else:
            found.append([group])
    return found


def _places(
    words: Sequence[Token], stretches: Sequence[Stretch], side: Literal[0, 1]
) -> tuple[int, int]:
    """Where a passage begins and ends in the text of that side."""
    last = stretches[-1][side] + stretches[-1][2] - 1
    return words[stretches[0][side]].start, words[last].end
