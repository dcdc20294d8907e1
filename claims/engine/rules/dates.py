"""One event, two dates: the same predicate, one clear date each, and these differ."""

from claims.engine import normal_form, tables
from claims.engine.lexicon import words
from claims.engine.readings import CERTAINTY_CLASS, AsOf, Claim, DateRange, Frame
from claims.engine.rules import quantity, wording
from claims.engine.rules.base import Relation, RuleCard, same_predicate, tells_change
from claims.engine.speakers import Context, overlap

CARD = RuleCard(
    name="date-ranges",
    kind="date",
    sentence=(
        "Two claims about the same event differ in date when each names one stretch of days and "
        "the two have no day in common."
    ),
    example="“The treaty was signed on 3 May” / “The treaty was signed in June”",
)


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the dates of one event; None if a claim names none, or more than one.

    Other words for what may be the same event are a suggestion, across reports only. So are the
    days to come of claims with figures: days gone by say for when a figure holds.
    """
    if a.reading.response or b.reading.response or not quantity.same_class(a, b):
        return None
    counted = bool(a.reading.quantities or b.reading.quantities)
    if not counted and (quantity.different_place(a, b) or wording.other_in_order(a, b)):
        return None
    sure = (same_predicate(a, b) or _takes_place(a, b)) and not counted
    if not sure and a.report == b.report:
        return None
    p, q = (_only_date(claim, context, to_come=counted, sure=sure) for claim in (a, b))
    if p is None or q is None or (counted and not _one_event(a, b)):
        return None
    values = (normal_form.days(p), normal_form.days(q))
    meet = overlap(AsOf(first=p.first, last=p.last), AsOf(first=q.first, last=q.last))
    if meet and not sure:
        return None
    if (p.first, p.last) == (q.first, q.last):
        return CARD.says(a, b, "agree")
    first, second = sorted(values)
    if meet:
        return CARD.says(a, b, "refined", arithmetic=f"{first} and {second} meet")
    arithmetic = f"{first} and {second} do not meet"
    # A plan can be put off by who made it; what has happened has one date, whoever tells of it.
    planned = CERTAINTY_CLASS[a.reading.certainty] == "prospective"
    if planned and (failed := _put_off(a, b, context)):
        return CARD.says(a, b, "updated", arithmetic=arithmetic, failed=failed)
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=arithmetic,
        severity="medium",
        suggestion=not sure,
        values=values,
    )


def _one_event(a: Claim, b: Claim) -> bool:
    return same_predicate(a, b) or wording.is_close(a, b)


def _takes_place(a: Claim, b: Claim) -> bool:
    """Whether both tell when one thing takes place: "the hearing is set", "the hearing begins"."""
    p, q = a.reading.frame, b.reading.frame
    if p is None or q is None or a.report == b.report or p.negated or q.negated:
        return False
    if not (_happens(p) and _happens(q)):
        return False
    named = {*p.subjects, *p.objects, *q.subjects, *q.objects} - words("months")
    things = " ".join(sorted(name for name in named if not name.endswith("day")))
    return bool(wording.content(things) & wording.shared(a, b))


def _happens(frame: Frame) -> bool:
    verb = frame.verb.replace(" ", "-")
    happening = tables.words("relating", "happening")
    return verb in happening or any(f"{verb}-{thing}" in happening for thing in frame.objects)


def _put_off(a: Claim, b: Claim, context: Context) -> str:
    """Why another day of a plan is an update: its speaker, or the newer report, tells a change."""
    printed = (context.reports[a.report].published, context.reports[b.report].published)
    if printed[0] is None or printed[1] is None or printed[0] == printed[1]:
        return ""
    if context.speaker(a) == context.speaker(b):
        return "the same speaker said so in a later report"
    return tells_change(a, b, context)


def _only_date(claim: Claim, context: Context, *, to_come: bool, sure: bool) -> DateRange | None:
    """The one clear date of a claim, that of a dateline left out; `to_come` skips days gone.

    Where it is not `sure` that one event is meant, the day of publication tells nothing: most of
    what is told happened on it.
    """
    if not claim.reading.dates:
        return None
    printed = context.reports[claim.report].published
    clear = {(day.first, day.last): day for day in claim.reading.dates if not day.vague}
    if len(clear) > 1 or not sure:
        clear.pop((printed, printed), None)
    found = [
        day
        for day in clear.values()
        if not to_come or (printed and (day.last or day.first or printed) > printed)
    ]
    return found[0] if len(found) == 1 else None
