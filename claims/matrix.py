"""The read model of the matrix: points against reports, each cell what the report says.

A pure function of the story as a whole, so that the page and the report show the same table.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from claims import words
from claims.blanks import Blank, blank_of
from claims.cells import cells_of
from claims.columns_filter import kinds_of_points
from claims.engine.readings import Reading
from claims.evidence import PointFacts
from claims.flags import FlagRow
from claims.matrix_order import distinct_values, gravest, in_order
from claims.matrix_view import MatrixView
from claims.page_words import published
from claims.statements import ReportFacts, Statement
from claims.whole_story import WholeStory

Place = Literal["alone", "first", "middle", "last"]
NAMED = 4  # silent sources that a row names; its cells show the rest
LARGE = 10  # columns that fill a window of 1920 px


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixCell:
    """What one report says on one point; `blank` says why it says nothing.

    `quote` stands in where no figure says it all, alone where there is no value; `more` names its
    other values, `by` the speaker, the days and the certainty. `flagged`: a claim of it takes part
    in a flag that stands.
    """

    report: int
    blank: Blank | None = None
    value: str = ""
    quote: str = ""
    by: str = ""
    more: str = ""
    flagged: bool = False


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A point with a cell for each report, in the order of the columns.

    `silent` are the origins that could have told it and do not, each with its sources; `before`
    and `unchecked` count reports. `gravest` ranks its gravest open flag, `values` counts the
    different values that independent texts give.
    """

    point: PointFacts
    verdict_word: str
    cells: tuple[MatrixCell, ...]
    silent: tuple[tuple[str, ...], ...]
    before: int
    unchecked: int
    gravest: int
    values: int

    @property
    def named(self) -> tuple[str, ...]:
        """The silent sources that the row's end names, those of one origin together."""
        return tuple(source for sources in self.silent for source in sources)[:NAMED]

    @property
    def unnamed(self) -> int:
        """How many silent reports are not named."""
        return self.silent_reports - len(self.named)

    @property
    def silent_reports(self) -> int:
        """How many reports could have told it and do not."""
        return sum(map(len, self.silent))


@dataclass(frozen=True, kw_only=True)
class MatrixColumn:
    """A report at the head of its column; the counts are of the points that are shown.

    `place` is that among the `shared` reports of its origin.
    """

    report: int
    source: str
    title: str
    published: str
    place: Place
    shared: int
    conflicts: int
    silent: int
    before: int
    unchecked: int


