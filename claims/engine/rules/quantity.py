"""Two figures: intervals that do not meet are a conflict if all else is equal.

All else: the same counted thing, of the same people, in the same place and role, with certainty of
the same class, and days that meet. The first of these that fails names the outcome instead.
"""

from decimal import Decimal

from claims.engine import (
    actors,
    figure_kinds,
    happenings,
    measure_names,
    normal_form,
    nouns,
    places,
)
from claims.engine.readings import CERTAINTY_CLASS, Claim, Quantity, Severity
from claims.engine.rules import grounds, subgroups
from claims.engine.rules.base import Relation, RuleCard, same_predicate
from claims.engine.rules.newer import (
    fallen,
    is_piling,
    may_stand,
    newer,
    risen_since,
    upper_bound,
)
from claims.engine.speakers import Context

CARD = RuleCard(
    name="quantity-intervals",
    kind="quantity",
    sentence=(
        "Two figures conflict when they count the same thing, of the same people, in the same "
        "place, their days meet, both are stated or both predicted, and their intervals have no "
        "value in common."
    ),
    example="“12 people were injured” / “19 people were injured”, on the same day",
)
LARGE_RATIO = Decimal("1.5")
ANYONE = "person"
_MONTH = 27  # days, from the first to the last


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate two claims' principal figures; None if one has none or their classes differ."""
    if not a.reading.quantities or not b.reading.quantities:
        return None
    p, q = figure_kinds.on_one_base(a.reading.quantities[0], b.reading.quantities[0])
    failed = different_question(p, q) or different_place(a, b)
    failed = failed or ("only one is of a part" if subgroups.differ(a, b) else "")
    if failed:
        return CARD.says(a, b, "different_question", failed=failed)
    if not same_class(a, b):
        return _slip(a, b, p, q)  # else it is the certainty rule's pair
    if CERTAINTY_CLASS[a.reading.certainty] in ("open", "negated"):
        return None
    if same_interval(p, q):
        return CARD.says(a, b, "agree")
    if meets(p, q):
        return CARD.says(a, b, "refined", arithmetic=_arithmetic(p, q, "meet"))
    if p.vague or q.vague:
        return CARD.says(a, b, "refined", failed="one figure is vague")
    if grounds.is_rounding(p, q):
        return CARD.says(a, b, "refined", failed="one may be the other rounded")
    return _apart(a, b, context)


def _apart(a: Claim, b: Claim, context: Context) -> Relation:
    """What two figures without a value in common make: other things, an update or a conflict."""
    p, q = figure_kinds.on_one_base(a.reading.quantities[0], b.reading.quantities[0])
    if failed := _two_things(a, b, p, q, context) or _of_others(a, b) or _other_time(a, b):
        return CARD.says(a, b, "different_question", failed=failed)
    arithmetic = fallen(a, b, context) or _arithmetic(p, q, "do not meet")
    later, unsure = newer(a, b, context), False
    if not grounds.is_one_slip(a, b, context):
        if later and not may_stand(a, b, context):
            return CARD.says(a, b, "updated", arithmetic=arithmetic, failed=later)
        unsure = _is_unsure(a, b, context)
    level: Severity = "low" if unsure else severity(p, q)
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity=level, suggestion=unsure)


