"""A person's draft as a column of the side-by-side page, and how its chosen line stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.draft_lines import Row, load_lines
from claims.draft_page import State, mark_of, plain_mark, state_of
from claims.evidence import PointFacts
from claims.models import Draft
from claims.story_facts import load_articles, load_claims, load_points, report_facts
from reader.models import Story
from reader.rendering import render_text
from reader.text import Block, Mark, count_words


@dataclass(frozen=True, kw_only=True)
class DraftFoot:
    """What the draft says on the chosen point: its value, and how it stands to the reports."""

    normal: str
    said: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class DraftColumn:
    """The draft beside the reports. `foot` is None where no point is chosen."""

    state: State
    html: SafeString
    words: int
    findings: int
    foot: DraftFoot | None


def build_column(draft: Draft, story: Story, chosen: int | None) -> DraftColumn:
    """The column, from four queries; the draft's lines carry the numbers of the page's points."""
    reports = [report_facts(row, story.desk.zone) for row in load_articles(story)]
    claims = load_claims(story, [report.version for report in reports])
    points = load_points(story, claims, [], {report.version: report.id for report in reports})
    rows = load_lines(draft, story, reports, points).found
    known = {point.id: point for point in points}
    return DraftColumn(
        state=state_of(draft),
        html=_html(draft, rows, known, chosen),
        words=count_words(draft.text),
        findings=len(rows),
        foot=_foot(draft, rows, chosen) if chosen in known else None,
    )


def _html(
    draft: Draft, rows: Sequence[Row], points: Mapping[int, PointFacts], chosen: int | None
) -> SafeString:
    """The text: findings marked, and each line that answers a point numbered as the reports are."""
    found = {(row.start, row.end): row for row in reversed(rows)}
    marks: list[Mark] = []
    for line in draft.findings:
        at = (line["start"], line["end"])
        point = points.get(line["point"])
        row = found.pop(at, None)
        if row is not None:
            home = point or row.point
            mark = mark_of(row, point=0, number=0, chosen=bool(home and home.id == chosen))
            numbers = ((home.id,), (home.number,)) if home else ((), ())
            marks.append(replace(mark, points=numbers[0], numbers=numbers[1]))
        elif point is not None and at not in {(mark.start, mark.end) for mark in marks}:
            lit = point.id == chosen
            marks.append(plain_mark(at, point.id, point.number, chosen=lit))
    labels = {
        point.id: _("Point %(number)s: %(label)s") % {"number": point.number, "label": point.label}
        for point in points.values()
    }
    blocks = [Block.from_json(block) for block in draft.blocks]
    return render_text(draft.text, marks, blocks, labels)


def _foot(draft: Draft, rows: Sequence[Row], chosen: int | None) -> DraftFoot:
    """The draft's value for the point, and in words how many origins bear it out."""
    lines = [line for line in draft.findings if line["point"] == chosen]
    own = tuple(row for row in rows if row.point and row.point.id == chosen)
    first: Mapping[str, Any] | None = next(iter(lines), None)
    if own:
        kinds = {row.kind: row for row in reversed(own)}  # each once, of its first line
        rows = tuple(kinds[kind] for kind in dict.fromkeys(row.kind for row in own))
        return DraftFoot(normal=own[0].normal, said=str(own[0].sentence), rows=rows)
    if first is None:
        return DraftFoot(normal="", said=_("Your draft says nothing on this point."), rows=())
    number = first["origins"] if first["told"] and not first["findings"] else 0
    said = (
        ngettext("%(number)s origin says the same.", "%(number)s origins say the same.", number)
        % {"number": number}
        if number
        else _("It could not be checked against the reports.")
    )
    return DraftFoot(normal=first["normal"], said=said, rows=())
