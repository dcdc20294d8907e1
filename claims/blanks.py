"""Why a report says nothing on a point: one rule, for every page that tells who is silent.

Three answers, and none of them is a conflict: the report could have told it and does not; it came
out before there was anything to tell; or nobody has looked yet.
"""

from collections.abc import Sequence
from typing import Literal

from claims.statements import ReportFacts, Statement

Blank = Literal["silent", "before", "unchecked"]


def blank_of(report: ReportFacts, point: int, statements: Sequence[Statement]) -> Blank:
    """What it means that the report has no claim in the point, of which others have `statements`.

    `unchecked`: the engine does not read its language, has not compared its present text, or a
    claim of it that belonged to the point waits for a place in that text. `before`: it came out
    before any of the statements could be known. Else `silent`.
    """
    if not report.is_read or not report.is_compared or point in report.waiting_on:
        return "unchecked"
    if statements and all(_came_before(report, one) for one in statements):
        return "before"
    return "silent"


def _came_before(report: ReportFacts, statement: Statement) -> bool:
    """Whether the report came out before what the statement says could be known.

    That is the first day that the statement speaks for, where it names one: a report of that day
    could know. What a report foretells is known once it is foretold, and a statement without a day
    once its report is out.
    """
    as_of = statement.claim.reading.as_of
    day = (as_of.first or as_of.last) if as_of else None
    if day is None or day > statement.report.published:
        return report.came_before(statement.report)
    return report.published < day
