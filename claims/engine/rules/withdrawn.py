"""A figure that a report gives, though an earlier one tells that it was corrected downwards.

"47 people were arrested, not 53", and a day later elsewhere: "there were 53 arrests". Taken alone
the second looks like a newer count, for more were counted; it is an old one that lived on.
"""

from claims.engine import normal_form
from claims.engine.readings import Claim, Quantity
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.rules.newer import is_piling
from claims.engine.rules.quantity import different_question, same_class, same_interval
from claims.engine.speakers import Context

CARD = RuleCard(
    name="quantity-withdrawn",
    kind="quantity",
    sentence=(
        "A later report still gives a figure that an earlier one tells to have been corrected to a "
        "lower one."
    ),
    example="“47 were arrested, not 53” / “53 were arrested”, a day later",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate a figure that replaced another to a later report's; None where no value came back."""
    if not a.reading.quantities or not b.reading.quantities:
        return None
    first, second = context.moment(a), context.moment(b)
    if first is None or second is None or first == second or a.report == b.report:
        return None
    earlier, later = (a, b) if first < second else (b, a)
    withdrawn = _withdrawn(earlier)
    if withdrawn is None or not same_class(a, b):
        return None
    told, kept = later.reading.quantities[0], earlier.reading.quantities[0]
    if told.former or not same_interval(told, withdrawn) or different_question(told, kept):
        return None
    arithmetic = f"{normal_form.interval(told)} was corrected to {normal_form.interval(kept)}"
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity="medium")


def _withdrawn(claim: Claim) -> Quantity | None:
    """The higher value of the same thing that the claim sets aside, of people found or hurt."""
    if not claim.reading.quantities:
        return None
    kept, *others = claim.reading.quantities
    if kept.former or kept.high is None or not is_piling(kept):
        return None
    return next(
        (
            one
            for one in others
            if one.former and one.low is not None and one.low > kept.high and one.unit == kept.unit
        ),
        None,
    )
