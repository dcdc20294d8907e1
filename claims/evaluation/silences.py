"""How often a "silent" of the matrix is a miss of matching, and whether the nearest lines hold it.

A cell counts where labels know what its point asks: the question of most of the point's labelled
claims. The report is missed where labels give it a claim on that question, and silent where not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claims.blanks import blank_of
from claims.engine import compare, documents, near_lines
from claims.engine.near_lines import Line
from claims.engine.readings import Claim, Comparison, Point, Report, Span
from claims.engine.vectors import Encoder
from claims.evaluation import quality
from claims.evaluation.alignment import align
from claims.evaluation.corpus import LabelledStory
from claims.statements import ReportFacts, Statement

MARKS = ("<!-- silences: written by manage.py evaluate --silences -->", "<!-- end of silences -->")
HEADS = (
    "| stories | silent | of these missed | first line has it | one of three has it "
    "| a line is offered | and is where the report is silent |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Cells that the page calls silent, and those of them that labels say are missed.

    `first` and `any`: the missed whose claim stands in the first, or any, of the nearest lines.
    `offered` and `offered_silent`: cells for which there is a line at all, missed or not and truly
    silent ones.
    """

    cells: int = 0
    missed: int = 0
    first: int = 0
    any: int = 0
    offered: int = 0
    offered_silent: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in vars(other)})


def score(stories: Iterable[LabelledStory], encoder: Encoder | None) -> dict[str, Tally]:
    """The tally of the stories that rules were written on, and of those only ever scored."""
    total = {"open": Tally(), "scored": Tally()}
    for story in stories:
        comparison = compare.compare(list(story.reports.values()), encoder=encoder)
        total["scored" if story.scored else "open"] += tally(story, comparison)
    return total


def tally(story: LabelledStory, comparison: Comparison) -> Tally:
    """The silent cells of one compared story."""
    found = Tally()
    lines = {key: lines_of(report, comparison) for key, report in story.reports.items()}
    for point, report, wanted in _silent_cells(story, comparison):
        claims = [claim for claim in comparison.claims if claim.id in point.claims]
        said = [(claim.exact, claim.reading) for claim in claims]
        near = near_lines.nearest_lines(
            point.label,
            said,
            _with_pairs(lines[report], point, comparison),
            [claim.exact for claim in comparison.claims],
        )
        hits = [any(line.meets(one) for one in wanted) for line in near]
        found += Tally(
            cells=1,
            missed=bool(wanted),
            first=any(hits[:1]),
            any=any(hits),
            offered=bool(near),
            offered_silent=bool(near and not wanted),
        )
    return found


def lines_of(report: Report, comparison: Comparison) -> list[tuple[Line, list[Claim]]]:
    """The lines of a report, each with the claims that stand in it."""
    own = [claim for claim in comparison.claims if claim.report == report.id]
    found = []
    for sentence in documents.parse(report).sentences:
        inside = [claim for claim in own if sentence.meets(claim)]
        readings = tuple(claim.reading for claim in inside)
        line = Line(
            start=sentence.start,
            end=sentence.end,
            text=sentence.of(report.text),
            readings=readings,
        )
        found.append((line, inside))
    return found


def _with_pairs(
    lines: Iterable[tuple[Line, list[Claim]]], point: Point, comparison: Comparison
) -> list[Line]:
    best: dict[str, float] = defaultdict(float)
    for pair in comparison.counterparts:
        for near, far in ((pair.claim, pair.other), (pair.other, pair.claim)):
            if near in point.claims:
                best[far] = max(best[far], pair.score)
    return [
        replace(line, pair=max((best[claim.id] for claim in claims), default=0.0))
        for line, claims in lines
    ]


def _silent_cells(
    story: LabelledStory, comparison: Comparison
) -> Iterator[tuple[Point, str, list[Span]]]:
    """Each silent cell with a known question: point, report's key, its labelled claims on it."""
    labels = story.labels.claims.values()
    asked: dict[str, list[str]] = defaultdict(list)
    for name, claim in align(story.labels.claims, comparison, story.reports).items():
        if claim is not None:
            asked[claim.id].append(story.labels.claims[name].question or name)
    claims = {claim.id: claim for claim in comparison.claims}
    facts = {report.id: _facts(report) for report in story.reports.values()}
    for point in comparison.points:
        questions = Counter(one for name in point.claims for one in asked[name])
        if not questions:
            continue
        question = min(questions, key=lambda one: (-questions[one], one))
        statements = [_statement(claims[name], facts) for name in point.claims]
        speaking = {claims[name].report for name in point.claims}
        for key, report in story.reports.items():
            if report.id in speaking or blank_of(facts[report.id], 0, statements) != "silent":
                continue
            yield (
                point,
                key,
                [one for one in labels if one.report == key and one.question == question],
            )


def _facts(report: Report) -> ReportFacts:
    assert report.published is not None  # labelled stories have their days
    return ReportFacts(
        id=0,
        version=0,
        source=report.source,
        title=report.title,
        published=report.published,
        at=report.published_at,
    )


def _statement(claim: Claim, facts: Mapping[str, ReportFacts]) -> Statement:
    """The claim as the rule of blanks asks for it."""
    return Statement(
        id=0,
        point=0,
        claim=claim,
        report=facts[claim.report],
        speaker="",
        first=None,
        last=None,
        flagged=False,
        note="",
        pairs=[],
    )


def as_table(scores: Mapping[str, Mapping[str, Tally]]) -> str:
    """The scores as a table in Markdown, by how the reports were matched."""
    lines = [HEADS]
    for way, halves in scores.items():
        for half, own in halves.items():
            silent = own.cells - own.missed
            lines.append(
                f"| {half}, {way} | {own.cells} | {_part(own.missed, own.cells)} "
                f"| {_part(own.first, own.missed)} | {_part(own.any, own.missed)} "
                f"| {_part(own.offered, own.cells)} | {_part(own.offered_silent, silent)} |"
            )
    return "\n".join(lines)


def _part(some: int, of: int) -> str:
    return f"{some} ({some / of:.2f})" if of else f"{some}"


def write(page: Path, table: str) -> None:
    """Put the table between its marks of the page. Raises `ValueError` if the page lost them."""
    quality.put_between(page, MARKS, f"{table}\n")
