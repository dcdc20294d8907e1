"""One module per kind of discrepancy: two claims of one point in, how they relate out.

Every rule has the same shape, `relate(a, b, context) -> Relation | None`; None means that the rule
has nothing to say about this pair. Rules see readings only, never the text. Differences of place
have no rule: places that exclude each other need a gazetteer that knows which lies in which, so
they only keep other rules from firing.
"""

from collections.abc import Sequence

from claims.engine.rules import (
    actor,
    attribution,
    bases,
    certainty,
    dates,
    description,
    model,
    quantity,
    response,
)
from claims.engine.rules.base import Relation, Rule, RuleCard

RULES: Sequence[Rule] = (
    response.relate,
    quantity.relate,
    bases.relate,
    certainty.relate,
    dates.relate,
    actor.relate,
    description.relate,
    attribution.relate,
)
CARDS: dict[str, RuleCard] = {
    module.CARD.name: module.CARD
    for module in (
        response,
        quantity,
        bases,
        certainty,
        dates,
        actor,
        description,
        attribution,
        model,
    )
}

__all__ = ["CARDS", "RULES", "Relation", "Rule", "RuleCard"]
