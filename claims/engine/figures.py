"""Figures: numerals with their modifier words, range, percent sign and currency, as intervals.

A figure knows its bounds and, for money and percentages, its unit; what else it counts is read from
the words around it by `nouns` and `slots`.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.engine.money import SYMBOLS, currency_before, with_unit
from claims.engine.numerals import Numeral, numeral_at, touches, word_at
from claims.engine.readings import Modifier
from claims.engine.tables import table
from claims.engine.tokens import Token

CHANGED = frozenset(table("units")["changes"]["verbs"].split())
_HYPHENS = ("-", "–", "—")
_MOST_MODIFIERS = 3
_CHANGE_REACH = 8
_FROM_REACH = 4
_OLD = frozenset("a an the its their original earlier previous initial planned old".split())


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure between two tokens, its modifier words included.

    `core` is the token where the number itself begins. `cues` are the words of the modifiers found,
    for roles. `hyphenated` tells a range written with a hyphen, which may be a score.
    """

    begin: int
    core: int
    end: int
    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_soft: bool = False
    modifier: Modifier = "exact"
    unit: str | None = None
    vague: bool = False
    spelt: bool = False
    scaled: bool = False
    hyphenated: bool = False
    cues: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """The number as written, for arithmetic; the middle of a range."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(bounds, Decimal(0)) / len(bounds) if bounds else Decimal(0)


def figure_of(tokens: Sequence[Token], first: Numeral, floor: int = 0) -> Figure:
    """The figure of a number with the words round it; modifiers are sought back to `floor`."""
    begin, unit = currency_before(tokens, first.begin, floor)
    if _is_negative(tokens, begin, floor):
        first, begin = first.times(Decimal(-1)), begin - 1
    found, unit = with_unit(tokens, first, unit)
    figure = Figure(
        begin=begin,
        core=begin,
        end=found.end,
        low=found.low,
        high=found.high,
        unit=unit,
        vague=found.vague,
        spelt=found.spelt,
        scaled=found.scaled,
        high_soft=found.vague,
        modifier="vague" if found.vague else "exact",
    )
    if found.share:
        figure = replace(_bounded(figure, "about"), unit="percent", end=found.end)
    else:
        figure = _ranged(tokens, figure)
    return _modified(tokens, figure, floor)


def _is_negative(tokens: Sequence[Token], begin: int, floor: int) -> bool:
    """Whether "minus" or a sign of its own stands before: "-0.3 percent", not "2014-18"."""
    if begin <= floor:
        return False
    if tokens[begin - 1].lower == "minus":
        return True
    signed = tokens[begin - 1].text in ("-", "−") and touches(tokens, begin)
    return signed and not touches(tokens, begin - 1)


def _is_change(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether another number after the figure is where it went, and not the end of a range."""
    start = after_from(tokens, figure.begin)
    if start is not None and any(
        word_at(tokens, start - step) in CHANGED for step in range(1, _CHANGE_REACH)
    ):
        return True  # "rose from 20 to 30"
    opener = word_at(tokens, figure.begin - 1)
    # "rose by 12 to 40", "fell 1.10 dollars to 74.35 dollars": a change and a level
    to_a_level = word_at(tokens, figure.end) == "to" and bool(figure.unit)
    return opener == "by" or (opener in CHANGED and to_a_level)


def _ranged(tokens: Sequence[Token], figure: Figure) -> Figure:
    """The figure with the second number of "20 to 30", "$2m-$3m", "between 20 and 30"."""
    joint = word_at(tokens, figure.end)
    opener = word_at(tokens, figure.begin - 1)
    if _is_change(tokens, figure):
        return figure
    allowed = ("and",) if opener == "between" else ("to", "or", *_HYPHENS)
    if joint not in allowed or figure.end + 1 >= len(tokens):
        return figure
    at = figure.end + 1
    at += tokens[at].text in SYMBOLS
    second = numeral_at(tokens, at) if at < len(tokens) else None
    if second is None or figure.low is None or second.share:
        return figure
    begin, unit = currency_before(tokens, at, figure.end)
    del begin
    later, unit = with_unit(tokens, second, unit or None)
    low = _lifted(figure, later)
    unit = unit or figure.unit
    if low is None or later.high <= low or (figure.unit and unit != figure.unit):
        return figure
    # "two or three" is a range, "40 or 5,000" is not.
    if joint == "or" and later.high > low * 2:
        return figure
    between = opener == "between" or (opener == "from" and joint == "to")
    return replace(
        figure,
        begin=figure.begin - between,
        end=later.end,
        low=low,
        high=later.high,
        unit=unit,
        modifier="between",
        vague=figure.vague or later.vague,
        scaled=later.scaled,
        hyphenated=joint in _HYPHENS,
    )


