"""Spans of a text carried to its next version: where each stands now, and how sure that is.

A wrong place is worse than none. What stands in its order with the same words is `exact`, what
stands elsewhere with the same words and the same surroundings `moved`; where only the surroundings
are left the span is `changed`, with the place that took its words' place; else it is an `orphan`.
After the reliability rules; docs/engine.md, "Claims in newer texts", says which floor is whose.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.engine import anchoring_runs as runs
from claims.engine import quotes
from claims.engine.anchoring_runs import Run
from reader.difference import Edit, difference

State = Literal["exact", "moved", "changed", "orphan"]

# Letters of text that stayed around a span, from which on its place needs no other proof.
_SURE = 24
# By how much the surroundings elsewhere must be more alike than those in place, or than those of
# the second best place.
_MARGIN = 0.15
_LIKE_FLOOR = 0.5  # how alike the words must be that took the place of a longer span
_ROOM = 60  # code points by which such words may be more than twice as long


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a span. Offsets into the new text; None for an orphan.

    Of a `changed` one they are a proposal, in whole words.
    """

    state: State
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class _Texts:
    """Two versions with what stayed between them: `firm` runs by where they stood, and all."""

    old: str
    new: str
    firm: Sequence[Run]
    every: Sequence[Run]
    free: Sequence[tuple[int, int]]  # stretches of the new text that came, moved ones left out


def carry(
    old: str,
    new: str,
    spans: Sequence[tuple[int, int]],
    edits: Sequence[Edit] | None = None,
) -> tuple[Placement, ...]:
    """A placement for each span of the old text, in their order; `edits` if they are known.

    Costs one difference, and for each span no more than a look at what changed around it.
    """
    if old == new:
        return tuple(Placement("exact", start, end) for start, end in spans)
    texts = _texts(old, new, difference(old, new) if edits is None else edits)
    return tuple(_place(texts, start, end) for start, end in spans)


def _texts(old: str, new: str, edits: Sequence[Edit]) -> _Texts:
    moved = runs.moved(old, new, edits)
    firm = sorted([*runs.kept(edits), *moved], key=lambda run: run.start)
    replaced = [edit for edit in edits if edit.kind == "replace"]
    weak = [run for edit in replaced for run in runs.loose(old, new, edit)]
    weak = _not_under(weak, moved)
    came = [(edit.new_start, edit.new_end) for edit in edits if edit.kind in ("insert", "replace")]
    return _Texts(
        old=old,
        new=new,
        firm=firm,
        every=sorted([*firm, *weak], key=lambda run: run.start),
        free=_without(came, sorted((run.new_start, run.new_end) for run in moved)),
    )


def _not_under(weak: Iterable[Run], moved: Sequence[Run]) -> list[Run]:
    """The loose runs that share nothing with a moved one, on either side."""
    return [
        run
        for run in weak
        if not any(
            (run.start < other.end and other.start < run.end)
            or (run.new_start < other.new_end and other.new_start < run.new_end)
            for other in moved
        )
    ]


