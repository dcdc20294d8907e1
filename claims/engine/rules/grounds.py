"""What makes two figures surely, or at all likely, answers to one question.

Beside the same unit: swapped digits of one measured thing, totals that fall, results of one event,
plans of one week. A rule that flags figures asks here before it calls a pair sure.
"""

import functools
from decimal import Decimal

from claims.engine import figure_kinds, happenings, measure_names, nouns, terms
from claims.engine.readings import CERTAINTY_CLASS, Claim, Quantity
from claims.engine.rules import wording
from claims.engine.rules.base import same_predicate
from claims.engine.speakers import Context, is_attributed
from claims.engine.tables import table
from claims.engine.tokens import tokenize

_TABLE = table("measured")
_RESULTS = frozenset(_TABLE["results"]["words"].split())
_BROAD = frozenset(_TABLE["broad"]["words"].split())
_GENERIC = frozenset(map(terms.stem, [*_BROAD, *_TABLE["changes"]["words"].split()]))
_MOVES = frozenset(map(terms.stem, _TABLE["moves"]["stems"].split()))
_SCOPES = tuple(_TABLE["scopes"]["phrases"])
_SUMS = tuple(_TABLE["sums"]["phrases"])
_BURNING = frozenset(map(terms.stem, _TABLE["burning"]["words"].split()))
_AREAS = frozenset(["hectare", "acre", "square kilometre", "square mile"])
_ROUNDED = Decimal("0.025")
_COUNTED_ROUND = 1_000  # a smaller count of people or things is seldom rounded
_FEW_DIGITS = 2


def is_one_slip(a: Claim, b: Claim, context: Context) -> bool:
    """Whether one measured thing stands in two reports with its digits swapped, or ten times over.

    The result of one event is the same for ever, whoever tells it; what goes up and down may have
    another value a week later, or from the same speaker.
    """
    p, q = figure_kinds.on_one_base(a.reading.quantities[0], b.reading.quantities[0])
    swapped = figure_kinds.is_swap(p, q) or figure_kinds.is_slip(p, q)
    if a.report == b.report or not swapped or p.change or q.change:
        return False
    if not _is_one_measure(a, b) or not are_of_one_time(a, b, context):
        return False
    moves = context.speaker(a) == context.speaker(b) or not context.told_together(a, b)
    return is_result(a, b) or not moves


def are_of_one_thing(a: Claim, b: Claim) -> bool:
    """Whether two figures measured under one name are of one thing.

    Everything has a price and may rise: such names say too little, unless both reports qualify them
    alike or have a word in common beside them.
    """
    names = [one.reading.quantities[0].measured or "" for one in (a, b)]
    if not all(measure_names.tells_change(name) or _head(name) in _BROAD for name in names):
        return True
    qualifiers = [frozenset(name.split()[:-1]) for name in names]
    if qualifiers[0] != qualifiers[1]:
        return False
    known = {terms.stem(_head(name)) for name in names} | _MOVES | _GENERIC
    return bool(qualifiers[0] or beside_unit(a, b) - known)


