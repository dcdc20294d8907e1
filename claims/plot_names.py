"""Places for the names of a plot: each speaker's beside a figure, or a number that a key explains.

A name covers nothing and stands nearer to its own figure than to any other speaker's. What is not
named is joined to something that is, or has a number in its dot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from claims.engine import normal_form
from claims.plot_figures import Group
from claims.plot_layout import NOBODY, lay_out
from claims.plot_lines import BADGE
from claims.plot_parts import Layout, Size, Spot
from claims.plot_scale import Box
from claims.plot_text import cut, width

_AWAY = 5.0  # between a dot and its name
_NEARER = 2.0  # by which a name must be nearer to its own dot than to another's
_FROM_SCALE = 10.0  # so that no value is taken for one of the scale
_LONGEST: Final = 190.0
_TRIES = 4  # layouts, each with more numbers than the one before


@dataclass(frozen=True, kw_only=True)
class Words:
    """A piece of a name: `strong` is the speaker, the rest what stands behind or below."""

    text: str
    strong: bool


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name in its place: `anchor` is start, middle or end; one tuple of words for each line."""

    spot: Spot
    box: Box
    anchor: str
    lines: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Named:
    """A layout with its names, and the speakers whose dots hold a number, from 1."""

    layout: Layout
    names: tuple[Name, ...]
    numbers: dict[str, int]


def named(group: Group, size: Size, *, log: bool = False) -> Named:
    """Lay a group out so that each of its figures can be told whose it is."""
    numbered: frozenset[str] = NOBODY
    for _turn in range(_TRIES):
        layout = lay_out(group, size, log=log, numbered=numbered)
        names, missing = _names(layout, numbered)
        if not missing:
            break
        numbered |= missing
    else:
        numbered = frozenset(spot.mark.main.speaker for spot in layout.spots)
        layout, names = lay_out(group, size, log=log, numbered=numbered), ()
    speakers = dict.fromkeys(spot.mark.main.speaker for spot in layout.spots)
    order = [speaker for speaker in speakers if speaker in numbered]
    numbers = {speaker: at for at, speaker in enumerate(order, start=1)}
    return Named(layout=layout, names=names, numbers=numbers)


def _names(layout: Layout, numbered: frozenset[str]) -> tuple[tuple[Name, ...], frozenset[str]]:
    """Names for all speakers without numbers, and the speakers for whom there is no room.

    First each speaker's name, then, where there is room, the value of every other figure.
    """
    taken = _obstacles(layout)
    names: list[Name] = []
    missing = set()
    for chain in _chains(layout):
        speaker = chain[0].mark.main.speaker
        if speaker in numbered:
            continue
        name = _first_place(chain, layout, taken)
        if name is None:
            missing.add(speaker)
            continue
        names.append(name)
        taken.append(name.box)
    if layout.size.detail and not missing:
        names += _values(layout, names, numbered, taken)
    return tuple(names), frozenset(missing)


def _values(
    layout: Layout, names: Sequence[Name], numbered: frozenset[str], taken: list[Box]
) -> list[Name]:
    done = {id(name.spot) for name in names}
    found = []
    for spot in layout.spots:
        if id(spot) in done or spot.mark.main.speaker in numbered:
            continue
        words = Words(text=normal_form.short(spot.mark.main.quantity), strong=False)
        forms: list[tuple[tuple[Words, ...], ...]] = [((words,),)]
        if spot.mark.main.is_forecast:  # whose it is, even where a line leads to a name
            full = _lines(spot, layout.size, full=True)
            forms = [full, full[:1], *forms]
        placed = (_place(spot, form, layout, taken) for form in forms)
        name = next((one for one in placed if one is not None), None)
        if name is not None:
            found.append(name)
            taken.append(name.box)
    return found


def _chains(layout: Layout) -> list[list[Spot]]:
    """Figures of one speaker that are joined: one name will do for them. The latest stand first."""
    home = {id(spot): [spot] for spot in layout.spots}
    for line in layout.joints:
        start, end = home[id(line.start)], home[id(line.end)]
        if start is not end:
            start += end
            home.update({id(spot): start for spot in end})
    chains = {id(chain): chain for chain in home.values()}.values()
    order = {id(spot): at for at, spot in enumerate(layout.spots)}
    return [sorted(chain, key=lambda spot: -order[id(spot)]) for chain in chains]