def _is_unsure(a: Claim, b: Claim, context: Context) -> bool:
    """Whether figures that exclude each other may still be of two times or two things."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    # A report that follows an event through a day gives one toll after the other.
    follows = a.report == b.report and is_piling(p) and is_piling(q)
    later = newer(a, b, context) or risen_since(a, b, context)
    risen = bool(later) and not grounds.is_plan(a, b, context)
    return risen or follows or not _one_question(a, b) or grounds.scopes_differ(a, b)


def _one_question(a: Claim, b: Claim) -> bool:
    """Whether two figures surely answer one question, so that a flag is likely to be right.

    Figures that measure must name the same thing; of "debt" and "net debt" only a slip of the pen
    ("1.1 billion", "1.1 million") tells that they are one. Things that are counted must be known by
    more than a common noun: by what happened to them, whose they are, or what is said of them.
    """
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if grounds.are_sums(a, b) or grounds.are_burnt(a, b):
        return True
    if nouns.is_measure(p.unit):
        like = measure_names.likeness(p.measured, q.measured)
        named = None not in (p.measured, q.measured)
        same = like == "same" and grounds.are_of_one_thing(a, b)
        return same or (like == "near" and named and figure_kinds.is_slip(p, q))
    known = (p.state, p.whose) == (q.state, q.whose) and (p.state or p.whose)
    return bool(known) or same_predicate(a, b) or figure_kinds.is_slip(p, q)


def _slip(a: Claim, b: Claim, p: Quantity, q: Quantity) -> Relation | None:
    """A slip of the pen between what is so and what is to be: "would take on 58 million"."""
    classes = {CERTAINTY_CLASS[one.reading.certainty] for one in (a, b)}
    measure = nouns.is_measure(p.unit) and measure_names.likeness(p.measured, q.measured) == "same"
    swapped = figure_kinds.is_slip(p, q) or figure_kinds.is_swap(p, q)
    if classes != {"stated", "prospective"} or not measure or not swapped or meets(p, q):
        return None
    arithmetic = _arithmetic(p, q, "have the same digits")
    if figure_kinds.is_swap(p, q) or figure_kinds.is_other_scale(p, q):
        return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity=severity(p, q))
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, suggestion=True)


def _two_things(a: Claim, b: Claim, p: Quantity, q: Quantity, context: Context) -> str:
    """Why two figures of one unit may still be of two things; empty if that is not to be feared.

    A speaker who gives two figures in one report most often tells of two things, "8,400 sent, 6,100
    returned"; so do two parts of one whole. There the predicate must be the same too.
    """
    if measure_names.likeness(p.measured, q.measured) == "different":
        return "they measure different things"
    if p.unit != q.unit and upper_bound(_narrower(p, q)) <= upper_bound(_wider(p, q)):
        return "one may be a part of the other"
    if p.unit is None and not (p.state or q.state or same_predicate(a, b)):
        return "a unit is missing"
    one_voice = a.report == b.report and context.speaker(a) == context.speaker(b)
    if one_voice and a.sentence == b.sentence:
        return "one sentence gives both, so it tells of two things"
    if (one_voice or p.role == "part") and not same_predicate(a, b):
        return "they may be parts of one whole"
    return ""


def _of_others(a: Claim, b: Claim) -> str:
    """Why two figures may be of other people or of other parts; empty if that is not to be feared.

    Japan's ships are not Canada's; what the fans own of a club is not what the fund owns of it; and
    people killed are not those carried, unless one thing is said of both.
    """
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    one_tells = (p.state is None) != (q.state is None) and not same_predicate(a, b)
    if one_tells and (a.report == b.report or not _are_many(p, q)):
        return "only one says what happened to them"
    first, second = (set(one.reading.frame.subjects if one.reading.frame else ()) for one in (a, b))
    if first & second:
        return ""
    if p.unit == "percent" and not p.change:
        heads = {figure.measured.rsplit(" ", 1)[-1] for figure in (p, q) if figure.measured}
        return "" if heads & (first | second) else "they are parts of one whole"
    if nouns.is_measure(p.unit) or not first or not second:
        return ""
    known = all(actors.canonical(name) for name in first | second)
    return "they count different people's" if known and not p.whose and not q.whose else ""


def _are_many(p: Quantity, q: Quantity) -> bool:
    """Whether both are so many people that they are most likely all whom one event touched."""
    return all(nouns.is_person(one.unit) and (one.low or 0) >= happenings.MANY for one in (p, q))


def _other_time(a: Claim, b: Claim) -> str:
    """Why two figures cover times that do not compare, a month and a year; empty if they do."""
    lengths = [
        (stretch.last - stretch.first).days
        for stretch in (a.reading.as_of, b.reading.as_of)
        if stretch and stretch.first and stretch.last
    ]
    if len(lengths) < 2 or min(lengths) < _MONTH or max(lengths) < 2 * min(lengths):
        return ""
    return "they cover times of different length"


def _wider(p: Quantity, q: Quantity) -> Quantity:
    """The figure of people in general, beside one of a kind of people."""
    return p if p.unit == ANYONE else q


def _narrower(p: Quantity, q: Quantity) -> Quantity:
    return q if p.unit == ANYONE else p


def different_question(p: Quantity, q: Quantity) -> str:
    """Why two figures answer different questions, in plain words; empty if they do not."""
    if p.former != q.former:
        return "one is what the figure was before"
    if not _same_unit(p, q):
        return "they count different things" if p.unit and q.unit else "a unit is missing"
    if p.state and q.state and p.state != q.state:
        return f"one counts the {p.state}, the other the {q.state}"
    if p.whose and q.whose and p.whose != q.whose:
        return "they count different people's"
    if _other_ratio(p, q):
        return "one is a ratio"
    if p.change != q.change:
        return "one is a change, the other a level"
    if p.role != q.role and not same_interval(p, q) and "ratio" not in (p.role, q.role):
        return f"one is a {p.role}, the other a {q.role}"
    return ""


def _other_ratio(p: Quantity, q: Quantity) -> bool:
    """Whether one is a ratio and not the other, or of other things; "15 km each" is a length."""
    units = [one.per.unit for one in (p, q) if one.per is not None]
    if len(units) == 1:
        return units[0] is not None or not nouns.is_measure(p.unit) or nouns.is_money(p.unit)
    return len(units) > 1 and units[0] != units[1]


def _same_unit(p: Quantity, q: Quantity) -> bool:
    """Whether both count one thing; residents evacuated are people evacuated."""
    if p.unit == q.unit or (p.state and q.state and p.state != q.state):
        return p.unit == q.unit
    units = {p.unit, q.unit}
    if p.state != q.state or p.state is None:
        # "280,000 people had to walk", "400,000 travellers were stranded": a suggestion at most
        return ANYONE in units and all(unit and nouns.is_person(unit) for unit in units)
    return ANYONE in units and all(unit and nouns.is_person(unit) for unit in units)


def different_place(a: Claim, b: Claim) -> str:
    """Why two claims speak of different places; empty if one names none or may hold the other."""
    return "the places differ" if places.apart(a.reading.place, b.reading.place) else ""


def same_class(a: Claim, b: Claim) -> bool:
    """Whether both are stated, or both prospective, and so on."""
    return CERTAINTY_CLASS[a.reading.certainty] == CERTAINTY_CLASS[b.reading.certainty]


def same_interval(p: Quantity, q: Quantity) -> bool:
    """Whether two figures have the same bounds."""
    return (p.low, p.high, p.low_open) == (q.low, q.high, q.low_open)


def meets(p: Quantity, q: Quantity) -> bool:
    """Whether two intervals share a value; a soft ceiling binds like a hard one."""
    return _starts_within(p, q) and _starts_within(q, p)


def _starts_within(p: Quantity, q: Quantity) -> bool:
    """Whether the lower bound of `p` does not lie above the upper bound of `q`."""
    if p.low is None or q.high is None:
        return True
    return p.low < q.high or (p.low == q.high and not p.low_open)


def severity(p: Quantity, q: Quantity) -> Severity:
    """High where the nearest values of two intervals that do not meet differ by half or more."""
    smaller, larger = sorted((p, q), key=upper_bound)
    ceiling, floor = upper_bound(smaller), larger.low or Decimal(0)
    return "high" if floor > 0 and floor >= LARGE_RATIO * ceiling else "medium"


def _arithmetic(p: Quantity, q: Quantity, verb: str) -> str:
    first, second = sorted(
        (p, q), key=lambda figure: (upper_bound(figure), figure.low or Decimal(0))
    )
    return f"{normal_form.interval(first)} and {normal_form.interval(second)} {verb}"
