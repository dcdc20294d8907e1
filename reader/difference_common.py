"""What two lists of words have in common, in order: long ones as well as short ones.

Long ones are first pinned together by whole sentences, then by runs of words that stand once in
each; between the pins rapidfuzz finds the longest common sequence.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import pairwise

from rapidfuzz.distance import LCSseq

# Tokens in a row, blanks among them, that mean the same place where they stand once in each text.
_LONG_RUN, _SHORT_RUN = 9, 3
# Cells of one table of rapidfuzz (an eighth of a byte each): what is compared without pins, and
# what is at most: 16 MB, and a moment's work.
_FEW_CELLS = 1 << 22
_MOST_CELLS = 1 << 27

# A stretch of tokens that is the same in both texts: where it starts in each, and how long it is.
Same = tuple[int, int, int]
# Tokens of the old text, start and end, and of the new one.
_Area = tuple[int, int, int, int]
_Pins = Callable[[Sequence[int], Sequence[int], _Area], Iterator[Same]]


def common(a: Sequence[int], b: Sequence[int], stops: AbstractSet[int]) -> Iterator[Same]:
    """What stays the same: the common head and tail, and in order what is found between.

    `stops` are the words after which a sentence or a line ends. Stretches too long to compare that
    have nothing in common to hold on to come out as having nothing in common.
    """
    head, tail = _common_ends(a, b)
    if head:
        yield 0, 0, head
    pins = (
        partial(_by_sentence, stops=stops),
        partial(_by_run, length=_LONG_RUN),
        partial(_by_run, length=_SHORT_RUN),
    )
    yield from _common_between(a, b, (head, len(a) - tail, head, len(b) - tail), pins)
    if tail:
        yield len(a) - tail, len(b) - tail, tail


def _common_ends(a: Sequence[int], b: Sequence[int]) -> tuple[int, int]:
    shorter = min(len(a), len(b))
    head = next((at for at in range(shorter) if a[at] != b[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if a[-1 - at] != b[-1 - at]), rest)
    return head, tail


def _common_between(
    a: Sequence[int], b: Sequence[int], area: _Area, pins: Sequence[_Pins]
) -> Iterator[Same]:
    a_start, a_end, b_start, b_end = area
    cells = (a_end - a_start) * (b_end - b_start)
    if cells <= (_FEW_CELLS if pins else _MOST_CELLS):
        for block in LCSseq.editops(a[a_start:a_end], b[b_start:b_end]).as_matching_blocks():
            if block.size:
                yield a_start + block.a, b_start + block.b, block.size
        return
    if not pins:
        return
    at_a, at_b = a_start, b_start
    for start_a, start_b, size in pins[0](a, b, area):
        yield from _common_between(a, b, (at_a, start_a, at_b, start_b), pins[1:])
        yield start_a, start_b, size
        at_a, at_b = start_a + size, start_b + size
    yield from _common_between(a, b, (at_a, a_end, at_b, b_end), pins[1:])


def _by_sentence(
    a: Sequence[int], b: Sequence[int], area: _Area, *, stops: AbstractSet[int]
) -> Iterator[Same]:
    """Sentences and lines of some length that stay, also where the same ones stand often."""
    in_a, in_b = _sentences(a, *area[:2], stops), _sentences(b, *area[2:], stops)
    ids: dict[tuple[int, ...], int] = {}
    first, second = (
        [ids.setdefault(tuple(text[start:end]), len(ids)) for start, end in spans]
        for text, spans in ((a, in_a), (b, in_b))
    )
    if len(first) * len(second) > _MOST_CELLS:
        return
    for block in LCSseq.editops(first, second).as_matching_blocks():
        for at in range(block.size):
            start, end = in_a[block.a + at]
            yield start, in_b[block.b + at][0], end - start


def _sentences(
    ids: Sequence[int], start: int, end: int, stops: AbstractSet[int]
) -> list[tuple[int, int]]:
    """The stretches between stops that are as long as a long run."""
    edges = [start, *(at + 1 for at in range(start, end) if ids[at] in stops), end]
    return [(left, right) for left, right in pairwise(edges) if right - left >= _LONG_RUN]


def _by_run(a: Sequence[int], b: Sequence[int], area: _Area, *, length: int) -> Iterator[Same]:
    """Stretches around runs of tokens that stand once in each text, as many as keep their order."""
    a_start, a_end, b_start, b_end = area
    once_a, once_b = _once(a, a_start, a_end, length), _once(b, b_start, b_end, length)
    pairs = sorted((at, once_b[run]) for run, at in once_a.items() if run in once_b)
    at_a, at_b = a_start, b_start
    for found_a, found_b in _rising(pairs):
        if found_a < at_a or found_b < at_b:
            continue  # inside the stretch before
        back, ahead = 0, length
        most = min(found_a - at_a, found_b - at_b)
        while back < most and a[found_a - back - 1] == b[found_b - back - 1]:
            back += 1
        most = min(a_end - found_a, b_end - found_b)
        while ahead < most and a[found_a + ahead] == b[found_b + ahead]:
            ahead += 1
        yield found_a - back, found_b - back, back + ahead
        at_a, at_b = found_a + ahead, found_b + ahead


def _once(ids: Sequence[int], start: int, end: int, length: int) -> dict[tuple[int, ...], int]:
    """Where each run of tokens starts that stands once only."""
    places: dict[tuple[int, ...], int] = {}
    for at in range(start, end - length + 1):
        run = tuple(ids[at : at + length])
        places[run] = at if run not in places else -1
    return {run: at for run, at in places.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises on both sides."""
    tops: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        before.append(chain[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        chain[length : length + 1] = [at]
    found, at = [], chain[-1] if chain else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
