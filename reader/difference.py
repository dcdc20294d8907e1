"""What changed from one text to another: in words, never inside one, in pieces that read well.

Single words that agree by chance between two changes are taken into the change, and a change that
reads alike in several places stands at the edge of a line or of a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reader.difference_common import Same, common

Kind = Literal["equal", "insert", "delete", "replace"]

# A number with its separators, a word with its accents and apostrophes, a blank, any other sign
# with what joins to it (accents, variation selectors, joiners of emoji).
_JOINED = "\u0300-\u036f\u200d\ufe00-\ufe0f"
_TOKEN = re.compile(
    rf"\d+(?:[.,:]\d+)*[^\W_]*|[^\W_][^\W_{_JOINED}]*(?:[{_JOINED}'’]+[^\W_]+)*[{_JOINED}]*"
    rf"|\r?\n|\s|.(?:[{_JOINED}]+\S?)*",
    re.DOTALL,
)
_STOPS = {".", "!", "?", "\n"}
_SENTENCE_ENDS = {".", "!", "?", "”", '"', "’", "…"}
# Letters that may stay the same by chance between two changes, such as "said that the"; more are
# text that stayed.
_MOST_CHANCE = 16


@dataclass(frozen=True, slots=True)
class Edit:
    """One piece of a difference; offsets are code points, an empty side has start == end."""

    kind: Kind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def difference(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that make `new` of `old`, covering both texts without gaps, in their order.

    The same texts give one `equal` edit, two empty ones none. Words are never split. Time grows
    with the length and with the length of what changed; stretches too long to compare that have
    nothing in common to hold on to come as one replacement.
    """
    before, after = _tokens(old), _tokens(new)
    ids: dict[str, int] = {}
    a = [ids.setdefault(token, len(ids)) for token in before]
    b = [ids.setdefault(token, len(ids)) for token in after]
    stops = {number for token, number in ids.items() if token in _STOPS}
    same = _tidied(_joined(common(a, b, stops)), before, after)
    same = _slid(same, before, after)
    return tuple(_edits(same, _places(before), _places(after)))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _places(tokens: Sequence[str]) -> list[int]:
    """Where each token starts, and where the last one ends."""
    places, at = [0], 0
    for token in tokens:
        at += len(token)
        places.append(at)
    return places


def _joined(same: Iterable[Same]) -> list[Same]:
    """The same stretches, those that touch on both sides as one."""
    found: list[Same] = []
    for a, b, size in same:
        if found and found[-1][0] + found[-1][2] == a and found[-1][1] + found[-1][2] == b:
            found[-1] = (*found[-1][:2], found[-1][2] + size)
        else:
            found.append((a, b, size))
    return found


def _tidied(same: Sequence[Same], old: Sequence[str], new: Sequence[str]) -> list[Same]:
    """Leave out short stretches that are less than what changed on each of their sides."""
    in_old, in_new = _letters(old), _letters(new)

    def changed(left: Same, right: Same) -> int:
        gone = in_old[right[0]] - in_old[left[0] + left[2]]
        come = in_new[right[1]] - in_new[left[1] + left[2]]
        return max(gone, come)

    def by_chance(left: Same, middle: Same, right: Same) -> bool:
        start, end = middle[0], middle[0] + middle[2]
        around = min(changed(left, middle), changed(middle, right))
        if not around or "\n" in old[start:end]:
            return False
        return in_old[end] - in_old[start] <= min(around, _MOST_CHANCE)

    kept: list[Same] = [(0, 0, 0)]
    ends = [*same, (len(old), len(new), 0)]
    for at, stretch in enumerate(same):
        kept.append(stretch)
        while len(kept) > 1 and by_chance(kept[-2], kept[-1], ends[at + 1]):
            kept.pop()
    return [stretch for stretch in kept if stretch[2]]


def _letters(tokens: Sequence[str]) -> list[int]:
    """How many letters and figures stand before each token, and in all."""
    counts, number = [0], 0
    for token in tokens:
        number += len(token) if token[0].isalnum() else 0
        counts.append(number)
    return counts


def _slid(same: Sequence[Same], old: Sequence[str], new: Sequence[str]) -> list[Same]:
    """Move what was only put in or only left out to the edge of a line, a sentence or a word.

    Put into "a b" after "a ", "a " may as well have been put in before it: the two read alike.
    """
    moved = list(same)
    for at in range(len(moved) - 1):
        left, right = moved[at], moved[at + 1]
        gone, come = right[0] - left[0] - left[2], right[1] - left[1] - left[2]
        if not gone and come:
            by = _best_slide(new, left[1] + left[2], right[1], left[2] - 1, right[2] - 1)
        elif not come and gone:
            by = _best_slide(old, left[0] + left[2], right[0], left[2] - 1, right[2] - 1)
        else:
            continue
        moved[at] = (left[0], left[1], left[2] + by)
        moved[at + 1] = (right[0] + by, right[1] + by, right[2] - by)
    return moved


def _best_slide(
    tokens: Sequence[str], start: int, end: int, most_left: int, most_right: int
) -> int:
    """By how many tokens the stretch is moved so that it starts and ends at the best edges."""
    left = 0
    while left < most_left and tokens[start - left - 1] == tokens[end - left - 1]:
        left += 1
    right = 0
    while right < most_right and tokens[start + right] == tokens[end + right]:
        right += 1
    slides = range(-left, right + 1)
    return max(slides, key=lambda by: (_edge(tokens, start + by) + _edge(tokens, end + by), -by))


def _edge(tokens: Sequence[str], at: int) -> int:
    """How well a change may start or end before this token: best a line, then a sentence."""
    if at in (0, len(tokens)):
        return 6
    before, after = tokens[at - 1], tokens[at]
    if after == "\n":
        return 4
    if before == "\n":
        return 5
    if before.isspace():
        return 3 if at > 1 and tokens[at - 2] in _SENTENCE_ENDS else 2
    return 0 if before.isalnum() and after.isalnum() else 1


def _edits(same: Iterable[Same], in_old: Sequence[int], in_new: Sequence[int]) -> Iterator[Edit]:
    """The edits in code points: each stretch that stays, and what changed before it."""
    at_old = at_new = 0
    for a, b, size in [*same, (len(in_old) - 1, len(in_new) - 1, 0)]:
        if (a, b) != (at_old, at_new):
            kind = _kind(at_old < a, at_new < b)
            yield Edit(kind, in_old[at_old], in_old[a], in_new[at_new], in_new[b])
        at_old, at_new = a + size, b + size
        if size:
            yield Edit("equal", in_old[a], in_old[at_old], in_new[b], in_new[at_new])


def _kind(gone: bool, come: bool) -> Kind:
    if gone and come:
        return "replace"
    return "delete" if gone else "insert"
