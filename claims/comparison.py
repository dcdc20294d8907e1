"""The read model of the side-by-side page: few queries, and reading it costs none.

`build_comparison` loads a story with plain rows and leaves the chosen point to `claims.evidence`,
the columns to `claims.columns`. The number of queries does not depend on the number of articles.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims import page_words, words
from claims.columns import Column, Row, columns_of
from claims.columns_filter import Filtered, filter_points
from claims.columns_load import ROW, Drawn, load_reports
from claims.columns_panel import Choice, Panel, panel_of
from claims.columns_tint import LegendRow, Tint, legend_of, tints_of
from claims.engine.origins import Origins
from claims.evidence import ChosenPoint, PointFacts, Shown, choose
from claims.flags import FlagRow, load_flags, standing_kinds
from claims.layout import USUAL, Layout
from claims.marks import ClaimRow, marks_of
from claims.report_origins import origins_of
from claims.statements import ReportFacts
from claims.story_facts import load_claims, load_points, report_facts
from claims.story_top import facts_of
from reader.models import Story, User
from reader.text import Mark


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One row of the list of points.

    `open` counts its open flags, `worst` is the severity of the gravest of them. `outside`: it is
    chosen, but does not fit what the list is cut down to.
    """

    id: int
    number: int
    label: str
    verdict: str
    verdict_word: str
    tone: str
    spread: str
    open: int
    worst: str
    chosen: bool
    outside: bool


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that the page shows about a story; `kinds` are those of each claim's standing flags.

    `points` is the list as the layout cuts it down, `filtered` what it could be cut down to.
    `legend` says what the highlights tell apart, empty where these are flags. `elsewhere`: the
    story has no point as the address names it, so another is chosen.
    """

    slug: str
    title: str
    facts: tuple[str, ...]
    waiting: int
    open_flags: int
    open_suggestions: int
    layout: Layout
    kinds: Mapping[int, tuple[str, ...]]
    columns: tuple[Column, ...]
    panel: Panel
    points: tuple[PointRow, ...]
    filtered: Filtered
    chosen: ChosenPoint | None
    elsewhere: bool
    legend: tuple[LegendRow, ...]
    no_points: str

    @property
    def all_query(self) -> str:
        """The query of the layout with all reports shown, in their usual order."""
        return self.layout.changed(columns=()).query

    @property
    def plain_query(self) -> str:
        """The query of the layout whose highlights show flags."""
        return self.layout.changed(colour="flags").query

    @property
    def base(self) -> Column | None:
        """The column that the others are held against."""
        return next((column for column in self.columns if column.is_base), None)

    @property
    def said(self) -> str:
        """How the columns stand, for those who do not see it."""
        told: dict[str, object] = {"shown": self.panel.shown, "total": self.panel.total}
        if self.base is None:
            return _("%(shown)s of %(total)s reports shown.") % told
        told["base"] = self.base.source
        return _("%(shown)s of %(total)s reports shown, held against %(base)s.") % told


def build_comparison(
    story: Story,
    user: User,
    *,
    point: int | None = None,
    flag: int | None = None,
    layout: Layout = USUAL,
    held: Sequence[int] = (),
    drawn: Drawn = ROW,
    choice: Choice | None = None,
) -> Comparison:
    """Load what the page shows for this person: six queries, however many reports there are.

    `point` is the chosen point's id; without it, or where the story has no such point, the first
    of those that fit the layout is chosen. `flag` is likewise the current one of its flags. Of a
    point that is no more `held` names claims: the point that most of these are in now is chosen.
    `drawn` says which texts are drawn; those of the other columns are not even loaded. `choice` is
    what the panel of columns was sent with.
    """
    zone = ZoneInfo(user.zone or story.desk.zone)
    loaded = _load(story, layout, drawn, zone)
    likely = [row.point for row in loaded.claims if row.id in held]
    chosen_id = _chosen_id(loaded.points, point, likely, loaded.filtered.points)
    listed = _listed(loaded.points, loaded.filtered, chosen_id)
    shown = Shown(
        reports=loaded.reports,
        points=loaded.points,
        flags=loaded.flags,
        settled=loaded.settled,
        origins=_origins(loaded),
        mode=layout.mode,
    )
    chosen = None if drawn.alone else choose(story, chosen_id, shown, zone=zone, flag=flag)
    chosen = _between(chosen, listed)
    kinds = standing_kinds(loaded.flags)
    tints = _tints(loaded, layout)
    marks = _marks(loaded, kinds, chosen_id, tints)
    row = Row(
        articles=loaded.articles,
        reports=loaded.reports,
        points=loaded.points,
        marks=marks,
        chosen=chosen,
        layout=layout,
        zone=zone,
    )
    return Comparison(
        slug=story.slug,
        title=story.title,
        facts=facts_of(story, loaded.reports, len(loaded.claims), loaded.matched),
        waiting=sum(article["waiting"] for article in loaded.articles),
        kinds=kinds,
        open_flags=sum(each.counts for each in loaded.flags),
        open_suggestions=sum(each.is_open and each.suggestion for each in loaded.flags),
        layout=layout,
        columns=columns_of(row),
        panel=panel_of(loaded.articles, layout, choice),
        points=_point_rows(listed, loaded, chosen_id),
        filtered=loaded.filtered,
        chosen=chosen,
        elsewhere=point is not None and not likely and chosen_id != point,
        legend=legend_of(layout.colour, tints),
        no_points=page_words.no_points(story, len(loaded.articles)),
    )


@dataclass(frozen=True, kw_only=True)
class _Loaded:
    """What the page is made of, whichever point is chosen."""

    articles: Sequence[Mapping[str, Any]]
    reports: Sequence[ReportFacts]
    claims: Sequence[ClaimRow]
    flags: Sequence[FlagRow]
    settled: Sequence[FlagRow]
    points: Sequence[PointFacts]
    filtered: Filtered

    @property
    def matched(self) -> int:
        """How many of the claims are in a point that is shown."""
        shown = {point.id for point in self.points}
        return sum(claim.point in shown for claim in self.claims)


def _load(story: Story, layout: Layout, drawn: Drawn, zone: ZoneInfo) -> _Loaded:
    """A query each for the reports, their claims, the flags and the points."""
    articles = [
        {**article, "published": page_words.published(article, zone)}
        for article in load_reports(story, layout, drawn)
    ]
    claims = load_claims(story, [article["current_version_id"] for article in articles])
    flags, settled = load_flags(story, layout.mode)
    reports = [report_facts(article, story.desk.zone) for article in articles]
    points = load_points(story, claims, flags, {report.version: report.id for report in reports})
    return _Loaded(
        articles=articles,
        reports=reports,
        claims=claims,
        flags=flags,
        settled=settled,
        points=points,
        filtered=filter_points(points, flags, layout),
    )


def _origins(loaded: _Loaded) -> Origins:
    passages = {article["current_version_id"]: article["passages"] for article in loaded.articles}
    return origins_of(loaded.reports, passages)


def _tints(loaded: _Loaded, layout: Layout) -> dict[int, Tint]:
    sources = {report.version: report.source for report in loaded.reports}
    flags = [*loaded.flags, *loaded.settled]
    return tints_of(layout.colour, loaded.claims, loaded.points, flags, sources)


def _marks(
    loaded: _Loaded,
    kinds: Mapping[int, tuple[str, ...]],
    chosen: int | None,
    tints: Mapping[int, Tint],
) -> dict[int, list[Mark]]:
    """The marks of the texts that are drawn."""
    drawn = {row["current_version_id"] for row in loaded.articles if row["text"] is not None}
    claims = [claim for claim in loaded.claims if claim.version in drawn]
    sorts = {claim: (tint.name, tint.letter) for claim, tint in tints.items()}
    return marks_of(claims, loaded.points, kinds, chosen, sorts)


def _chosen_id(
    points: Sequence[PointFacts],
    wanted: int | None,
    homes: Sequence[int | None],
    fitting: Sequence[PointFacts],
) -> int | None:
    """The wanted point, if the page has it, else the commonest of `homes`, else the first."""
    ids = [point.id for point in points]
    likely = [home for home, _times in Counter(homes).most_common()]
    first = [point.id for point in fitting]
    return next((point for point in (wanted, *likely, *first, *ids) if point in ids), None)


def _listed(
    points: Sequence[PointFacts], filtered: Filtered, chosen: int | None
) -> list[PointFacts]:
    """The points of the list: those that fit, and the chosen one wherever it stands.

    Where nothing fits the list is empty and says so.
    """
    if not filtered.points:
        return []
    fitting = {point.id for point in filtered.points}
    return [point for point in points if point.id in fitting or point.id == chosen]


def _between(chosen: ChosenPoint | None, listed: Sequence[PointFacts]) -> ChosenPoint | None:
    """The chosen point with the points before and behind it in the list as it is cut down."""
    ids = [point.id for point in listed]
    if chosen is None or chosen.id not in ids:
        return chosen
    at = ids.index(chosen.id)
    return replace(
        chosen,
        previous=ids[at - 1] if at else None,
        next=ids[at + 1] if at + 1 < len(ids) else None,
    )


def _point_rows(
    listed: Sequence[PointFacts], loaded: _Loaded, chosen: int | None
) -> tuple[PointRow, ...]:
    fitting = {point.id for point in loaded.filtered.points}
    worst: dict[int, str] = {}
    for flag in loaded.flags:  # the gravest come first
        if flag.counts:
            worst.setdefault(flag.point, flag.severity)
    return tuple(
        PointRow(
            id=point.id,
            number=point.number,
            label=point.label,
            verdict=point.verdict,
            verdict_word=words.word(words.VERDICTS, point.verdict),
            tone=point.tone,
            spread=point.spread,
            open=point.open_flags,
            worst=worst.get(point.id, ""),
            chosen=point.id == chosen,
            outside=point.id not in fitting,
        )
        for point in listed
    )
