"""Who said it: the same words in two reports, under two names that are not one body.

Nearly the same wording does not come from two mouths by chance: one report has the wrong speaker.
Sure only of actors that the tables know, for one report names a person and the next their office.
Sources that give the same figure are witnesses, who agree.
"""

from claims.engine import actors
from claims.engine.readings import Claim
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="attribution-speakers",
    kind="attribution",
    sentence=(
        "Two reports give the same statement in nearly the same words, and each names another "
        "source for it."
    ),
    example="“The reservoir holds too little water for the summer”, said by Norway / by Sweden",
)
LEAST = 5  # stems: shorter statements are alike by chance
SAME = 0.8  # share of the longer claim's stems that both hold
_NAMED = ("institution", "person", "document", "agency")


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate who says the same; None unless both name a source and these have no word in common."""
    if a.report == b.report or a.reading.response or b.reading.response:
        return None
    if a.reading.quantities or b.reading.quantities or not _is_named(a) or not _is_named(b):
        return None
    first, second = context.speaker(a), context.speaker(b)
    if set(first.split()) & set(second.split()):
        return None
    if not _same_words(a, b):
        return None
    sure = None not in (actors.canonical(first), actors.canonical(second))
    left, right = sorted((context.speaker_name(a), context.speaker_name(b)))
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=f"nearly the same words are said to be those of {left} and of {right}",
        severity="medium",
        suggestion=not sure,
        values=(f"said by {context.speaker_name(a)}", f"said by {context.speaker_name(b)}"),
    )


def _is_named(claim: Claim) -> bool:
    return any(link.kind in _NAMED for link in claim.reading.attribution)


def _same_words(a: Claim, b: Claim) -> bool:
    size = max(len(wording.content(claim.exact)) for claim in (a, b))
    common = len(wording.shared(a, b))
    return common >= LEAST and common >= SAME * size
