"""One thing, two opposed descriptions: given supplies here, short of them there."""

from claims.engine import frames
from claims.engine.readings import Claim
from claims.engine.rules import quantity
from claims.engine.rules.base import Relation, RuleCard, told_later
from claims.engine.speakers import Context

CARD = RuleCard(
    name="description-opposites",
    kind="description",
    sentence=(
        "Two claims about the same thing differ in description when their words are opposites in "
        "the table of opposites, neither is negated, and their days meet."
    ),
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate two descriptions; None unless the table of opposites sets their words apart."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or a.reading.response or b.reading.response:
        return None
    opposed = frames.opposition(p, q)
    if opposed is None or not quantity.same_class(a, b):
        return None
    arithmetic = f"“{opposed[0]}” is the opposite of “{opposed[1]}”"
    if later := told_later(a, b, context):
        return CARD.says(a, b, "updated", arithmetic=arithmetic, failed=later)
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity="medium")
