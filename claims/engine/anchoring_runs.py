"""What stayed of a text in its next version, and where: kept in place, moved, or held loosely.

The difference tells what was kept in its order; here paragraphs that moved are found among what it
calls deleted and inserted, and inside replacements the words that they still share.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from reader.difference import Edit

How = Literal["kept", "moved", "loose"]

# Words and marks in a row that stand once among what was deleted and once among what was inserted:
# fewer may be a turn of phrase ("he told reporters on Monday that").
RUN = 8
_MOST_CELLS = 1 << 22  # of one replacement whose words are set against each other
_TOKEN = re.compile(r"\w+(?:[.,:'’]\w+)*|[^\w\s]")
_PIECE = re.compile(r"\w+(?:[.,:'’]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that is the same in both texts. `loose` ones are words of a replacement."""

    start: int
    end: int
    new_start: int
    how: How

    @property
    def new_end(self) -> int:
        """Where it ends in the new text."""
        return self.new_start + self.end - self.start

    def to_new(self, at: int) -> int:
        """The place in the new text of one inside it."""
        return self.new_start + at - self.start


def kept(edits: Iterable[Edit]) -> list[Run]:
    """What the difference kept, in order."""
    return [
        Run(edit.old_start, edit.old_end, edit.new_start, "kept")
        for edit in edits
        if edit.kind == "equal"
    ]


def loose(old: str, new: str, edit: Edit) -> list[Run]:
    """The words and blanks that the two sides of a replacement share, in order."""
    before = [found.span() for found in _PIECE.finditer(old, edit.old_start, edit.old_end)]
    after = [found.span() for found in _PIECE.finditer(new, edit.new_start, edit.new_end)]
    if len(before) * len(after) > _MOST_CELLS:
        return []
    blocks = LCSseq.editops(
        [old[start:end] for start, end in before], [new[start:end] for start, end in after]
    ).as_matching_blocks()
    return [
        Run(before[block.a][0], before[block.a + block.size - 1][1], after[block.b][0], "loose")
        for block in blocks
        if block.size
    ]


def moved(old: str, new: str, edits: Sequence[Edit]) -> list[Run]:
    """Stretches of some words that stand among the deleted ones and among the inserted ones.

    Each is as long as it can be; one that stands twice on either side is left out.
    """
    gone = list(_tokens(old, ((e.old_start, e.old_end) for e in edits if e.kind != "equal")))
    come = list(_tokens(new, ((e.new_start, e.new_end) for e in edits if e.kind != "equal")))
    said_old = [_said(old, place) for place in gone]
    said_new = [_said(new, place) for place in come]
    once = _once(said_new)
    runs: list[Run] = []
    used = 0
    for run, at in sorted(_once(said_old).items(), key=lambda item: item[1]):
        to = once.get(run)
        if to is None or at < used:
            continue
        first, last = _grown(said_old, said_new, at, to)
        used = at + last
        runs += _same_text(old, new, gone[at - first : at + last], come[to - first : to + last])
    return runs


def _tokens(text: str, areas: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Words and marks of some areas; an empty one stands between two areas."""
    for start, end in areas:
        for found in _TOKEN.finditer(text, start, end):
            yield found.span()
        yield end, end


def _said(text: str, place: tuple[int, int]) -> str:
    return text[place[0] : place[1]]


def _once(said: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of words starts that stands once only; none crosses from area to area."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(len(said) - RUN + 1):
        run = tuple(said[at : at + RUN])
        places[run] = at if run not in places else -1
    return {run: at for run, at in places.items() if at >= 0 and "" not in run}


def _grown(old: Sequence[str], new: Sequence[str], at: int, to: int) -> tuple[int, int]:
    """How many tokens before and behind the two places are the same, from these places on."""
    first, last = 0, RUN
    while first < min(at, to) and old[at - first - 1] == new[to - first - 1] != "":
        first += 1
    most = min(len(old) - at, len(new) - to)
    while last < most and old[at + last] == new[to + last] != "":
        last += 1
    return first, last


def _same_text(
    old: str, new: str, gone: Sequence[tuple[int, int]], come: Sequence[tuple[int, int]]
) -> Iterator[Run]:
    """The runs of a moved stretch between which only blanks differ."""
    first = 0
    for at in range(1, len(gone) + 1):
        same = at < len(gone) and (
            old[gone[at - 1][1] : gone[at][0]] == new[come[at - 1][1] : come[at][0]]
        )
        if not same:
            yield Run(gone[first][0], gone[at - 1][1], come[first][0], "moved")
            first = at
