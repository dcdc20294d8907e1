"""Two answers of one responder: denied against confirmed, silent against anything said.

Denied and dismissed agree; neither, declined and did-not-deny are compatible; silence differs from
every spoken answer. Who denies a thing here does not leave it open there: a denial against "neither
confirmed nor denied" or "did not deny" is a difference where both name the matter, and a suggestion
where one is bare. A refusal to comment may be of another matter, so against a plain answer it is a
suggestion; so are answers that name matters without a word in common, and those of two whose names
hold one another, or of which one is a kind only ("the firm"). A responder's turn is a difference
too; after the holding time it is an update.
"""

from claims.engine import normal_form
from claims.engine.lexicon import words
from claims.engine.readings import Act, Claim, Severity
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="response-acts",
    kind="response",
    sentence=(
        "Two answers of the same responder differ when one denies and the other confirms or leaves "
        "it open, or one is silence and the other is not, and their days meet."
    ),
    example="“The firm denied a leak” / “The firm did not reply”",
)
_OPEN: frozenset[Act] = frozenset({"neither", "did_not_deny"})
_SMALL = frozenset({"of", "the", "and", "for"})
_GROUP: dict[Act, str] = {
    "denied": "denial",
    "dismissed": "denial",
    "confirmed": "confirmation",
    "neither": "no answer",
    "declined": "no answer",
    "did_not_deny": "no answer",
    "silent": "silence",
}


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate two answers; None if a claim holds none."""
    p, q = a.reading.response, b.reading.response
    if p is None or q is None:
        return None
    if p.actor != q.actor and not (_part_of(p.actor, q.actor) or _may_be_one(a, b)):
        return CARD.says(a, b, "different_question", failed="the responders differ")
    if p.act == q.act:
        return CARD.says(a, b, "agree")
    if _GROUP[p.act] == _GROUP[q.act]:
        return CARD.says(a, b, "refined")
    if a.report == b.report and "silent" in (p.act, q.act):
        return CARD.says(a, b, "different_question", failed="silent on one thing, not on another")
    first, second = sorted((normal_form.ACT_WORDS[p.act], normal_form.ACT_WORDS[q.act]))
    arithmetic = f"“{first}” is not “{second}”"
    if not context.meet_freely(a, b):
        return CARD.says(a, b, "updated", arithmetic=arithmetic, failed="the days do not meet")
    level = severity(p.act, q.act)
    unsure = level == "low" or p.actor != q.actor or _of_other_matters(a, b)
    if {p.act, q.act} & _OPEN and "silent" not in (p.act, q.act):
        unsure = unsure or not wording.matter(a) & wording.matter(b)
    return CARD.says(a, b, "conflict", arithmetic=arithmetic, severity=level, suggestion=unsure)


def is_one_answer(one: Act, other: Act) -> bool:
    """Whether two acts come to the same: denied and dismissed do."""
    return _GROUP[one] == _GROUP[other]


def _part_of(one: str, other: str) -> bool:
    """Whether one name holds the other: "police" and "police headquarters" may be one."""
    first, second = ({*name.split()} - _SMALL for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def _may_be_one(a: Claim, b: Claim) -> bool:
    """Whether one names its responder by kind only ("the firm"), and both speak of one matter.

    The other must not be of another kind: "the harbour police" are no firm.
    """
    kinds = words("bodies")
    actors = [one.reading.response.actor for one in (a, b) if one.reading.response]
    named = [name for name in actors if not kinds & {*name.split()}]
    bare = [name for name in actors if name in kinds]
    return len(named) == len(bare) == 1 and bool(wording.matter(a) & wording.matter(b))


def _of_other_matters(a: Claim, b: Claim) -> bool:
    """Whether both answers say to what, in words with nothing in common; silence never does."""
    if "silent" in [one.reading.response.act for one in (a, b) if one.reading.response]:
        return False
    first, second = wording.matter(a), wording.matter(b)
    return bool(first and second) and not first & second


def severity(p: Act, q: Act) -> Severity:
    """High for confirmed against denied; medium for silence, and for a denial against an answer
    that leaves the matter open; low for the rest.
    """
    pair = {_GROUP[p], _GROUP[q]}
    if pair == {"denial", "confirmation"}:
        return "high"
    leaves_open = "denial" in pair and bool({p, q} & _OPEN)
    return "medium" if "silence" in pair or leaves_open else "low"
