"""The small lines of the page: what a story holds, when a report came out, what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.statements import ReportFacts
from reader.dates import date_format
from reader.models import Article, Story
from reader.text import count_words


def facts(
    reports: Sequence[ReportFacts], origins: int, claims: int, matched: int
) -> tuple[str, ...]:
    """The line under the story's title, in its parts.

    `origins` comes from the last comparison, so it may be of fewer or more reports than are shown
    now, and 0 before the first: then it is left out.
    """
    count = ngettext("%(n)s report", "%(n)s reports", len(reports)) % {"n": len(reports)}
    if not reports:
        return (count,)
    claimed = ngettext("%(n)s claim", "%(n)s claims", claims) % {"n": claims}
    if origins:
        known = min(origins, len(reports))
        count += ", " + ngettext("%(n)s origin", "%(n)s origins", known) % {"n": known}
    return (
        count,
        date_span([report.published for report in reports]),
        _("%(claims)s, %(matched)s matched") % {"claims": claimed, "matched": matched},
    )


def date_span(days: Sequence[date]) -> str:
    """From the first to the last of the days: "23 to 30 October 2024", or the one day."""
    first, last = min(days), max(days)
    if first == last:
        return date_format(first, "j F Y")
    start = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
    if first.year != last.year:
        start = "j F Y"
    span = {"first": date_format(first, start), "last": date_format(last, "j F Y")}
    return _("%(first)s to %(last)s") % span


def published(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """When the report came out, in the given zone; a report with a day only keeps its own day."""
    at: datetime = row["published_at"]
    if row["published_precision"] == Article.Precision.DAY:
        return date_format(at.astimezone(ZoneInfo(row["published_zone"])), "D j M")
    return date_format(at.astimezone(zone), "D j M, H:i T")


def word_count(row: Mapping[str, Any]) -> str:
    """How long the report is."""
    count = row["current_version__words"] or count_words(row["text"] or "")
    return ngettext("%(n)s word", "%(n)s words", count) % {"n": count}


def language_note(language: str) -> str:
    """What to say above a report that the engine cannot read; empty for English."""
    if language.startswith("en"):
        return ""
    return _("The engine reads English only: this report is shown, but not compared.")


def no_points(story: Story, reports: int) -> str:
    """Why the list of points is empty."""
    if story.comparison_state == "pending":
        return _("The reports are being compared. Points appear here when that is done.")
    if reports < 2:
        return _("One report has nothing to be compared with yet.")
    return _("No claim of one report was matched with a claim of another.")
