"""The read model behind "Nearest lines in this report": where to look before a silence is believed.

Six queries, however much the story holds, and only once somebody asks.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from claims import annotation, stored_reading
from claims.annotation import may_annotate
from claims.blanks import Blank, blank_of
from claims.engine.readings import Reading
from claims.models import Claim, Counterpart, Point
from claims.statements import ReportFacts, Statement, load_statements
from claims.story_facts import load_articles, report_facts
from reader.models import Article, Story, User

if TYPE_CHECKING:
    from claims.engine.near_lines import Line

MOSTLY = 0.8  # of a line's characters, to be shown as the line itself


@dataclass(frozen=True, kw_only=True)
class NearClaim:
    """A claim that stands in a line, with the point that it is in; None for none.

    `is_line`: it is the line, but for a few words or marks.
    """

    id: int
    row_version: int
    quote: str
    point: int | None
    label: str
    is_line: bool


@dataclass(frozen=True, kw_only=True)
class NearLine:
    """A sentence of the report; `start` and `end` are code points of its text."""

    start: int
    end: int
    text: str
    claims: tuple[NearClaim, ...]


@dataclass(frozen=True, kw_only=True)
class NearLines:
    """The lines of one report that come nearest to one point, best first.

    `blank` says why the report has no claim in the point; None where it has one by now. Lines are
    offered where it is silent, and none with a claim that a person kept apart from the point.
    `may_edit`: the person may put a claim there.
    """

    point: int
    label: str
    report: int
    version: int
    source: str
    language: str
    blank: Blank | None
    lines: tuple[NearLine, ...]
    may_edit: bool


def load_near_lines(point: Point, user: User, report_id: int) -> NearLines | None:
    """The lines, or None where the story shows no such report or the point holds nothing.

    Needs the point's story and desk.
    """
    story = point.story
    rows = load_articles(story)
    reports = [report_facts(row, story.desk.zone) for row in rows]
    report = next((one for one in reports if one.id == report_id), None)
    if report is None:
        return None
    statements = load_statements(story, [point.pk], reports, frozenset())
    if not statements:
        return None
    silent = all(one.report.id != report.id for one in statements)
    blank = blank_of(report, point.pk, statements) if silent else None
    row = next(row for row in rows if row["pk"] == report.id)
    return NearLines(
        point=point.pk,
        label=point.label,
        report=report.id,
        version=report.version,
        source=report.source,
        language=row["language"],
        blank=blank,
        lines=_lines(point, reports, report, statements) if blank == "silent" else (),
        may_edit=may_annotate(user, story),
    )


def _lines(
    point: Point,
    reports: Sequence[ReportFacts],
    report: ReportFacts,
    statements: Sequence[Statement],
) -> tuple[NearLine, ...]:
    # loaded once somebody asks: no page needs the tables of the engine to show itself
    from claims.engine import near_lines

    own = _claims(report.version)
    pairs, apart = _pairs(point, report.version)
    article = Article.objects.select_related("source", "current_version", "story__desk").get(
        pk=report.id
    )
    lines, inside = [], {}
    for sentence, _first in annotation.sentences_of(article):
        within = [row for row in own if _is_in(row, sentence.start, sentence.end)]
        if any(row["pk"] in apart for row in within):
            continue
        inside[sentence.start] = within
        lines.append(
            near_lines.Line(
                start=sentence.start,
                end=sentence.end,
                text=sentence.exact,
                readings=tuple(_reading(row) for row in within),
                pair=max((pairs.get(row["pk"], 0.0) for row in within), default=0.0),
            )
        )
    said = [(one.claim.exact, one.claim.reading) for one in statements]
    every = _words(point.story, [one.version for one in reports])
    found = near_lines.nearest_lines(point.label, said, lines, every)
    return tuple(_near_line(line, inside[line.start]) for line in found)


def _near_line(line: "Line", within: Sequence[Mapping[str, Any]]) -> NearLine:
    return NearLine(
        start=line.start,
        end=line.end,
        text=line.text,
        claims=tuple(_near_claim(row, line.text) for row in within),
    )


def _claims(version: int) -> Sequence[Mapping[str, Any]]:
    """The claims of the report's text, in its order."""
    rows = Claim.objects.shown().anchored().filter(article_version=version)
    shown = rows.order_by("start", "end", "pk").values(
        "pk",
        "row_version",
        "start",
        "end",
        "exact",
        "reading",
        "overrides",
        "point_id",
        "point__label",
    )
    return list(shown)


def _words(story: Story, versions: Sequence[int]) -> list[str]:
    """The words of all claims of the texts shown: what is rare in the story is told by them."""
    rows = Claim.objects.shown().anchored().filter(story=story, article_version__in=versions)
    return list(rows.order_by("pk").values_list("exact", flat=True))


def _pairs(point: Point, version: int) -> tuple[dict[int, float], set[int]]:
    """The best score of each claim of the text in a pair with the point; those kept apart."""
    rows = Counterpart.objects.shown().filter(
        Q(claim__point=point, other__article_version=version)
        | Q(other__point=point, claim__article_version=version),
        story=point.story_id,
    )
    best: dict[int, float] = defaultdict(float)
    apart: set[int] = set()
    for claim, other, text, score, status in rows.values_list(
        "claim_id", "other_id", "claim__article_version_id", "score", "status"
    ):
        name = claim if text == version else other
        best[name] = max(best[name], float(score))
        if status == Counterpart.Status.KEPT_APART:
            apart.add(name)
    return best, apart


def _is_in(row: Mapping[str, Any], start: int, end: int) -> bool:
    inside: bool = row["start"] < end and start < row["end"]
    return inside


def _reading(row: Mapping[str, Any]) -> Reading:
    return stored_reading.from_json({**row["reading"], **row["overrides"]})


def _near_claim(row: Mapping[str, Any], line: str) -> NearClaim:
    return NearClaim(
        id=row["pk"],
        row_version=row["row_version"],
        quote=row["exact"],
        point=row["point_id"],
        label=row["point__label"] or "",
        is_line=len(row["exact"]) > MOSTLY * len(line),
    )
