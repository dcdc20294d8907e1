"""Which figures of the reports a later one has replaced, and why that is to be thought."""

from collections.abc import Iterable

from claims.engine import figure_kinds, normal_form
from claims.engine.draft_figures import FLOORS, comparable, rounds
from claims.engine.draft_ground import View
from claims.engine.readings import Claim, Quantity
from claims.engine.rules import grounds, quantity
from claims.engine.rules.base import tells_change
from claims.engine.rules.newer import is_piling, newer, risen_since

# Verbs, as frames have them, by which a report says that a figure took the place of another.
_MOVING = frozenset("raise lower lift increase reduce cut revise amend correct".split())


def replaced_by(old: Claim, others: Iterable[Claim], view: View) -> tuple[tuple[Claim, str], ...]:
    """The later figures that took the place of one, each with the reason; none for most."""
    found = {}
    for new in others:
        if new.id != old.id and new.id not in found and (reason := _why_newer(old, new, view)):
            found[new.id] = (new, reason)
    return tuple(found.values())


def beside(claim: Claim, view: View) -> list[Claim]:
    """The other claims of its point."""
    point = view.ground.points.get(claim.id)
    if point is None:
        return []
    return [one for one in view.ground.claims if view.ground.points.get(one.id) == point]


def _why_newer(old: Claim, new: Claim, view: View) -> str:
    """Why one figure has taken the other's place; empty if it has not."""
    context = view.context
    first, second = context.moment(old), context.moment(new)
    if first is None or second is None or first >= second or not comparable(old, new):
        return ""
    if not quantity.same_class(old, new) and new.reading.certainty != "retracted":
        return ""
    p, q = figure_kinds.on_one_base(old.reading.quantities[0], new.reading.quantities[0])
    relation = quantity.relate(old, new, context)
    if not _is_another(p, q) or (relation and relation.outcome == "different_question"):
        return ""
    if is_piling(p) and p.state == q.state and _outgrown(p, q):
        return "a later report counts more"
    if view.are_of_one_point(old, new) and (changed := _is_changed(old, new, view)):
        return changed
    if context.speaker(old) != context.speaker(new) and not (p.state and p.state == q.state):
        return ""
    return newer(old, new, context) or (is_piling(p) and risen_since(old, new, context)) or ""


def _is_another(p: Quantity, q: Quantity) -> bool:
    """Whether a figure cannot be the other in other words: no rounding, no bound that holds it."""
    if grounds.is_rounding(p, q) or rounds(p, q) or rounds(q, p):
        return False
    if normal_form.stated_value(p) == normal_form.stated_value(q) is not None:
        return False
    return _outgrown(p, q) or not quantity.meets(p, q)


def _is_changed(old: Claim, new: Claim, view: View) -> str:
    """Why a later figure of one point is a new one: the later report says that it was changed."""
    verb = new.reading.frame.verb if new.reading.frame else ""
    told = verb in _MOVING and not new.reading.quantities[0].change
    return tells_change(old, new, view.context) or (
        "the later report says that it was changed" if told else ""
    )


def _outgrown(p: Quantity, q: Quantity) -> bool:
    """Whether a floor was left behind: "at least 14", later 31."""
    return p.modifier in FLOORS and p.low is not None and q.low is not None and q.low > p.low