@dataclass(frozen=True, kw_only=True)
class MatrixFilter:
    """A choice of what is shown, with the number of points it leaves beside the other filter."""

    value: str
    word: str
    number: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The table. `points` counts those of the story, `rows` are the ones that are shown."""

    view: MatrixView
    kinds: tuple[MatrixFilter, ...]
    verdicts: tuple[MatrixFilter, ...]
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    points: int

    @property
    def has_shared_origins(self) -> bool:
        """Whether any reports share their text."""
        return any(column.shared > 1 for column in self.columns)

    @property
    def is_large(self) -> bool:
        """Whether the columns are wider than a window, so that they need not be stretched."""
        return len(self.columns) >= LARGE

    @property
    def blanks(self) -> frozenset[Blank]:
        """The kinds of blank that the table has."""
        return frozenset(cell.blank for row in self.rows for cell in row.cells if cell.blank)


def build_matrix(whole: WholeStory, view: MatrixView, zone: ZoneInfo) -> Matrix:
    """The matrix of the story in this view; `zone` is the one in which times are told.

    Columns are the reports, earliest first, those of one origin beside its earliest.
    """
    groups = _groups(whole)
    flags: dict[int, list[FlagRow]] = defaultdict(list)
    for flag in whole.flags:
        flags[flag.point].append(flag)
    kinds = kinds_of_points(whole.flags)
    of_kind = [one for one in whole.points if view.kind in ("", *kinds.get(one.id, ()))]
    of_verdict = [one for one in whole.points if view.verdict in ("", one.verdict)]
    asked = [point for point in of_kind if view.verdict in ("", point.verdict)]
    rows = in_order([_row(point, whole, groups, flags[point.id]) for point in asked], view.sort)
    heads = [(report, group) for group in groups for report in group]
    left = Counter(kind for point in of_verdict for kind in kinds.get(point.id, ()))
    verdicts = Counter(point.verdict for point in of_kind)
    return Matrix(
        view=view,
        kinds=_filters(words.KINDS, left, view.kind),
        verdicts=_filters(words.VERDICTS, verdicts, view.verdict),
        columns=tuple(
            _column(report, group, [row.cells[at] for row in rows], whole, zone)
            for at, (report, group) in enumerate(heads)
        ),
        rows=tuple(rows),
        points=len(whole.points),
    )


def _filters(
    known: words.Words, counts: Mapping[str, int], chosen: str
) -> tuple[MatrixFilter, ...]:
    """The choices that leave something, and the one that is chosen whatever it leaves."""
    return tuple(
        MatrixFilter(
            value=value, word=str(word), number=counts.get(value, 0), chosen=value == chosen
        )
        for value, word in known.items()
        if counts.get(value) or value == chosen
    )


def _groups(whole: WholeStory) -> list[list[ReportFacts]]:
    """The reports by origin, each origin where its earliest report stands."""
    groups: dict[str, list[ReportFacts]] = defaultdict(list)
    for report in whole.reports:
        groups[whole.origins.by_report[str(report.id)]].append(report)
    return list(groups.values())


def _row(
    point: PointFacts,
    whole: WholeStory,
    groups: Sequence[Sequence[ReportFacts]],
    flags: Sequence[FlagRow],
) -> MatrixRow:
    statements = whole.statements.get(point.id, ())
    by_report: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_report[statement.report.id].append(statement)
    cells = {
        report.id: _cell(point, report, by_report[report.id])
        if report.id in by_report
        else MatrixCell(report=report.id, blank=blank_of(report, point.id, statements))
        for group in groups
        for report in group
    }
    blanks = [cell.blank for cell in cells.values()]
    return MatrixRow(
        point=point,
        verdict_word=words.word(words.VERDICTS, point.verdict),
        cells=tuple(cells.values()),
        silent=_silent(groups, cells),
        before=blanks.count("before"),
        unchecked=blanks.count("unchecked"),
        gravest=gravest(flags),
        values=distinct_values(statements, whole.origins),
    )


def _cell(point: PointFacts, report: ReportFacts, own: Sequence[Statement]) -> MatrixCell:
    shown = cells_of(point.verdict, point.also, own)[report.id]
    main = next(one for one in own if one.id == shown.claim)
    is_plain = _is_plain(main.claim.reading)
    facts = (shown.value, *shown.facts) if is_plain else shown.facts
    return MatrixCell(
        report=report.id,
        value="" if is_plain else shown.value,
        quote=shown.quote,
        by=" · ".join(facts),
        more=shown.more,
        flagged=any(statement.flagged for statement in own),
    )


def _is_plain(reading: Reading) -> bool:
    """Whether its words say more than its normal form: no figure, answer or date, nothing open."""
    valued = reading.quantities or reading.response or any(not day.vague for day in reading.dates)
    return not valued and reading.certainty in ("asserted", "attributed")


def _silent(
    groups: Sequence[Sequence[ReportFacts]], cells: Mapping[int, MatrixCell]
) -> tuple[tuple[str, ...], ...]:
    """The sources that are silent, those of one origin together."""
    found = (
        tuple(report.source for report in group if cells[report.id].blank == "silent")
        for group in groups
    )
    return tuple(sources for sources in found if sources)


def _column(
    report: ReportFacts,
    group: Sequence[ReportFacts],
    cells: Sequence[MatrixCell],
    whole: WholeStory,
    zone: ZoneInfo,
) -> MatrixColumn:
    blanks = [cell.blank for cell in cells]
    return MatrixColumn(
        report=report.id,
        source=report.source,
        title=report.title,
        published=published(whole.rows[report.id], zone),
        place=_place(report, group),
        shared=len(group),
        conflicts=sum(cell.flagged for cell in cells),
        silent=blanks.count("silent"),
        before=blanks.count("before"),
        unchecked=blanks.count("unchecked"),
    )


def _place(report: ReportFacts, group: Sequence[ReportFacts]) -> Place:
    if len(group) == 1:
        return "alone"
    if report is group[0]:
        return "first"
    return "last" if report is group[-1] else "middle"
