"""The open cell of the matrix: all that one report says on one point, in its own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.blanks import Blank, blank_of
from claims.flags import load_flags
from claims.matrix_view import MatrixView
from claims.models import Point
from claims.statements import ReportFacts, Side, Statement, load_statements, side
from claims.story_facts import load_articles, report_facts
from claims.whole_story import WholeStory
from reader.dates import date_format
from reader.models import Story

# The three kinds of blank: sign, word, and what it means.
BLANKS: dict[Blank, tuple[str, str | Promise, str | Promise]] = {
    "silent": (
        "—",
        _("silent"),
        _(
            "No claim of the report was found on this point. One can be missed: look before you "
            "rely on it."
        ),
    ),
    "before": (
        "◂",
        _("before"),
        _("The report came out before the day of which others tell, or before the first of them."),
    ),
    "unchecked": (
        "?",
        _("not checked"),
        _(
            "Nobody knows yet: the engine does not read the language, has not compared this text,"
            " or a claim of it waits for a place."
        ),
    ),
}


@dataclass(frozen=True, kw_only=True)
class CellQuotes:
    """The claims of one report in one point; where there are none, `blank` says why."""

    point: int
    label: str
    report: int
    source: str
    title: str
    published: str
    sides: tuple[Side, ...]
    flagged: bool
    blank: Blank | None

    @property
    def why(self) -> str:
        """What it means that the report has no claim here."""
        return str(BLANKS[self.blank][2]) if self.blank else ""


def quotes_in(whole: WholeStory, view: MatrixView) -> CellQuotes | None:
    """The cell that the view names, from the story as a whole; None if there is no such cell."""
    point = next((one for one in whole.points if one.id == view.point), None)
    report = next((one for one in whole.reports if one.id == view.report), None)
    if point is None or report is None:
        return None
    return _quotes(point.id, point.label, report, whole.statements.get(point.id, ()))


def load_quotes(story: Story, view: MatrixView) -> CellQuotes | None:
    """The same with what it needs alone: four queries. Needs the story's desk."""
    if view.point is None:
        return None
    point = Point.objects.shown().filter(story=story, pk=view.point).first()
    reports = [report_facts(row, story.desk.zone) for row in load_articles(story)]
    report = next((one for one in reports if one.id == view.report), None)
    if point is None or report is None:
        return None
    flags, _settled = load_flags(story, view.mode)
    flagged = {claim for flag in flags if flag.stands for claim in flag.claims}
    statements = load_statements(story, [point.pk], reports, flagged)
    return _quotes(point.pk, point.label, report, statements)


def _quotes(
    point: int, label: str, report: ReportFacts, statements: Sequence[Statement]
) -> CellQuotes:
    own = [one for one in statements if one.report.id == report.id]
    own.sort(key=lambda one: (not one.flagged, one.claim.start))
    return CellQuotes(
        point=point,
        label=label,
        report=report.id,
        source=report.source,
        title=report.title,
        published=date_format(report.published, "j F Y"),
        sides=tuple(side(one) for one in own),
        flagged=any(one.flagged for one in own),
        blank=None if own else blank_of(report, point, statements),
    )
