"""Lines that no report of the story bears out: neither a figure nor a word of them is there.

It is said only where it can be seen: a figure that stands in no report under any unit of its kind,
an answer that nobody gives in any, words that no sentence of any report comes near.
"""

from decimal import Decimal

from claims.engine import normal_form, nouns
from claims.engine.affinity import same_responder
from claims.engine.draft_figures import rounds, stands_in
from claims.engine.draft_findings import Finding
from claims.engine.draft_ground import View
from claims.engine.readings import Claim, Quantity
from claims.engine.rules import wording

_FAR = 0.34  # share of the line's stems in one sentence: with less it speaks of something else
_NEW = 0.7  # share of its stems in the whole story: with more it tells the story in other words
_LEAST = 4  # stems of a line that says something
_SMALL = Decimal(3)  # "two" and "three" are written of anything


def unsupported(line: Claim, view: View) -> list[Finding]:
    """That no report says it, where that is plain; else nothing."""
    if line.reading.certainty in ("unknown", "conditional"):
        return []
    if line.reading.quantities and not _is_small(line):
        missing = _no_figure(line, view)
    elif line.reading.response:
        missing = _no_answer(line, view)
    else:
        missing = _no_words(line, view)
    return (
        [Finding(kind="unsupported", rule="draft-unsupported", arithmetic=missing)]
        if missing
        else []
    )


def _is_small(line: Claim) -> bool:
    """Whether the figure tells nothing by itself: "two of them", so that the words must."""
    value = normal_form.stated_value(line.reading.quantities[0])
    return value is not None and value <= _SMALL


def _no_figure(line: Claim, view: View) -> str:
    figure = line.reading.quantities[0]
    value = normal_form.stated_value(figure)
    if figure.former or figure.unit is None or value is None:
        return ""
    if (
        value in view.numbers
        or stands_in(figure, view)
        or any(_alike(figure, one) for one in view.figures)
    ):
        return ""
    return f"{normal_form.worded(figure)}: in no report"


def _alike(p: Quantity, q: Quantity) -> bool:
    """Whether two figures may be one, before or after rounding."""
    if _sort(p) != _sort(q) and None not in (p.unit, q.unit):
        return False
    mine, theirs = normal_form.stated_value(p), normal_form.stated_value(q)
    return mine == theirs or rounds(p, q) or rounds(q, p)


def _sort(figure: Quantity) -> str:
    """Money, a measure by its unit, or a count."""
    if nouns.is_money(figure.unit):
        return "money"
    return figure.unit or "" if nouns.is_measure(figure.unit) else "count"


def _no_answer(line: Claim, view: View) -> str:
    answer = line.reading.response
    assert answer is not None  # the caller looked
    known = [claim.reading.response for claim in view.ground.claims if claim.reading.response]
    if any(same_responder(answer, one) for one in known) or not _is_far(line, view):
        return ""
    return f"{normal_form.ACT_WORDS[answer.act]}: in no report"


def _no_words(line: Claim, view: View) -> str:
    frame = line.reading.frame
    if frame is None or not frame.verb or len(wording.content(line.exact)) < _LEAST:
        return ""
    if line.exact.rstrip().endswith("?"):
        return ""
    return "no sentence of any report comes near" if _is_far(line, view) else ""


def _is_far(line: Claim, view: View) -> bool:
    """Whether no sentence of any report has much of the line's words."""
    mine = wording.content(line.exact)
    shared = [mine & one for one in view.contents]
    return not mine or (
        all(len(one) / len(mine) < _FAR for one in shared)
        and len(frozenset().union(*shared)) / len(mine) < _NEW
    )
