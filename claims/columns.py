"""The columns of the side-by-side page: what each shows, in which order, and where its menu leads.

Texts come drawn, or as shells that are filled once they come into view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString

from claims import page_words
from claims.blanks import Blank
from claims.cells import Cell
from claims.columns_base import Held, hold
from claims.columns_older import OlderText, VersionRow, older_text, version_rows
from claims.evidence import ChosenPoint, PointFacts
from claims.layout import Layout
from claims.marks import badge_label
from claims.statements import ReportFacts
from reader.rendering import render_text
from reader.text import Block, Mark


@dataclass(frozen=True, kw_only=True)
class ColumnMenu:
    """Layouts to which a column's menu leads; None where it cannot be."""

    hide: Layout | None
    earlier: Layout | None
    later: Layout | None
    base: Layout


@dataclass(frozen=True, kw_only=True)
class Column:
    """One report as the page shows it.

    `html` is empty where only a part of the page is wanted, and while the column is a shell
    (`is_drawn`). `length` is that of the text shown, in code points, `width` in px where a person
    has set one. `version` is the text shown: not the newest where there is an `older`. `near` is
    the address of its nearest lines, where it is silent on the chosen point.
    """

    article: int
    version: int
    source: str
    title: str
    published: str
    words: str
    language: str
    note: str
    html: SafeString
    is_drawn: bool
    length: int
    width: int | None
    cell: Cell | None
    blank: Blank | None
    near: str
    is_base: bool
    held: Held | None
    menu: ColumnMenu
    versions: tuple[VersionRow, ...]
    older: OlderText | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the row of columns is made of: the reports' rows in the order of publication.

    Each tells in words when it was `published`.
    """

    articles: Sequence[Mapping[str, Any]]
    reports: Sequence[ReportFacts]
    points: Sequence[PointFacts]
    marks: Mapping[int, Sequence[Mark]]
    chosen: ChosenPoint | None
    layout: Layout
    zone: ZoneInfo


def columns_of(row: Row) -> tuple[Column, ...]:
    """The columns that are shown, in their order."""
    by_id = {article["pk"]: article for article in row.articles}
    labels = {point.id: badge_label(point) for point in row.points}
    held = _held(row)
    return tuple(
        _column(by_id[report], row, labels, held.get(report))
        for report in row.layout.shown(list(by_id))
    )


def _held(row: Row) -> dict[int, Held]:
    """How each report stands to the base; nothing where there is none."""
    chosen, base = row.chosen, row.layout.base
    reports = [report.id for report in row.reports]
    if chosen is None or base is None or base not in reports:
        return {}
    unchecked = {
        report.id
        for report in row.reports
        if not report.is_read or not report.is_compared or chosen.id in report.waiting_on
    }
    standing = [flag for flag in chosen.cards if flag.stands]
    return hold(base, reports, chosen.cells, standing, unchecked)


def _column(
    article: Mapping[str, Any],
    row: Row,
    labels: Mapping[int, str],
    held: Held | None,
) -> Column:
    report, layout = article["pk"], row.layout
    marks = row.marks.get(article["current_version_id"], [])
    older = older_text(article, marks)
    drawn = article["text"] is not None
    return Column(
        article=report,
        version=older.version if older else article["current_version_id"],
        source=article["source__name"],
        title=article["title"],
        published=article["published"],
        words=page_words.word_count(article),
        language=article["language"],
        note=page_words.language_note(article["language"]),
        html=_html(article, older, marks, labels, layout.query) if drawn else SafeString(),
        is_drawn=drawn,
        length=len(older.text) if older else article["length"],
        width=layout.widths.get(report),
        cell=row.chosen.cells.get(report) if row.chosen else None,
        blank=row.chosen.blanks.get(report) if row.chosen else None,
        near=_near(report, row.chosen),
        is_base=report == layout.base,
        held=held,
        menu=_menu(report, layout, [one["pk"] for one in row.articles]),
        versions=version_rows(
            article,
            older.number if older else article["current_version__number"],
            layout,
            row.zone,
        ),
        older=older,
    )


def _near(report: int, chosen: ChosenPoint | None) -> str:
    if chosen is None or chosen.blanks.get(report) != "silent":
        return ""
    return reverse("claims:near_lines", args=[chosen.id, report])


def _html(
    article: Mapping[str, Any],
    older: OlderText | None,
    marks: Sequence[Mark],
    labels: Mapping[int, str],
    query: str,
) -> SafeString:
    if older is not None:
        return render_text(older.text, older.marks, older.blocks, labels, query)
    blocks = [Block.from_json(block) for block in article["blocks"]]
    return render_text(article["text"], marks, blocks, labels, query)


def _menu(report: int, layout: Layout, reports: Sequence[int]) -> ColumnMenu:
    return ColumnMenu(
        hide=layout.without(report, reports),
        earlier=layout.moved(report, -1, reports),
        later=layout.moved(report, 1, reports),
        base=layout.changed(base=None if report == layout.base else report),
    )
