"""The flags of a report, each with all that a person needs to check it by hand.

Nothing here judges: explanations, normal forms and arithmetic are the engine's. What leaves the
desk is made without names, notes and ids here, not only left out by a template.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims import words
from claims.decided import Decided, DecisionLine
from claims.engine.rules import CARDS
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.judge_words import judged_by
from claims.modes import query_of
from claims.report_choice import Choice
from claims.report_origins import Silent, silent_on
from claims.settled_words import sentence as settled_sentence
from claims.statements import Side, Statement, side
from claims.whole_story import WholeStory
from reader import dates

DECIDING = ("confirm", "dismiss")


@dataclass(frozen=True, kw_only=True)
class SideInReport:
    """One claim of a flag; `report` is the report's number in the list of those used."""

    side: Side
    report: int
    published: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class FlagInReport:
    """One flag. `href` leads to it in the side-by-side page; empty in what leaves the desk.

    `decisions` are all lines, newest first; of a report that leaves the desk the standing decision
    alone, without person and note.
    """

    number: int
    kind_word: str
    severity: str
    severity_word: str
    status: str
    status_word: str
    suggestion: bool
    within_article: bool
    explanation: str
    sides: tuple[SideInReport, ...]
    rule: str
    rule_sentence: str
    arithmetic: tuple[str, ...]
    judge: str
    reopened: str
    decisions: tuple[DecisionLine, ...]
    href: str


@dataclass(frozen=True, kw_only=True)
class SettledInReport:
    """A flag that a newer text settled."""

    kind_word: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PointInReport:
    """A point with the flags of it that the report holds, and who does not speak of it."""

    number: int
    label: str
    verdict_word: str
    tone: str
    sentence: str
    spread: str
    silent: tuple[Silent, ...]
    flags: tuple[FlagInReport, ...]
    settled: tuple[SettledInReport, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What all flags of one report are told with; `published` holds the reports' days by id."""

    whole: WholeStory
    choice: Choice
    decided: Mapping[int, Decided]
    numbers: Mapping[int, int]
    published: Mapping[int, str]
    page: str
    zone: ZoneInfo


def points_of(told: Told) -> tuple[PointInReport, ...]:
    """The points with a flag that is chosen, in the order of the list; flags numbered through."""
    found: list[PointInReport] = []
    at = 1
    for point in told.whole.points:
        rows = [row for row in told.whole.flags_of(point.id) if told.choice.takes(row)]
        settled = [row for row in told.whole.settled_of(point.id) if told.choice.takes(row)]
        if rows or settled:
            found.append(_point(point, rows, settled, at, told))
            at += len(rows)
    return tuple(found)


def _point(
    point: PointFacts, rows: Sequence[FlagRow], settled: Sequence[FlagRow], first: int, told: Told
) -> PointInReport:
    statements = told.whole.statements.get(point.id, ())
    return PointInReport(
        number=point.number,
        label=point.label,
        verdict_word=words.word(words.VERDICTS, point.verdict),
        tone=point.tone,
        sentence=words.word(words.VERDICT_SENTENCES, point.verdict),
        spread=point.spread,
        silent=silent_on(statements, told.whole.reports, told.whole.origins),
        flags=tuple(
            _flag(row, number, statements, told) for number, row in enumerate(rows, start=first)
        ),
        settled=tuple(
            SettledInReport(
                kind_word=words.word(words.KINDS, row.kind),
                sentence=settled_sentence(row.settlement, told.zone),
            )
            for row in settled
            if row.settlement
        ),
    )


def _flag(row: FlagRow, number: int, statements: Sequence[Statement], told: Told) -> FlagInReport:
    rule = CARDS.get(row.rule)
    shared = told.choice.shared
    decided = told.decided[row.id]
    address = f"{told.page}?point={row.point}&flag={row.id}{query_of(told.choice.mode)}"
    return FlagInReport(
        number=number,
        kind_word=words.word(words.KINDS, row.kind),
        severity=row.severity,
        severity_word=words.word(words.SEVERITIES, row.severity),
        status=row.status,
        status_word=words.word(words.STATUSES, row.status),
        suggestion=row.is_suggestion,
        within_article=row.within_article,
        explanation=row.explanation,
        sides=tuple(_side(one, told) for one in statements if one.id in row.claims),
        rule=row.rule,
        rule_sentence=rule.sentence if rule else "",
        arithmetic=tuple(str(line) for line in row.evidence.get("arithmetic", ())),
        judge=judged_by(row.judge, row.evidence),
        reopened=_reopened(decided) if shared else decided.reopened,
        decisions=_standing(decided) if shared else decided.lines,
        href="" if shared else address,
    )


def _side(statement: Statement, told: Told) -> SideInReport:
    return SideInReport(
        side=side(statement),
        report=told.numbers[statement.report.id],
        published=told.published[statement.report.id],
        as_of=dates.days(statement.first, statement.last),
    )


def _decision(decided: Decided) -> DecisionLine | None:
    """The newest decision that stands and is more than a note."""
    own = (one for one in decided.lines if one.action in DECIDING and not one.undone)
    return next(own, None)


def _standing(decided: Decided) -> tuple[DecisionLine, ...]:
    """What others are told of the decisions: what holds now, why and since when; nobody's name."""
    last = _decision(decided)
    if last is None or decided.reopened:
        return ()
    return (replace(last, id=0, who="", note=""),)


def _reopened(decided: Decided) -> str:
    """Why the flag is open again, without a name or a note."""
    last = _decision(decided)
    if last is None or not decided.reopened:
        return ""
    said = {"when": last.when, "why": last.reason}
    if last.action == "confirm":
        return _("Reopened: the values changed since it was confirmed on %(when)s.") % said
    return _("Reopened: the values changed since it was dismissed on %(when)s: %(why)s.") % said


def flags_shown(whole: WholeStory, choice: Choice) -> dict[int, FlagRow]:
    """The flags that the report tells in full, by id: those whose decisions it needs."""
    points = {point.id for point in whole.points}
    return {row.id: row for row in whole.flags if row.point in points and choice.takes(row)}
