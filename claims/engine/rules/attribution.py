"""Who said it: one report states flatly what another gives as somebody's word."""

from claims.engine import tables
from claims.engine.readings import Claim
from claims.engine.rules import quantity, wording
from claims.engine.rules.base import Relation, RuleCard, same_content
from claims.engine.speakers import Context, is_attributed

CARD = RuleCard(
    name="attribution-dropped",
    kind="attribution",
    sentence=(
        "Two claims of the same content differ in attribution when one names its source and the "
        "other states the same flatly."
    ),
    example="“The ministry said 40 ships had left” / “40 ships have left”",
)
_WEAK = frozenset({"hedged", "possible", "conditional", "unknown"})  # tells of doubt by itself


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the sourcing of two equal claims; None if both or neither name a source."""
    if a.report == b.report or is_attributed(a) == is_attributed(b):
        return None
    if context.speaker(a) == context.speaker(b):
        return None  # the source that one names is the outlet of the other
    if not quantity.same_class(a, b) or {a.reading.certainty, b.reading.certainty} & _WEAK:
        return None
    p, q = a.reading.quantities, b.reading.quantities
    if p and q:
        same = not quantity.different_question(p[0], q[0]) and quantity.same_interval(p[0], q[0])
    else:
        same = not p and not q and (same_content(a, b) or _same_deed(a, b) or _same_words(a, b))
    if not same or a.reading.response or b.reading.response:
        return None
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic="the same content, once with and once without a source",
        severity="medium" if _is_contested(a) and _is_contested(b) else "low",
        suggestion=True,
    )


def _same_deed(a: Claim, b: Claim) -> bool:
    """Whether verb, doer and thing done are the same, as far as two of the three tell."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or p.negated != q.negated:
        return False
    common = (
        bool(p.verb) and p.verb == q.verb,
        bool({*p.subjects} & {*q.subjects}),
        bool({*p.objects} & {*q.objects}),
    )
    return sum(common) > 1


def _same_words(a: Claim, b: Claim) -> bool:
    """Whether two claims share most of what the shorter one says."""
    return wording.is_close(a, b, least=3)


def _is_contested(claim: Claim) -> bool:
    """Whether somebody is said to have done what people are blamed for."""
    frame = claim.reading.frame
    return frame is not None and frame.verb in tables.words("responses", "blamed")
