"""One module per kind of discrepancy: two claims of one point in, how they relate out.

Every rule has the same shape, `relate(a, b, context) -> Relation | None`; None means that the rule
has nothing to say about this pair. Rules see readings, and stems of the claim's own words where the
verb alone does not decide; never what stands around the claim.
"""

from collections.abc import Sequence

from claims.engine.rules import (
    actor,
    attribution,
    bases,
    causes,
    certainty,
    dates,
    description,
    doers,
    model,
    order,
    place,
    quantity,
    response,
    status,
    voices,
    withdrawn,
)
from claims.engine.rules.base import Relation, Rule, RuleCard

RULES: Sequence[Rule] = (
    response.relate,
    quantity.relate,
    bases.relate,
    withdrawn.relate,
    certainty.relate,
    dates.relate,
    actor.relate,
    doers.relate,
    description.relate,
    status.relate,
    causes.relate,
    order.relate,
    place.relate,
    voices.relate,
    attribution.relate,
)
CARDS: dict[str, RuleCard] = {
    module.CARD.name: module.CARD
    for module in (
        response,
        quantity,
        bases,
        withdrawn,
        certainty,
        dates,
        actor,
        doers,
        description,
        status,
        causes,
        order,
        place,
        voices,
        attribution,
        model,
    )
}

__all__ = ["CARDS", "RULES", "Relation", "Rule", "RuleCard"]