def after_from(tokens: Sequence[Token], begin: int) -> int | None:
    """Where "from" stands in front of a figure: "from 85", "from an original 85"; else None."""
    for place in range(begin - 1, max(-1, begin - _FROM_REACH), -1):
        word = word_at(tokens, place)
        if word == "from":
            return place
        if word not in _OLD:
            return None
    return None


def _lifted(figure: Figure, later: Numeral) -> Decimal | None:
    """The first bound of a range: the "20" of "20 to 30 million" is as large as the "30"."""
    low = figure.low
    if low is None or figure.scaled or not later.scaled or later.high == 0:
        return low
    lifted = [low * size for size in _SIZES if low * size < later.high <= low * size * 1000]
    return max(lifted, default=low) if low < 1000 else low


_SIZES = [Decimal(10) ** power for power in (3, 6, 9, 12)]


@functools.cache
def _phrases(part: str) -> Mapping[str, tuple[str, str]]:
    """A part of the table the other way round: phrase -> its modifier and itself."""
    found = {}
    for kind, phrases in table("units")[part].items():
        for phrase in phrases:
            found[phrase] = (kind, phrase)
    return found


_LONGEST_PHRASE = 4


def _modified(tokens: Sequence[Token], figure: Figure, floor: int) -> Figure:
    """The figure with the modifier words before and after it applied."""
    cues: list[str] = []
    kind = "exact"
    begin = figure.begin
    for _ in range(_MOST_MODIFIERS):
        hit = _phrase_before(tokens, begin, floor)
        if hit is None:
            break
        begin, found, phrase = hit
        cues.append(phrase)
        kind = found if kind == "exact" else kind
    if kind == "exact":
        after = _phrase_after(tokens, figure.end)
        if after is not None:
            figure = replace(figure, end=after[0])
            kind = after[1]
    figure = replace(figure, begin=begin, cues=tuple(cues))
    return figure if kind == "exact" else _bounded(figure, kind)


def _phrase_before(tokens: Sequence[Token], begin: int, floor: int) -> tuple[int, str, str] | None:
    for size in range(_LONGEST_PHRASE, 0, -1):
        start = begin - size
        if start < floor:
            continue
        phrase = " ".join(token.lower for token in tokens[start:begin])
        hit = _phrases("modifiers").get(phrase)
        if hit is not None:
            return start, hit[0], phrase
    return None


def _phrase_after(tokens: Sequence[Token], end: int) -> tuple[int, str] | None:
    for size in (3, 2, 1):
        if (
            word_at(tokens, end) == "plus"
            and end + 1 < len(tokens)
            and tokens[end + 1].kind != "mark"
        ):
            # "18.5 million plus interest"
            return None
        phrase = " ".join(token.lower for token in tokens[end : end + size])
        hit = _phrases("modifiers_after").get(phrase)
        if hit is not None and end + size <= len(tokens):
            return end + size, hit[0]
    return None


def modified_after(tokens: Sequence[Token], figure: Figure, at: int) -> Figure:
    """The figure with a modifier that stands after its noun: "3,000 soldiers or more"."""
    after = _phrase_after(tokens, at) if figure.modifier == "exact" else None
    return figure if after is None else _bounded(figure, after[1])


def _bounded(figure: Figure, kind: str) -> Figure:
    """The figure as the interval that a modifier makes of it."""
    low, high = figure.low, figure.high
    if kind == "at_least":
        return replace(figure, high=None, high_soft=False, modifier="at_least")
    if kind == "more_than":
        return replace(figure, high=None, high_soft=False, low_open=True, modifier="more_than")
    if kind in ("up_to", "at_most"):
        return replace(figure, low=None, high_soft=kind == "up_to", modifier="up_to")
    if kind == "less_than":
        return replace(figure, low=None, modifier="less_than")
    if figure.modifier in ("between", "vague") and kind == "about":
        return figure
    band = table("numbers")["bands"][kind]
    below, above = Decimal(band["low"]), Decimal(band["high"])
    if low is not None and low < 0:
        below, above = above, below
    return replace(
        figure,
        low=None if low is None else low * below,
        high=None if high is None else high * above,
        modifier=kind,  # type: ignore[arg-type]  # the bands are named after their modifiers
    )
