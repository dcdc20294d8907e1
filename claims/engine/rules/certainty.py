"""One predicate, two classes of certainty: stated here, only possible, unknown or denied there.

Inside a class ("reportedly" against a flat statement) the difference is a suggestion of low
severity. Two figures are compared here only if they give the same value: "12,000 are there" against
"12,000 by spring". A forecast of another value is a different question.
"""

from collections.abc import Sequence
from decimal import Decimal

from claims.engine import normal_form, nouns, tables
from claims.engine.readings import CERTAINTY_CLASS, CertaintyClass, Claim, Quantity, Severity
from claims.engine.rules import quantity, subgroups, wording
from claims.engine.rules.base import (
    LIGHT,
    Relation,
    RuleCard,
    same_predicate,
    tells_change,
    told_later,
)
from claims.engine.speakers import Context

CARD = RuleCard(
    name="certainty-class",
    kind="certainty",
    sentence=(
        "Two claims about the same thing differ in certainty when one states it and the other "
        "gives it as possible, predicted, not known or not so, and their days meet."
    ),
    example="“The city has closed the bridge” / “The city may close the bridge”",
)
_FIRMNESS: Sequence[CertaintyClass] = ("stated", "prospective", "open", "negated")


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the certainty of two claims; None if nothing shows that they say the same thing."""
    if a.reading.response or b.reading.response:
        return _against_denial(a, b, context)
    if subgroups.differ(a, b):
        return None
    if a.reading.quantities and b.reading.quantities:
        return _figures(a, b, context)
    if quantity.different_place(a, b):
        return None
    if not same_predicate(a, b) and not _same_deed(a, b):
        return _unsure(a, b, context)
    return _judge(a, b, context)


def _same_deed(a: Claim, b: Claim) -> bool:
    """Whether one thing is stated here and not so, or not known, there: verb and words are one."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or p.verb != q.verb or p.verb in LIGHT or a.report == b.report:
        return False
    if {_class(a), _class(b)} not in ({"stated", "negated"}, {"stated", "open"}):
        return False
    counted = a.reading.quantities or b.reading.quantities
    return not counted and wording.closeness(a, b) >= wording.ALIKE


def _against_denial(a: Claim, b: Claim, context: Context) -> Relation | None:
    """What one report states and somebody denies in another: sure only for one predicate.

    What is predicted here and denied there, with a word in common, is a suggestion.
    """
    answered = [claim for claim in (a, b) if claim.reading.response]
    if len(answered) != 1 or a.report == b.report:
        return None
    denial = answered[0]
    other = b if denial is a else a
    response = denial.reading.response
    if response is None or response.act not in ("denied", "dismissed"):
        return None
    foretold = other.reading.certainty == "predicted" and bool(wording.shared(a, b))
    if _class(other) != "stated" and not foretold:
        return None
    if not context.meet_freely(a, b):
        return None
    flat = other.reading.certainty == "asserted"
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=direction(a, b),
        severity="high" if flat else "medium",
        suggestion=not (flat and same_predicate(a, b)),
    )


def _figures(a: Claim, b: Claim, context: Context) -> Relation | None:
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    if p.unit == q.unit and p.unit and (ceiling := _ceiling(a, b)) and _may_be(a, b):
        return ceiling
    if quantity.different_question(p, q) or quantity.different_place(a, b) or p.vague or q.vague:
        return None
    if quantity.same_class(a, b):
        return _ceiling(a, b)
    if not same_value(p, q):
        return CARD.says(a, b, "different_question", failed="one is a forecast of another value")
    return _judge(a, b, context)


def _ceiling(a: Claim, b: Claim) -> Relation | None:
    """What is a ceiling here and the count there: "up to 300 homes" against "300 homes"."""
    p, q = a.reading.quantities[0], b.reading.quantities[0]
    values = {normal_form.stated_value(p), normal_form.stated_value(q)}
    ceilings = [figure.modifier in ("up_to", "less_than") for figure in (p, q)]
    if a.report == b.report or len(values) > 1 or ceilings[0] == ceilings[1]:
        return None
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic="what is at most so much in one is so much in the other",
        suggestion=True,
    )


def _may_be(a: Claim, b: Claim) -> bool:
    """Whether one is only possible: a ceiling that was feared and the count that is then given."""
    return {_class(a), _class(b)} == {"stated", "prospective"}


def same_value(p: Quantity, q: Quantity) -> bool:
    """Whether one figure, as its report gives it, lies in the interval of the other.

    A ceiling ("up to 400") is the figure of who gives it as reached.
    """
    given = normal_form.stated_value(p)
    if given is not None and given == normal_form.stated_value(q):
        return True
    return _holds(p, normal_form.stated_value(q)) or _holds(q, normal_form.stated_value(p))


def _holds(figure: Quantity, value: Decimal | None) -> bool:
    if value is None or figure.low is None or figure.high is None:
        return False
    return figure.low <= value <= figure.high


def _judge(a: Claim, b: Claim, context: Context) -> Relation | None:
    arithmetic = direction(a, b)
    if wording.other_in_order(a, b) or _pending(a, b):
        return None
    if _class(a) == _class(b):
        if _negated(a) == _negated(b):
            return _on_condition(a, b) or _inside_class(a, b, arithmetic)
        arithmetic = "one says that it is to be, the other that it is not"
    later = told_later(a, b, context) or _came_due(a, b, context) or _came_out(a, b, context)
    if later and not _taken_back(a, b, context):
        return CARD.says(a, b, "updated", arithmetic=arithmetic, failed=later)
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=arithmetic,
        severity=severity(a, b),
        suggestion=_is_plan(a) or _is_plan(b),
    )


