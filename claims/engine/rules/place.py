"""One event, two places: the same deed or the same day, and two names that may not hold each other.

Which place lies in which is not known for most names, so this is a suggestion: a square lies in a
city, and a village in a province.
"""

from claims.engine import places, tables
from claims.engine.readings import Claim
from claims.engine.rules import wording
from claims.engine.rules.base import LIGHT, Relation, RuleCard
from claims.engine.rules.quantity import same_class
from claims.engine.speakers import Context
from claims.engine.tokens import tokenize

CARD = RuleCard(
    name="place-names",
    kind="place",
    sentence=(
        "Two claims tell of the same event and name two places, neither of which is known to lie "
        "in the other."
    ),
    example="“The next round of talks is in Bergen” / “The next round of talks is in Lisbon”",
)
_AT = frozenset({"at", "in", "near", "outside"})


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate where one thing happened; None where a place is missing or may hold the other."""
    first, second = a.reading.place, b.reading.place
    if first is None or second is None or a.report == b.report or not same_class(a, b):
        return None
    if not places.apart(first, second) or a.reading.response or b.reading.response:
        return None
    if not _one_event(a, b):
        return None
    left, right = sorted((first.title(), second.title()))
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=f"{left} is not {right}, as far as is known",
        severity="medium",
        suggestion=True,
        values=(first.title(), second.title()),
    )


def _one_event(a: Claim, b: Claim) -> bool:
    """Whether the verb and what it is done to, the day, or the words are the same."""
    p, q = a.reading.frame, b.reading.frame
    if p and q and p.verb == q.verb and p.verb not in LIGHT and {*p.objects} & {*q.objects}:
        return True
    if _held_by(a) & _held_by(b) or (_begins(a) and _begins(b) and _one_subject(a, b)):
        return True
    days = [
        {(day.first, day.last) for day in claim.reading.dates if not day.vague} for claim in (a, b)
    ]
    names = wording.content(f"{a.reading.place} {b.reading.place}")
    common = wording.shared(a, b) - names
    return bool(days[0] & days[1] and common) or (wording.is_close(a, b) and len(common) > 1)


def _held_by(claim: Claim) -> frozenset[str]:
    """The stem of what stands at the place: "the clinic in Bergen" is not "the clinic in Lisbon".

    Two such things may both be meant, which is why this is a suggestion.
    """
    place, tokens = claim.reading.place or "", tokenize(claim.exact)
    return frozenset(
        stem
        for thing, at, name in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if at.lower in _AT and not thing.capital and name.lower == place.split(" ")[0]
        for stem in wording.content(thing.lower)
    )


def _begins(claim: Claim) -> bool:
    """Whether a claim tells that something began."""
    frame = claim.reading.frame
    verbs = tables.words("relating", "beginning")
    return frame is not None and frame.verb.replace(" ", "-") in verbs


def _one_subject(a: Claim, b: Claim) -> bool:
    p, q = a.reading.frame, b.reading.frame
    return p is not None and q is not None and bool({*p.subjects} & {*q.subjects})
