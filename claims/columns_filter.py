"""The list of points cut down to a kind of difference or a verdict."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from claims import words
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.layout import Layout
from claims.words import Words


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One value that the list can be cut down to, and how many points it leaves.

    `query` is that of the layout with it, or without it where it is the chosen one.
    """

    name: str
    word: str
    points: int
    chosen: bool
    query: str


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """The points that fit, out of `total`, and what else the list could be cut down to.

    `cleared` is the query of the layout without either.

    Each facet counts what it would leave together with the other filter that is set.
    """

    points: tuple[PointFacts, ...]
    total: int
    kinds: tuple[Facet, ...]
    verdicts: tuple[Facet, ...]
    cleared: str
    is_on: bool


def kinds_of_points(flags: Iterable[FlagRow]) -> dict[int, frozenset[str]]:
    """The kinds of each point's flags that stand or are open."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for flag in flags:
        if flag.stands or flag.is_open:
            kinds[flag.point].add(flag.kind)
    return {point: frozenset(found) for point, found in kinds.items()}


def filter_points(
    points: Sequence[PointFacts], flags: Iterable[FlagRow], layout: Layout
) -> Filtered:
    """Cut the list down to the layout's kind and verdict; a word that nothing has leaves nothing.

    A point is of a kind if a flag of it is that the page shows and nobody has dismissed.
    """
    kinds = kinds_of_points(flags)
    of_kind = [point for point in points if _has(kinds, point, layout.kind)]
    of_verdict = [point for point in points if layout.verdict in ("", point.verdict)]
    left = Counter(kind for point in of_verdict for kind in kinds.get(point.id, ()))
    fits = {point.id for point in of_verdict}
    return Filtered(
        points=tuple(point for point in of_kind if point.id in fits),
        total=len(points),
        kinds=_facets("kind", words.KINDS, left, layout),
        verdicts=_facets(
            "verdict", words.VERDICTS, Counter(point.verdict for point in of_kind), layout
        ),
        cleared=layout.changed(kind="", verdict="").query,
        is_on=bool(layout.kind or layout.verdict),
    )


def _has(kinds: Mapping[int, frozenset[str]], point: PointFacts, kind: str) -> bool:
    return not kind or kind in kinds.get(point.id, ())


def _facets(
    which: Literal["kind", "verdict"], sorts: Words, left: Mapping[str, int], layout: Layout
) -> tuple[Facet, ...]:
    """Those that leave something, in the order of the words, and the one that is chosen."""
    chosen: str = getattr(layout, which)
    names = [*sorts, *sorted(set(left) - set(sorts))]
    return tuple(
        Facet(
            name=name,
            word=words.word(sorts, name),
            points=left.get(name, 0),
            chosen=name == chosen,
            query=layout.changed(**{which: "" if name == chosen else name}).query,
        )
        for name in names
        if left.get(name) or name == chosen
    )