def direction(a: Claim, b: Claim) -> str:
    """Which of two claims is the firmer one; what is said not to be so is just the opposite."""
    firm, soft = sorted((a, b), key=lambda claim: (_FIRMNESS.index(_class(claim)), _stance(claim)))
    if "negated" in (_class(a), _class(b)):
        return f"“{_stance(firm)}” is not “{_stance(soft)}”"
    if _class(a) == _class(b):
        words = sorted((_stance(a), _stance(b)))
        return f"“{words[0]}” is not “{words[1]}”"
    return f"“{_stance(firm)}” is firmer than “{_stance(soft)}”"


def _stance(claim: Claim) -> str:
    return normal_form.stance(claim.reading)


def _is_plan(claim: Claim) -> bool:
    """Whether the figure is a sum or share: a budget "sets" what it "will reach", both at once."""
    return any(nouns.is_measure(figure.unit) for figure in claim.reading.quantities[:1])


def _came_due(a: Claim, b: Claim, context: Context) -> str:
    """A forecast printed before the day for which another report states the thing."""
    by_class = {_class(claim): claim for claim in (a, b)}
    if set(by_class) != {"prospective", "stated"}:
        return ""
    printed = context.reports[by_class["prospective"].report].published
    stated = context.as_of(by_class["stated"]).first
    due = printed is not None and stated is not None and printed < stated
    return "the forecast was printed before that day" if due else ""


def _came_out(a: Claim, b: Claim, context: Context) -> str:
    """What an earlier report calls not known and a later one states: by then it was known.

    Not of one predicate: there the earlier statement holds as long as a figure does.
    """
    by_class = {_class(claim): claim for claim in (a, b)}
    if set(by_class) != {"open", "stated"} or same_predicate(a, b):
        return ""
    first, second = (context.reports[by_class[one].report].published for one in ("open", "stated"))
    known = first is not None and second is not None and first < second
    return "it was not known yet" if known else ""


def _pending(a: Claim, b: Claim) -> bool:
    """Whether one is not so yet and the other is to come: "has not decided yet", "will decide"."""
    by_class = {_class(claim): claim for claim in (a, b)}
    if set(by_class) != {"prospective", "negated"}:
        return False
    return bool(wording.runs(by_class["negated"].exact) & tables.words("relating", "pending"))


def _negated(claim: Claim) -> bool:
    frame = claim.reading.frame
    return frame is not None and frame.negated


def _class(claim: Claim) -> CertaintyClass:
    """The class of certainty; a flat statement that something is not so is negated."""
    found = CERTAINTY_CLASS[claim.reading.certainty]
    return "negated" if found == "stated" and _negated(claim) else found


def _taken_back(a: Claim, b: Claim, context: Context) -> bool:
    """What was stated first and later is not so, or only possible: no update, while both hold."""
    first, second = (context.reports[claim.report].published for claim in (a, b))
    if first is None or second is None or first == second or not context.meet_freely(a, b):
        return False
    earlier, later = (a, b) if first < second else (b, a)
    classes = [_class(claim) for claim in (earlier, later)]
    return classes[0] == "stated" and classes[1] != "stated"


def _inside_class(a: Claim, b: Claim, arithmetic: str) -> Relation | None:
    pair = {a.reading.certainty, b.reading.certainty}
    if len(pair) == 1 or pair == {"asserted", "attributed"}:
        return None  # the attribution rule's pair
    return CARD.says(a, b, "refined", arithmetic=arithmetic)


def _unsure(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Other words for what may be the same thing: a suggestion, for who has time to read both."""
    if _class(a) == _class(b):
        return _on_condition(a, b)
    if (a.reading.quantities or b.reading.quantities) and not _none_and_some(a, b):
        return None
    if a.report == b.report and not wording.is_close(a, b):
        return None  # a report goes from what is known to what is not
    if tells_change(a, b, context):
        return None
    relation = _judge(a, b, context)
    if relation is None or relation.outcome != "conflict":
        return relation
    return CARD.says(
        a, b, "conflict", arithmetic=relation.arithmetic, severity="low", suggestion=True
    )


def _none_and_some(a: Claim, b: Claim) -> bool:
    """Whether one counts a thing that is said in the other not to be, or not to be known.

    "No animal was hurt" against "the vet looked after 12 animals": a word must be common.
    """
    counted, bare = (a, b) if a.reading.quantities else (b, a)
    classes = (_class(counted), _class(bare))
    if bare.reading.quantities or classes[0] != "stated" or classes[1] not in ("negated", "open"):
        return False
    return a.report != b.report and bool(wording.shared(a, b))


def _on_condition(a: Claim, b: Claim) -> Relation | None:
    """What will be here and only if something else happens there, in much the same words."""
    pair = {a.reading.certainty, b.reading.certainty}
    if pair != {"predicted", "conditional"} or a.report == b.report:
        return None
    if not same_predicate(a, b) and not wording.is_close(a, b):
        return None
    return CARD.says(a, b, "conflict", arithmetic=direction(a, b), severity="low", suggestion=True)


def severity(a: Claim, b: Claim) -> Severity:
    """High for stated against said not to be so, medium for the rest."""
    classes = {_class(claim) for claim in (a, b)}
    return "high" if classes == {"stated", "negated"} else "medium"
