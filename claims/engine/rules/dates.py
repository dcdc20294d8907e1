"""One event, two dates: the same predicate, one clear date each, and these differ."""

from claims.engine import normal_form
from claims.engine.readings import CERTAINTY_CLASS, AsOf, Claim, DateRange
from claims.engine.rules import quantity
from claims.engine.rules.base import Relation, RuleCard, same_predicate, told_later
from claims.engine.speakers import Context, overlap

CARD = RuleCard(
    name="date-ranges",
    kind="date",
    sentence=(
        "Two claims about the same event differ in date when each names one stretch of days and "
        "the two have no day in common."
    ),
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the dates of one event; None if a claim names none, or more than one.

    Other words for what may be the same event are a suggestion, across reports only.
    """
    if a.reading.quantities or b.reading.quantities or a.reading.response or b.reading.response:
        return None
    sure = same_predicate(a, b)
    if not sure and a.report == b.report:
        return None
    p, q = _only_date(a), _only_date(b)
    if p is None or q is None or not quantity.same_class(a, b):
        return None
    meet = overlap(AsOf(first=p.first, last=p.last), AsOf(first=q.first, last=q.last))
    if meet and not sure:
        return None
    if (p.first, p.last) == (q.first, q.last):
        return CARD.says(a, b, "agree")
    first, second = sorted((normal_form.days(p), normal_form.days(q)))
    if meet:
        return CARD.says(a, b, "refined", arithmetic=f"{first} and {second} meet")
    arithmetic = f"{first} and {second} do not meet"
    # A plan can be put off; what has happened has one date, whoever tells of it and when.
    planned = CERTAINTY_CLASS[a.reading.certainty] == "prospective"
    if planned and (later := told_later(a, b, context)):
        return CARD.says(a, b, "updated", arithmetic=arithmetic, failed=later)
    return CARD.says(
        a, b, "conflict", arithmetic=arithmetic, severity="medium", suggestion=not sure
    )


def _only_date(claim: Claim) -> DateRange | None:
    clear = [found for found in claim.reading.dates if not found.vague]
    return clear[0] if len(clear) == 1 else None
