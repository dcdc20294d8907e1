"""A comparison as text for a terminal: the points, each report's value and words, and the flags."""

import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import ascii_uppercase

from claims.engine import normal_form
from claims.engine.readings import Claim, Comparison, Discrepancy, Point, Report
from claims.engine.speakers import source_name

WIDTH = 96
VERDICTS = {
    "conflict": "Conflict",
    "updated": "Updated",
    "different_question": "Different question",
    "refined": "Refined",
    "agree": "Agree",
    "single_source": "Single source",
}


def as_text(comparison: Comparison, files: Mapping[str, str], judge: str) -> str:
    """The comparison for a person; `judge` names what matched the claims, for the first line."""
    reports = sorted(comparison.reports, key=lambda report: (str(report.published), report.id))
    letters = {report.id: _letter(at) for at, report in enumerate(reports)}
    lines = [_summary(comparison, judge), ""]
    lines += [_report_line(report, letters[report.id], files[report.id]) for report in reports]
    claims = {claim.id: claim for claim in comparison.claims}
    by_report = {report.id: report for report in reports}
    for number, point in enumerate(comparison.points, start=1):
        members = sorted(
            (claims[name] for name in point.claims),
            key=lambda claim: (letters[claim.report], claim.start),
        )
        flags = [flag for flag in comparison.discrepancies if flag.point == point.id]
        lines += ["", *_point_lines(number, point, members, flags, letters, by_report)]
    named = {point.id for point in comparison.points}
    alone = [flag for flag in comparison.discrepancies if flag.point not in named]
    if alone:
        lines += ["", "Differences between claims that stand in no point:"]
        lines += [line for flag in alone for line in _flag_lines(flag)]
    if not comparison.points:
        lines += ["", "No claims of these reports were matched."]
    return "\n".join(lines) + "\n"


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _summary(comparison: Comparison, judge: str) -> str:
    counts = (
        _count(len(comparison.reports), "report"),
        _count(len(comparison.claims), "claim"),
        _count(len(comparison.points), "point"),
        _count(sum(not flag.suggestion for flag in comparison.discrepancies), "flag"),
    )
    return f"{', '.join(counts)}. Matched by {judge}."


def _count(number: int, noun: str) -> str:
    return f"{number} {normal_form.noun(noun, Decimal(number))}"


def _report_line(report: Report, letter: str, file: str) -> str:
    when = report.published.isoformat() if report.published else "undated: as-of days stay unknown"
    return f"  {letter}  {report.source}, {when}  ({file})"


def _point_lines(
    number: int,
    point: Point,
    members: Sequence[Claim],
    flags: Sequence[Discrepancy],
    letters: Mapping[str, str],
    reports: Mapping[str, Report],
) -> list[str]:
    verdict = VERDICTS[point.verdict]
    if point.also:
        verdict += ", also " + ", ".join(VERDICTS[other].lower() for other in point.also)
    spoken = len({claim.report for claim in members})
    if point.origins < spoken:
        verdict += f"; {_count(spoken, 'report')}, {_count(point.origins, 'origin')}"
    lines = [f"{number}. {point.label}  [{verdict}]"]
    for claim in members:
        lines += _claim_lines(claim, letters[claim.report], reports[claim.report])
    for flag in flags:
        lines += _flag_lines(flag)
    if point.reasons:
        told = f". No conflict where {'; '.join(point.reasons)}."
        lines += textwrap.wrap(told, WIDTH, initial_indent="     ", subsequent_indent="       ")
    return lines


def _claim_lines(claim: Claim, letter: str, report: Report) -> list[str]:
    said_by = source_name(claim, report)
    as_of = normal_form.days(claim.reading.as_of)
    certainty = normal_form.CERTAINTY_WORDS[claim.reading.certainty]
    facts = " · ".join(
        part for part in (normal_form.value(claim.reading), said_by, as_of, certainty) if part
    )
    quote = textwrap.fill(
        f"“{' '.join(claim.exact.split())}”",
        WIDTH,
        initial_indent="        ",
        subsequent_indent="        ",
    )
    return [f"     {letter}  {facts}", quote]


def _flag_lines(flag: Discrepancy) -> list[str]:
    mark, word = ("?", "suggestion") if flag.suggestion else ("!", flag.severity)
    word += ", if the two are about one thing" if flag.in_doubt else ""
    where = ", within one report" if flag.within_article else ""
    text = f"{mark} {flag.kind.capitalize()} ({word}{where}). {flag.explanation}"
    return textwrap.wrap(text, WIDTH, initial_indent="     ", subsequent_indent="       ")
