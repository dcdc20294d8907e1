"""Recolouring: what the highlights tell apart, and the legend that says what is what.

Never by colour alone: each sort has a letter too, which stands behind the number of a point, and a
word in the legend.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from claims import words
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.layout import Colour
from claims.marks import ClaimRow
from claims.words import Words

# What people read for each way of colouring.
COLOURS: Words = {
    "flags": _("Flags"),
    "verdict": _("Verdict"),
    "kind": _("Kind of difference"),
    "source": _("Source"),
    "state": _("State of the flag"),
}
# The state of a claim is that of its flag that asks most for attention.
STATES: Words = {
    "open": _("Open"),
    "confirmed": _("Confirmed"),
    "suggested": _("Suggested"),
    "dismissed": _("Dismissed"),
    "settled": _("Settled"),
    "none": _("In no flag"),
}
SOURCE_TINTS: Final = 8  # then they start again; the letters go on


@dataclass(frozen=True, kw_only=True)
class Tint:
    """One sort of highlights: its name in the page's hooks, its letter, its word."""

    name: str
    letter: str
    word: str


@dataclass(frozen=True, kw_only=True)
class LegendRow:
    """A line of the legend, and how many claims are of the sort."""

    tint: Tint
    claims: int


def source_numbers(sources: Iterable[str]) -> dict[str, int]:
    """A number for each source, from 1, in the order in which they published first."""
    return {name: at for at, name in enumerate(dict.fromkeys(sources), start=1)}


def tints_of(
    colour: Colour,
    claims: Sequence[ClaimRow],
    points: Sequence[PointFacts],
    flags: Sequence[FlagRow],
    sources: Mapping[int, str],
) -> dict[int, Tint]:
    """The sort of each claim that has a point; none at all where the highlights show flags.

    `flags` are all that the page knows, settled ones too; `sources` name that of each version.
    """
    if colour == "flags":
        return {}
    shown = {point.id: point for point in points}
    own = [claim for claim in claims if claim.point in shown]
    if colour == "source":
        return _by_source(own, sources)
    if colour == "verdict":
        names = {claim.id: shown[claim.point].verdict for claim in own if claim.point is not None}
        return _named(names, words.VERDICTS)
    if colour == "kind":
        return _named(_kinds(own, flags), {**words.KINDS, "none": STATES["none"]})
    return _named(_states(own, flags), STATES)


def legend_of(colour: Colour, tints: Mapping[int, Tint]) -> tuple[LegendRow, ...]:
    """The sorts that there are, in a fixed order, each with the number of its claims."""
    counted = Counter(tints.values())
    order = {"verdict": words.VERDICTS, "kind": words.KINDS, "state": STATES}.get(colour, {})
    places = {name: at for at, name in enumerate(order)}

    def place(tint: Tint) -> tuple[int, int, str]:
        return places.get(tint.name, len(places)), len(tint.letter), tint.letter

    return tuple(LegendRow(tint=tint, claims=counted[tint]) for tint in sorted(counted, key=place))


def letters_of(sorts: Words) -> dict[str, str]:
    """A letter for each word: its first that no word before it has; none for "none"."""
    letters: dict[str, str] = {}
    for name, word in sorts.items():
        own = (sign.upper() for sign in str(word) if sign.isalpha())
        letters[name] = (
            ""
            if name == "none"
            else next((sign for sign in own if sign not in letters.values()), name[:2])
        )
    return letters


def _named(names: Mapping[int, str], sorts: Words) -> dict[int, Tint]:
    letters = letters_of(sorts)
    made = {
        name: Tint(name=name, letter=letters.get(name, ""), word=words.word(sorts, name))
        for name in dict.fromkeys(names.values())
    }
    return {claim: made[name] for claim, name in names.items()}


def _by_source(claims: Iterable[ClaimRow], sources: Mapping[int, str]) -> dict[int, Tint]:
    numbers = source_numbers(sources.values())
    made = {
        source: Tint(
            name=f"source-{(number - 1) % SOURCE_TINTS + 1}", letter=_letter(number), word=source
        )
        for source, number in numbers.items()
    }
    return {claim.id: made[sources[claim.version]] for claim in claims if claim.version in sources}


def _letter(number: int) -> str:
    """A, B ... Z, then AA, AB and so on."""
    first, second = divmod(number - 1, 26)
    return (chr(ord("A") + (first - 1) % 26) if first else "") + chr(ord("A") + second)


def _kinds(claims: Iterable[ClaimRow], flags: Iterable[FlagRow]) -> dict[int, str]:
    """The kind of each claim's gravest flag that stands."""
    kinds: dict[int, str] = {}
    for flag in flags:
        if flag.stands:
            for claim in flag.claims:
                kinds.setdefault(claim, flag.kind)
    return {claim.id: kinds.get(claim.id, "none") for claim in claims}


def _states(claims: Iterable[ClaimRow], flags: Iterable[FlagRow]) -> dict[int, str]:
    ranks = {name: at for at, name in enumerate(STATES)}
    states: dict[int, str] = {}
    for flag in flags:
        state = "suggested" if flag.is_open and flag.suggestion else flag.status
        for claim in flag.claims:
            if ranks.get(state, len(ranks)) < ranks[states.get(claim, "none")]:
                states[claim] = state
    return {claim.id: states.get(claim.id, "none") for claim in claims}
