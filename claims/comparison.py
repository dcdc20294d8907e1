"""The read model of the side-by-side page: few queries, and reading it costs none.

`build_comparison` loads a story with plain rows, sweeps each text once into HTML and leaves the
rest to `claims.evidence`. The number of queries does not depend on the number of articles.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from claims import judge_words, page_words, words
from claims.cells import Cell
from claims.evidence import ChosenPoint, PointFacts, Shown, choose
from claims.flags import load_flags, standing_kinds
from claims.marks import ClaimRow, badge_label, marks_of
from claims.modes import Mode, query_of
from claims.report_origins import origins_of
from claims.statements import ReportFacts
from claims.story_facts import load_articles, load_claims, load_points, report_facts
from reader.models import Story, User
from reader.rendering import render_text
from reader.text import Block, Mark


@dataclass(frozen=True, kw_only=True)
class Column:
    """One report as the page shows it. `html` is empty where only a part of the page is wanted."""

    article: int
    version: int
    source: str
    title: str
    published: str
    words: str
    language: str
    note: str
    html: SafeString
    cell: Cell | None


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One row of the list of points."""

    id: int
    number: int
    label: str
    verdict_word: str
    tone: str
    spread: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that the page shows about a story; `kinds` are those of each claim's standing flags."""

    slug: str
    title: str
    facts: tuple[str, ...]
    waiting: int
    open_flags: int
    open_suggestions: int
    mode: Mode
    kinds: Mapping[int, tuple[str, ...]]
    columns: tuple[Column, ...]
    points: tuple[PointRow, ...]
    chosen: ChosenPoint | None
    no_points: str

    @property
    def mode_query(self) -> str:
        """What the addresses in the page need to open in its mode."""
        return query_of(self.mode)


def build_comparison(
    story: Story,
    user: User,
    *,
    point: int | None = None,
    flag: int | None = None,
    mode: Mode = "quiet",
    held: Sequence[int] = (),
    with_texts: bool = True,
) -> Comparison:
    """Load what the page shows for this person: six queries, however many reports there are.

    `point` is the chosen point's id; without it, or where the story has no such point, the first is
    chosen. `flag` is likewise the current one of its flags. Of a point that is no more
    `held` names claims: the point that most of these are in now is chosen. `with_texts=False`
    leaves out the columns' HTML, for answers that do not replace it. Thorough mode adds
    suggestions.
    """
    zone = ZoneInfo(user.zone or story.desk.zone)
    articles = load_articles(story, with_texts=with_texts)
    claims = load_claims(story, [row["current_version_id"] for row in articles])
    flags, settled = load_flags(story, mode)
    reports = [report_facts(row, story.desk.zone) for row in articles]
    points = load_points(story, claims, flags, {report.version: report.id for report in reports})
    chosen_id = _chosen_id(points, point, [row.point for row in claims if row.id in held])
    origins = origins_of(reports, {row["current_version_id"]: row["passages"] for row in articles})
    shown = Shown(
        reports=reports, points=points, flags=flags, settled=settled, origins=origins, mode=mode
    )
    chosen = choose(story, chosen_id, shown, zone=zone, flag=flag)
    kinds = standing_kinds(flags)
    marks = marks_of(claims, points, kinds, chosen_id) if with_texts else {}
    return Comparison(
        slug=story.slug,
        title=story.title,
        facts=_facts(story, reports, claims, points),
        waiting=sum(row["waiting"] for row in articles),
        kinds=kinds,
        open_flags=sum(row.counts for row in flags),
        open_suggestions=sum(row.is_open and row.suggestion for row in flags),
        mode=mode,
        columns=_columns(articles, marks, points, chosen, zone),
        points=tuple(_point_row(item, chosen_id) for item in points),
        chosen=chosen,
        no_points=page_words.no_points(story, len(articles)),
    )


def _chosen_id(
    points: Sequence[PointFacts], wanted: int | None, homes: Sequence[int | None]
) -> int | None:
    """The wanted point, if the page has it, else the commonest of `homes`, else the first."""
    ids = [point.id for point in points]
    likely = [home for home, _times in Counter(homes).most_common()]
    return next((point for point in (wanted, *likely, *ids) if point in ids), None)


def _facts(
    story: Story,
    reports: Sequence[ReportFacts],
    claims: Sequence[ClaimRow],
    points: Sequence[PointFacts],
) -> tuple[str, ...]:
    """The line under the title, with what the last comparison did without."""
    shown = {point.id for point in points}
    matched = sum(claim.point in shown for claim in claims)
    said = judge_words.note(story.compare_note)
    facts = page_words.facts(reports, story.origins, len(claims), matched)
    return (*facts, said) if said else facts


def _columns(
    articles: Sequence[Mapping[str, Any]],
    marks: Mapping[int, Sequence[Mark]],
    points: Sequence[PointFacts],
    chosen: ChosenPoint | None,
    zone: ZoneInfo,
) -> tuple[Column, ...]:
    labels = {point.id: badge_label(point) for point in points}
    return tuple(
        _column(row, zone, _html(row, marks.get(row["current_version_id"], []), labels), chosen)
        for row in articles
    )


def _column(
    row: Mapping[str, Any], zone: ZoneInfo, html: SafeString, chosen: ChosenPoint | None
) -> Column:
    return Column(
        article=row["pk"],
        version=row["current_version_id"],
        source=row["source__name"],
        title=row["title"],
        published=page_words.published(row, zone),
        words=page_words.word_count(row),
        language=row["language"],
        note=page_words.language_note(row["language"]),
        html=html,
        cell=chosen.cells.get(row["pk"]) if chosen else None,
    )


def _html(row: Mapping[str, Any], marks: Sequence[Mark], labels: Mapping[int, str]) -> SafeString:
    if "current_version__text" not in row:
        return SafeString()
    blocks = [Block.from_json(block) for block in row["current_version__blocks"]]
    return render_text(row["current_version__text"], marks, blocks, labels)


def _point_row(point: PointFacts, chosen: int | None) -> PointRow:
    return PointRow(
        id=point.id,
        number=point.number,
        label=point.label,
        verdict_word=words.word(words.VERDICTS, point.verdict),
        tone=point.tone,
        spread=point.spread,
        chosen=point.id == chosen,
    )