def _first_place(chain: Sequence[Spot], layout: Layout, taken: Sequence[Box]) -> Name | None:
    """The fullest name that fits beside one of the figures."""
    size = layout.size
    for full in (True, False) if size.detail else (False,):
        for spot in chain:
            name = _place(spot, _lines(spot, size, full=full), layout, taken)
            if name is not None:
                return name
    return None


def _lines(spot: Spot, size: Size, *, full: bool) -> tuple[tuple[Words, ...], ...]:
    figure = spot.mark.main
    speaker = Words(text=cut(figure.speaker, _LONGEST, size.type, bold=True), strong=True)
    if not full:
        return ((speaker,),)
    value = normal_form.short(figure.quantity)
    sources = spot.mark.sources
    below = cut(sources, _LONGEST, size.type) if sources != figure.speaker else ""
    lines = [(speaker, Words(text=value, strong=False))]
    return (*lines, (Words(text=below, strong=False),)) if below else tuple(lines)


def _place(
    spot: Spot, lines: tuple[tuple[Words, ...], ...], layout: Layout, taken: Sequence[Box]
) -> Name | None:
    """The words near the dot, where they are free; None if they are nowhere."""
    size = layout.size
    field = size.field
    lane = next(one for one in layout.lanes if one.forecast == spot.mark.main.is_forecast)
    left = lane.left + _FROM_SCALE
    frame = Box(left, field.top - 14, max(lane.right, size.width - 2), field.bottom + 2)
    if not lane.forecast and len(layout.lanes) > 1:
        frame = Box(frame.left, frame.top, lane.right, frame.bottom)
    broad = max(_breadth(line, size.type) for line in lines)
    high = len(lines) * (size.type + 3) + 1
    for box, anchor in _boxes(spot, broad, high):
        free = box.inside(frame) and not any(box.meets(one) for one in taken)
        if free and _is_its_own(box, spot, layout.spots):
            return Name(spot=spot, box=box, anchor=anchor, lines=lines)
    return None


def _breadth(line: Sequence[Words], size: float) -> float:
    blanks = width(" ", size) * (len(line) - 1)
    return sum(width(words.text, size, bold=words.strong) for words in line) + blanks


def _boxes(spot: Spot, broad: float, high: float) -> Iterator[tuple[Box, str]]:
    """Where a name may stand: right or left of the dot, then above and below its interval."""
    away = spot.box.right - spot.x + _AWAY
    for dy in (0.0, -high / 2 - 2, high / 2 + 2):
        top = spot.y + dy - high / 2
        yield Box(spot.x + away, top, spot.x + away + broad, top + high), "start"
        yield Box(spot.x - away - broad, top, spot.x - away, top + high), "end"
    for top in (spot.box.top - high - 1, spot.box.bottom + 1):
        yield Box(spot.x - broad / 2, top, spot.x + broad / 2, top + high), "middle"
        yield Box(spot.x - 6, top, spot.x - 6 + broad, top + high), "start"
        yield Box(spot.x + 6 - broad, top, spot.x + 6, top + high), "end"


def _is_its_own(box: Box, spot: Spot, spots: Sequence[Spot]) -> bool:
    """Whether the name stands nearer to its own dot than to that of any other speaker."""
    own = box.distance(spot.x, spot.y) - spot.radius
    foreign = [one for one in spots if one.mark.main.speaker != spot.mark.main.speaker]
    return all(box.distance(one.x, one.y) - one.radius > own + _NEARER for one in foreign)


def _obstacles(layout: Layout) -> list[Box]:
    """What no name may cover: marks, their days, the lines between, the signs of conflicts."""
    taken = [spot.box for spot in layout.spots]
    taken += [spot.span for spot in layout.spots if spot.since < spot.x]
    for line in (*layout.joints, *layout.against):
        taken += line.boxes()
    taken += [Box(x - BADGE, y - BADGE, x + BADGE, y + BADGE) for x, y in layout.badges]
    return taken
