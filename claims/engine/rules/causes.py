"""One effect, two causes: "closed because of the flood" against "closed over a strike".

Both claims name a cause; what happened is the same and the causes share no word. A suggestion, for
one thing may have two causes.
"""

from claims.engine import tables
from claims.engine.readings import Claim
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="causes-named",
    kind="description",
    sentence="Two claims tell of the same effect and name causes that have no word in common.",
    example="“The fire was caused by a faulty cable” / “The fire was due to lightning”",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the causes of one effect; None unless both claims name one."""
    if a.report == b.report:
        return None
    cues = tables.words("relating", "cause")
    one, other = wording.parted(a.exact, cues), wording.parted(b.exact, cues)
    if one is None or other is None:
        return None
    if not one[0] & other[0] or one[1] & other[1]:
        return None
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic="the effect is the same, the causes share no word",
        severity="medium",
        suggestion=True,
        values=(f"cause: {wording.listed(one[1])}", f"cause: {wording.listed(other[1])}"),
    )