def _head(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _is_one_measure(a: Claim, b: Claim) -> bool:
    """Whether both name what they measure alike, or are one ratio with words in common."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if not nouns.is_measure(p.unit) and p.per is None:
        return False
    if None not in (p.measured, q.measured):
        same = measure_names.likeness(p.measured, q.measured) == "same"
        return same and are_of_one_thing(a, b)
    return p.per is not None and p.per == q.per and bool(beside_unit(a, b))


def are_of_one_time(a: Claim, b: Claim, context: Context) -> bool:
    """Whether the days of two claims meet, or neither names any but that of its report."""
    return context.meet_freely(a, b) or not (_is_dated(a, context) or _is_dated(b, context))


def _is_dated(claim: Claim, context: Context) -> bool:
    """Whether a claim speaks for another day than that of its report."""
    return context.day(claim) != context.reports[claim.report].published


def is_result(a: Claim, b: Claim) -> bool:
    """Whether both measure the result of a finished event, which does not change: a fine."""
    names = [one.reading.quantities[0].measured for one in (a, b)]
    return all(name and _head(name) in _RESULTS for name in names)


def is_plan(a: Claim, b: Claim, context: Context) -> bool:
    """Whether both tell in one week what is to come: a plan does not rise like a toll."""
    classes = {CERTAINTY_CLASS[one.reading.certainty] for one in (a, b)}
    return classes == {"prospective"} and context.told_together(a, b)


def are_sums(a: Claim, b: Claim) -> bool:
    """Whether both say that they count all: "altogether 1,200", "in all 900 had to leave"."""
    counted = not any(nouns.is_measure(one.reading.quantities[0].unit) for one in (a, b))
    return counted and all(_has(_SUMS, one.exact) for one in (a, b))


def are_burnt(a: Claim, b: Claim) -> bool:
    """Whether both are of land that burnt, whatever word tells it."""
    areas = {one.reading.quantities[0].unit for one in (a, b)} <= _AREAS
    return areas and all(wording.content(one.exact) & _BURNING for one in (a, b))


def scopes_differ(a: Claim, b: Claim) -> bool:
    """Whether only one of two figures is said to be of a place, day or moment: "today alone"."""
    return _has(_SCOPES, a.exact) != _has(_SCOPES, b.exact)


def _has(phrases: tuple[str, ...], text: str) -> bool:
    spaced = f" {' '.join(token.lower for token in tokenize(text))} "
    return any(f" {phrase} " in spaced for phrase in phrases)


def is_rounding(p: Quantity, q: Quantity) -> bool:
    """Whether one figure may be the other rounded: 20,000 for 19,800, 91 percent for 91.3."""
    return _rounds(p, q) or _rounds(q, p)


def _rounds(plain: Quantity, fine: Quantity) -> bool:
    low, exact = plain.low, fine.low
    if low is None or exact is None or low != plain.high or exact != fine.high or low <= 0:
        return False
    digits = Decimal(low).normalize()
    if len(digits.as_tuple().digits) > _FEW_DIGITS:
        return False
    if not nouns.is_measure(plain.unit) and low < _COUNTED_ROUND:
        return False
    step = Decimal(1).scaleb(int(digits.as_tuple().exponent))
    return abs(low - exact) <= min(step / 2, low * _ROUNDED)


def have_enough_in_common(a: Claim, b: Claim) -> bool:
    """Whether two figures have more in common than a unit, so that a reader may take them for one.

    For claims that were not matched. What is measured, what happened to those counted, the verb, a
    rate's stretch of time, or a word beside the counted noun; or one is a bare number that a named
    source gives, whose noun stands before it.
    """
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if same_predicate(a, b):
        return True
    if nouns.is_measure(p.unit):
        return _measure_one(a, b)
    if p.unit is None:
        return False
    if (p.state and p.state == q.state) or (p.whose and p.whose == q.whose):
        return True
    return _are_many_at_once(a, b) or _is_bare(a) or _is_bare(b) or bool(beside_unit(a, b))


def _measure_one(a: Claim, b: Claim) -> bool:
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if p.per is not None and p.per == q.per:
        return True
    if p.measured and q.measured:
        return measure_names.likeness(p.measured, q.measured) != "different"
    name = p.measured or q.measured
    shared = beside_unit(a, b)
    return terms.stem(_head(name)) in shared if name else bool(shared)


def _are_many_at_once(a: Claim, b: Claim) -> bool:
    """Whether both are hundreds of people of one day: most likely all whom one event touched."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    many = all(nouns.is_person(one.unit) and (one.low or 0) >= happenings.MANY for one in (p, q))
    return many and a.reading.as_of == b.reading.as_of


def _is_bare(claim: Claim) -> bool:
    """Whether a source gives a number whose noun the report left out: "the police say 850"."""
    unit = claim.reading.quantities[0].unit
    return is_attributed(claim) and not _of_unit(wording.content(claim.exact), unit)


def beside_unit(a: Claim, b: Claim) -> frozenset[str]:
    """The stems that both claims hold beside the counted noun, units and names of days."""
    shared = wording.shared(a, b)
    units = [
        unit
        for one in (a, b)
        for figure in one.reading.quantities
        for unit in (figure.unit, figure.per.unit if figure.per else None)
    ]
    of_units = frozenset(stem for unit in units for stem in _of_unit(shared, unit))
    return shared - of_units - _calendar()


def _of_unit(stems: frozenset[str], unit: str | None) -> frozenset[str]:
    """Those of the stems that are words for a unit."""
    return stems & _unit_stems(unit) if unit else frozenset()


@functools.cache
def _unit_stems(unit: str) -> frozenset[str]:
    """The stems of the words that a counted noun goes by: "employee", "staff" for workers."""
    same = table("units")["nouns"]["same"]
    forms = " ".join([unit, *same.get(unit, ()), *_plurals().get(unit, ())])
    return frozenset(terms.stem(word) for word in forms.split())


@functools.cache
def _plurals() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for plural, single in table("units")["nouns"]["irregular"].items():
        found.setdefault(single, []).append(plural)
    words = table("units")["money"]["words"]
    for word, code in words.items():
        found.setdefault(code, []).append(word)
    return found


@functools.cache
def _calendar() -> frozenset[str]:
    """Stems of the names of days and months, and of stretches of time."""
    dates = table("dates")
    named = [*dates["weekdays"], *dates["months"], *table("units")["measures"]["time"].split()]
    return frozenset(terms.stem(word) for word in named)
