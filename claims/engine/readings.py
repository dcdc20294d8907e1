"""The frozen records that every stage of the engine speaks.

Offsets are Unicode code points into `Report.text`, start inclusive, end exclusive. Numbers are
`Decimal`, dates are calendar dates in the desk's zone. Words of an enumerated field are those of
the public JSON (`docs/engine.md`), as plain strings: a record goes to JSON as it stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

BlockKind = Literal["heading", "paragraph", "quote", "list_item"]
SentenceKind = Literal["sentence", "heading", "furniture"]
Modifier = Literal[
    "exact", "about", "nearly", "at_least", "more_than", "up_to", "less_than", "between", "vague"
]
Role = Literal["total", "addition", "part", "ratio"]
LinkKind = Literal["outlet", "agency", "institution", "person", "document", "anonymous", "unknown"]
Act = Literal["confirmed", "denied", "dismissed", "did_not_deny", "neither", "declined", "silent"]
Certainty = Literal[
    "asserted",
    "attributed",
    "hedged",
    "possible",
    "predicted",
    "conditional",
    "unknown",
    "denied",
    "retracted",
]
CertaintyClass = Literal["stated", "prospective", "open", "negated"]
Verdict = Literal["conflict", "updated", "different_question", "refined", "agree", "single_source"]
Kind = Literal[
    "quantity", "date", "attribution", "response", "certainty", "actor", "description", "place"
]
Severity = Literal["high", "medium", "low"]

CERTAINTY_CLASS: Mapping[Certainty, CertaintyClass] = {
    "asserted": "stated",
    "attributed": "stated",
    "hedged": "stated",
    "possible": "prospective",
    "predicted": "prospective",
    "conditional": "prospective",
    "unknown": "open",
    "denied": "negated",
    "retracted": "negated",
}


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a report's text."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        """Whether the other stretch lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two stretches share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The characters of the stretch."""
        return text[self.start : self.end]


def holder(place: Span, spans: Iterable[Span]) -> Span:
    """The first of the stretches in which a place begins; the place itself where none holds it."""
    return next((one for one in spans if one.start <= place.start < one.end), place)


@dataclass(frozen=True, kw_only=True)
class Block(Span):
    """A paragraph, heading, quotation or list item of the canonical text."""

    kind: BlockKind


@dataclass(frozen=True, kw_only=True)
class Report:
    """One article version as the engine sees it.

    `published` is the calendar date of publication; without it relative dates stay unresolved.
    `published_at` is the moment, in UTC, where it is known to the minute: it orders a day's
    reports. `blocks` may be empty: then blank lines part the text into paragraphs.
    """

    id: str
    source: str
    title: str
    published: date | None
    text: str
    blocks: tuple[Block, ...] = ()
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sentence(Span):
    """A sentence, or a heading or furniture line that carries no claims of its own."""

    index: int
    block: int
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, kw_only=True)
class Clause(Span):
    """A part of a sentence with one predicate; the scope of negation, certainty and dates."""

    index: int
    sentence: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A report cut into sentences and clauses: what every reader of readings starts from.

    Compared by identity, so that what is cached for a document does not hash its whole text.
    """

    report: Report
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        """The canonical text that all offsets point into."""
        return self.report.text


@dataclass(frozen=True, kw_only=True)
class Per:
    """The divisor of a ratio: "one steward per 25 voters" has value 25, unit "voter"."""

    value: Decimal
    unit: str | None


@dataclass(frozen=True, kw_only=True)
class Quantity(Span):
    """A figure as an interval; `None` bounds are infinite.

    `unit` is the counted noun in the singular ("soldier", "percent", "usd"); `whose` the nation,
    employer, party or side they belong to, in the canonical form of `actors`; `derived` the factors
    of a product, in reading order. `low_open` excludes the lower bound ("more than"); `high_soft`
    marks an upper bound that is only implied ("up to"). `state` says what has happened to those
    counted ("dead", "injured", "missing", "arrested"): counts in two states never compare.
    `measured` says what a sum, share or time is of ("net profit"), where the unit does not say it;
    `change` that the figure is by how much it changed ("rose by 9 percent"), not how much it is.
    `over` is the stretch of time that a sum is spread over ("90 million over three years").
    `former` marks a value that the report itself sets aside: what the figure was before ("up from
    48") or what it is not ("640, not 460").
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_soft: bool = False
    unit: str | None = None
    state: str | None = None
    whose: str | None = None
    modifier: Modifier = "exact"
    role: Role = "total"
    per: Per | None = None
    derived: tuple[Decimal, ...] = ()
    vague: bool = False
    measured: str | None = None
    change: bool = False
    over: Per | None = None
    former: bool = False


@dataclass(frozen=True, kw_only=True)
class DateRange(Span):
    """A date expression resolved against publication, both ends inclusive, `None` = open."""

    first: date | None
    last: date | None
    vague: bool = False


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The days for which a claim's value is said to hold, both ends inclusive, `None` = open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class Link(Span):
    """One link of an attribution chain, outermost first: outlet, agency, institution, person."""

    name: str
    kind: LinkKind
    cue: str


@dataclass(frozen=True, kw_only=True)
class Response(Span):
    """What a responder did about a proposition; `actor` is canonical ("north korea")."""

    actor: str
    act: Act


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Who does what in a clause: canonical subjects, the verb's stem, the object's head words."""

    subjects: tuple[str, ...]
    verb: str
    objects: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The normal form of one claim. Its principal value is the first of `quantities`, if any."""

    quantities: tuple[Quantity, ...] = ()
    as_of: AsOf | None = None
    dates: tuple[DateRange, ...] = ()
    attribution: tuple[Link, ...] = ()
    response: Response | None = None
    certainty: Certainty = "asserted"
    place: str | None = None
    frame: Frame | None = None


@dataclass(frozen=True, kw_only=True)
class Claim(Span):
    """What one report says in one place. `id` is made from report, span and principal value."""

    id: str
    report: str
    exact: str
    sentence: int
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Point:
    """A question that claims of one or more reports answer, with how the answers relate.

    `origins` counts independent texts among its reports: wire copy counts once. `reasons` tell why
    values that differ are no conflict, in words that an editor reads.
    """

    id: str
    label: str
    claims: tuple[str, ...]
    verdict: Verdict
    also: tuple[Verdict, ...]
    origins: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Discrepancy:
    """A typed difference inside a point. `evidence` is JSON-ready and holds no article text.

    `suggestion` marks what only thorough mode shows; `in_doubt` what the rules would flag if claims
    that may be about one point were. Its `point` is the point of the first claim, or that claim.
    """

    id: str
    point: str
    kind: Kind
    within_article: bool
    claims: tuple[str, ...]
    severity: Severity
    confidence: str
    judge: str
    rule: str
    explanation: str
    evidence: Mapping[str, object]
    suggestion: bool = False
    in_doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class Counterpart:
    """A pair that may be about the same point, but not surely enough to be matched.

    `would` is what the rules would flag if it were one; known in thorough mode only.
    """

    claim: str
    other: str
    score: float
    would: Discrepancy | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that the engine says about a set of reports, in an order of its own."""

    reports: Sequence[Report] = field(default_factory=tuple)
    claims: Sequence[Claim] = field(default_factory=tuple)
    points: Sequence[Point] = field(default_factory=tuple)
    discrepancies: Sequence[Discrepancy] = field(default_factory=tuple)
    counterparts: Sequence[Counterpart] = field(default_factory=tuple)