def _without(
    areas: Iterable[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What is left of the areas."""
    left = []
    for start, end in areas:
        at = start
        for first, last in taken:
            if at < last and first < end:
                if at < first:
                    left.append((at, first))
                at = max(at, last)
        if at < end:
            left.append((at, end))
    return left


def _place(texts: _Texts, start: int, end: int) -> Placement:
    run = _holding(texts.firm, start, end)
    if run is not None and _is_sure(texts, run, start, end):
        place = run.to_new(start), run.to_new(end)
        return Placement("moved" if run.how == "moved" else "exact", *place)
    here = _gap(texts, start, end)
    if here is not None:
        here = _narrowed(texts, start, end, here)
    same = here is not None and quotes.same_but_marks(
        texts.old[start:end], texts.new[here[0] : here[1]]
    )
    if here is not None and same and _agrees(texts, start, end, here):
        return Placement("exact", *here)
    elsewhere = _elsewhere(texts, start, end, here)
    if elsewhere is not None:
        return Placement("moved", *elsewhere)
    proposed = _proposed(texts, start, end, here)
    return Placement("changed", *proposed) if proposed is not None else Placement("orphan")


def _holding(firm: Sequence[Run], start: int, end: int) -> Run | None:
    """The run in which the whole span stands."""
    at = bisect_right(firm, start, key=lambda run: run.start) - 1
    return firm[at] if at >= 0 and end <= firm[at].end else None


def _is_sure(texts: _Texts, run: Run, start: int, end: int) -> bool:
    """Whether so much stayed around the span, or what stands around is so alike, that it is it."""
    rest = texts.old[run.start : start] + texts.old[end : run.end]
    if sum(map(str.isalnum, rest)) >= _SURE or end - start >= 2 * _SURE:
        return True
    return _agrees(texts, start, end, (run.to_new(start), run.to_new(end)))


def _agrees(texts: _Texts, start: int, end: int, place: tuple[int, int]) -> bool:
    return _likeness(texts, start, end, place) >= quotes.CONTEXT_FLOOR


def _likeness(texts: _Texts, start: int, end: int, place: tuple[int, int]) -> float:
    """How alike the surroundings of a span and of its place in the new text are, 0 to 1."""
    return quotes.around(texts.new, place, *quotes.describe(texts.old, start, end))


def _gap(texts: _Texts, start: int, end: int) -> tuple[int, int] | None:
    """What stands now between what stayed before the span's start and behind its end."""
    every = texts.every
    at = bisect_right(every, start, key=lambda run: run.start) - 1
    left = every[at] if at >= 0 else None
    first = bisect_right(every, end - 1, key=lambda run: run.start) - 1
    right = every[first] if first >= 0 and every[first].end >= end else None
    if right is None:
        right = every[first + 1] if first + 1 < len(every) else None
    new_start = 0 if left is None else left.to_new(min(start, left.end))
    new_end = len(texts.new) if right is None else right.to_new(max(end, right.start))
    if not new_start < new_end or new_end - new_start > 2 * (end - start) + _ROOM:
        return None
    place = quotes.snapped(texts.new, new_start, new_end)
    return place if place[0] < place[1] else None


def _narrowed(texts: _Texts, start: int, end: int, here: tuple[int, int]) -> tuple[int, int]:
    """The span's own words inside the gap, where they stand there once with more around them."""
    exact, now = texts.old[start:end], texts.new[here[0] : here[1]]
    if len(exact) < quotes.SHORT or len(exact) == len(now):
        return here
    places = quotes.occurrences(now, exact)
    return (here[0] + places[0][0], here[0] + places[0][1]) if len(places) == 1 else here


def _elsewhere(
    texts: _Texts, start: int, end: int, here: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Where the same words stand among what came, in surroundings that can be no other's."""
    exact = texts.old[start:end]
    places = [
        (area[0] + place[0], area[0] + place[1])
        for area in texts.free
        for place in quotes.occurrences(texts.new[area[0] : area[1]], exact)
    ]
    if not places:
        return None
    ranked = sorted(
        ((_likeness(texts, start, end, place), place) for place in places), reverse=True
    )
    likeness, best = ranked[0]
    others = [other for other, _ in ranked[1:2]]
    if here is not None:
        others.append(_likeness(texts, start, end, here))
    if any(likeness < other + _MARGIN for other in others):
        return None
    return best if likeness >= quotes.CONTEXT_FLOOR else None


def _proposed(
    texts: _Texts, start: int, end: int, here: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The words that took the span's place, or are nearest to it among what came."""
    exact = texts.old[start:end]
    if here is not None and _took_place(texts, start, end, here):
        return _same_sort(texts.new, here, exact)
    nearest = None
    for first, last in texts.free:
        found = quotes.near(texts.new[first:last], exact)
        if found is not None:
            place = first + found[0], first + found[1]
            score = quotes.likeness(exact, texts.new[place[0] : place[1]])
            if nearest is None or score > nearest[0]:
                nearest = (score, place)
    return nearest[1] if nearest else None


def _took_place(texts: _Texts, start: int, end: int, here: tuple[int, int]) -> bool:
    """Whether the words are like the old ones; of a short span, whether the surroundings stayed."""
    exact, now = texts.old[start:end], texts.new[here[0] : here[1]]
    if len(exact) >= quotes.SHORT:
        return quotes.likeness(exact, now) >= _LIKE_FLOOR
    return _agrees(texts, start, end, here)


def _same_sort(text: str, place: tuple[int, int], exact: str) -> tuple[int, int]:
    """The one number in the place of a number; else the whole place."""
    if any(map(str.isdigit, exact)) and not any(map(str.isalpha, exact)):
        numbers = [
            word for word in quotes.words(text, *place) if any(map(str.isdigit, text[slice(*word)]))
        ]
        if len(numbers) == 1:
            return numbers[0]
    return place
