"""The claims of points, ready to be shown: who says what, in which words, for which days.

One query. Nothing here judges: readings, speakers and normal forms are the engine's.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField, QuerySet, Value
from django.db.models.expressions import Combinable

from claims import stored_reading, words
from claims.engine import actors, normal_form
from claims.engine.readings import Claim as Reported
from claims.engine.readings import Reading, Report
from claims.engine.speakers import Context
from claims.models import Claim
from claims.pairs import Pairs, pairs_of_claim
from reader.dates import short_days
from reader.models import Story
from reader.ready_query import Given, GivenIds, ReadyQuery

# id, point, version, start, end, exact, reading, overrides, who made it, its pairs in doubt
Row = tuple[int, int | None, int, int, int, str, dict[str, Any], dict[str, Any], str, Pairs]
# What a query of claims says of their pairs where nobody asks.
NO_PAIRS = Value([], output_field=JSONField())


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """What evidence needs to know of a report.

    `at` is the moment of publication where it is known to the minute. `is_read`: the engine can
    read its language; `is_compared`: it has compared the present text. `waiting_on` are the points
    of claims that wait for a place in that text.
    """

    id: int
    version: int
    source: str
    title: str
    published: date
    at: datetime | None = None
    is_read: bool = True
    is_compared: bool = True
    waiting_on: frozenset[int] = frozenset()

    def came_before(self, other: "ReportFacts") -> bool:
        """Whether it was published before the other one, as far as that is known."""
        if self.at is not None and other.at is not None:
            return self.at < other.at
        return self.published < other.published


@dataclass(frozen=True, kw_only=True)
class Side:
    """One claim as a row of a rule card; `note` is what is said of a person's part in it."""

    id: int
    source: str
    quote: str
    normal: str
    speaker: str
    as_of: str
    certainty: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One claim of a point, as the engine reads it, with its report and its speaker."""

    id: int
    point: int
    claim: Reported
    report: ReportFacts
    speaker: str
    first: date | None
    last: date | None
    flagged: bool
    note: str
    pairs: Pairs

    @property
    def as_of(self) -> str:
        """The days that the claim speaks for, in words."""
        return short_days(self.first, self.last)

    @property
    def certainty(self) -> str:
        """How sure the report is, in words; empty where that is the claim's value already."""
        reading = self.claim.reading
        if not reading.quantities:
            return ""
        return words.word(words.CERTAINTIES, reading.certainty)


def load_statements(
    story: Story,
    points: Sequence[int],
    reports: Sequence[ReportFacts],
    flagged: Set[int],
    *,
    with_pairs: bool = False,
) -> list[Statement]:
    """The points' claims in the reports shown, in the order of their days; one query.

    `flagged` holds the ids of claims that take part in a flag that stands. Their pairs in doubt
    take most of the time where there are many claims: they are loaded for who shows them.
    """
    query = _WITH_PAIRS if with_pairs else _OF_POINTS
    return _loaded(query, points, story, reports, flagged)


def load_cited(
    story: Story, claims: Collection[int], reports: Sequence[ReportFacts]
) -> dict[int, Statement]:
    """The claims with these ids, as far as the reports shown have them, by id; one query.

    The point of one that has none is 0.
    """
    return {one.id: one for one in _loaded(_CITED, claims, story, reports, frozenset())}


def _rows(which: str, pairs: Combinable = NO_PAIRS) -> QuerySet[Claim, tuple[Any, ...]]:
    """A story's claims in some texts, of which the field `which` has a value that is asked for."""
    return (
        Claim.objects.shown()
        .anchored()
        .filter(story=Given("story"), article_version__in=GivenIds("versions"))
        .filter(**{f"{which}__in": GivenIds("chosen")})
        .annotate(pairs=pairs)
        .order_by("article_version_id", "start", "pk")
        .values_list(
            "pk",
            "point_id",
            "article_version_id",
            "start",
            "end",
            "exact",
            "reading",
            "overrides",
            "made_by",
            "pairs",
        )
    )


_OF_POINTS = ReadyQuery(lambda: _rows("point"))
_WITH_PAIRS = ReadyQuery(lambda: _rows("point", pairs_of_claim()))
_CITED = ReadyQuery(lambda: _rows("pk"))


def _loaded(
    query: ReadyQuery,
    chosen: Collection[int],
    story: Story,
    reports: Sequence[ReportFacts],
    flagged: Set[int],
) -> list[Statement]:
    by_version = {report.version: report for report in reports}
    context = _context(reports)
    rows = query.ask(story=story.pk, versions=list(by_version), chosen=list(chosen))
    statements = [
        _statement(row, by_version[row[2]], context, flagged=row[0] in flagged) for row in rows
    ]
    return sorted(statements, key=lambda item: (item.last or item.first or date.max, item.id))


def _statement(row: Row, report: ReportFacts, context: Context, *, flagged: bool) -> Statement:
    pk, point, _version, start, end, exact, reading, overrides, made_by, pairs = row
    claim = Reported(
        id=str(pk),
        report=str(report.id),
        start=start,
        end=end,
        exact=exact,
        sentence=0,
        reading=stored_reading.from_json({**reading, **overrides}),
    )
    as_of = context.as_of(claim)
    return Statement(
        id=pk,
        point=point or 0,
        claim=claim,
        report=report,
        speaker=_speaker(claim, context),
        first=as_of.first,
        last=as_of.last,
        flagged=flagged,
        note=words.note_of(made_by, overrides),
        pairs=pairs,
    )


def _context(reports: Sequence[ReportFacts]) -> Context:
    """The reports as the engine's rules ask for them; their texts are not needed here."""
    return Context(
        reports={
            str(report.id): Report(
                id=str(report.id),
                source=report.source,
                title=report.title,
                published=report.published,
                text="",
            )
            for report in reports
        }
    )


def _speaker(claim: Reported, context: Context) -> str:
    """Whose word it is: in an answer that of the one who answers, as the engine compares it."""
    answer = claim.reading.response
    return actors.display(answer.actor) if answer else context.speaker_name(claim)


def normal(reading: Reading) -> str:
    """A reading in full: the figure in words with its interval, else its value."""
    if not reading.quantities:
        return normal_form.value(reading)
    figure = reading.quantities[0]
    worded = normal_form.worded(figure)
    interval = normal_form.interval(figure)
    derived = normal_form.derivation(figure)
    exact = figure.low == figure.high
    return worded + ("" if exact else f" [{interval}]") + (f" ({derived})" if derived else "")


def side(statement: Statement) -> Side:
    """The claim as a row of a table of statements."""
    return Side(
        id=statement.id,
        source=statement.report.source,
        quote=statement.claim.exact,
        normal=normal(statement.claim.reading),
        speaker=statement.speaker,
        as_of=statement.as_of,
        certainty=statement.certainty,
        note=statement.note,
    )
