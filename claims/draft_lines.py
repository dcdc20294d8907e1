"""The lines of a person's draft of which something is said, with the reports' words to them.

The reports' words are looked up when a page is shown, and only of reports that are shown: what is
kept of a finding are ids and normal forms.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from claims import draft_words
from claims.evidence import PointFacts
from claims.models import Draft
from claims.statements import ReportFacts, Statement, load_cited, normal
from reader.models import Story

_LONGEST = 160  # characters of the draft's own line in the list


@dataclass(frozen=True, kw_only=True)
class Cited:
    """What one report says, beside a line of the draft."""

    source: str
    article: int
    quote: str
    normal: str
    speaker: str
    as_of: str
    certainty: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A finding in the list. `told` and `against` are quotes with what they are called."""

    number: int
    start: int
    end: int
    kind: str
    word: Promise
    letter: Promise
    rule: str
    sentence: Promise
    quote: str
    normal: str
    arithmetic: str
    sides: tuple[tuple[Promise, tuple[Cited, ...]], ...]
    origins: int
    point: PointFacts | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class BorneOut:
    """A line that the reports bear out: `told` are the statements that say the same."""

    number: int
    start: int
    end: int
    quote: str
    told: tuple[Cited, ...]
    origins: int
    point: PointFacts | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The findings in the order of the text, and the lines that reports bear out, after them.

    `unchecked` counts the sentences with neither: of them nothing is known.
    """

    found: tuple[Row, ...]
    borne_out: tuple[BorneOut, ...]
    unchecked: int


def load_lines(
    draft: Draft,
    story: Story,
    reports: Sequence[ReportFacts],
    points: Sequence[PointFacts],
    chosen: int | None = None,
) -> Lines:
    """The draft's lines; one query, for what they quote. `chosen` is the number of one."""
    cited = load_cited(story, _cited_ids(draft.findings), reports)
    known = {point.id: point for point in points}
    rows = _rows(draft, cited, known, chosen)
    fine = _borne_out(draft, cited, known, chosen, first=len(rows) + 1)
    told = {(row.start, row.end) for row in rows} | {(one.start, one.end) for one in fine}
    return Lines(found=tuple(rows), borne_out=tuple(fine), unchecked=_unchecked(draft, told))


def _unchecked(draft: Draft, told: Set[tuple[int, int]]) -> int:
    """How many sentences have no line of which something is told."""
    sentences = {tuple(line["within"]) for line in draft.findings if "within" in line}
    known = {
        tuple(line["within"])
        for line in draft.findings
        if "within" in line and (line["start"], line["end"]) in told
    }
    return len(sentences - known)


def _cited_ids(lines: Sequence[Mapping[str, Any]]) -> set[int]:
    found = [finding for line in lines for finding in line["findings"]]
    names = [name for one in found for name in (*one["told"], *one["against"])]
    fine = [name for line in lines if not line["findings"] for name in line["told"]]
    return set(map(int, [*names, *fine]))


def _rows(
    draft: Draft,
    cited: Mapping[int, Statement],
    points: Mapping[int, PointFacts],
    chosen: int | None,
) -> list[Row]:
    """The findings in the order of the text; one whose reports are no longer shown is left out."""
    rows: list[Row] = []
    for line in draft.findings:
        for finding in line["findings"]:
            told, against = (_found(cited, finding[side]) for side in ("told", "against"))
            if finding["kind"] != "unsupported" and not (told or against):
                continue
            if finding["kind"] in ("older", "one_sided") and not (told and against):
                continue
            point = _point((*told, *against), points)
            rows.append(_row(draft, line, finding, (told, against), point, len(rows) + 1, chosen))
    return rows


def _borne_out(
    draft: Draft,
    cited: Mapping[int, Statement],
    points: Mapping[int, PointFacts],
    chosen: int | None,
    *,
    first: int,
) -> list[BorneOut]:
    """The lines that reports which are still shown bear out, in the order of the text."""
    found: list[BorneOut] = []
    for line in draft.findings:
        told = _found(cited, line["told"]) if not line["findings"] else []
        if told:
            number = first + len(found)
            found.append(
                BorneOut(
                    number=number,
                    start=line["start"],
                    end=line["end"],
                    quote=_quote(draft, line),
                    told=tuple(_cited(one) for one in _one_of_each(told)),
                    origins=line["origins"] if len(told) == len(line["told"]) else 0,
                    point=_point(told, points),
                    chosen=number == chosen,
                )
            )
    return found


def _one_of_each(told: Sequence[Statement]) -> list[Statement]:
    """The first statement of each report, in their order."""
    first: dict[int, Statement] = {}
    for one in told:
        first.setdefault(one.report.id, one)
    return list(first.values())


def _point(statements: Sequence[Statement], points: Mapping[int, PointFacts]) -> PointFacts | None:
    """The point of the first statement that stands in one that is shown."""
    return next((points[one.point] for one in statements if one.point in points), None)


def _quote(draft: Draft, line: Mapping[str, Any]) -> str:
    quote = " ".join(draft.text[line["start"] : line["end"]].split())
    return quote if len(quote) <= _LONGEST else quote[:_LONGEST].rstrip() + " …"


def _found(cited: Mapping[int, Statement], names: Sequence[str]) -> list[Statement]:
    return [cited[int(name)] for name in names if int(name) in cited]


def _row(
    draft: Draft,
    line: Mapping[str, Any],
    finding: Mapping[str, Any],
    sides: tuple[Sequence[Statement], Sequence[Statement]],
    point: PointFacts | None,
    number: int,
    chosen: int | None,
) -> Row:
    kind = finding["kind"]
    word, letter = draft_words.KINDS[kind]
    names = (draft_words.TOLD, draft_words.AGAINST)
    return Row(
        number=number,
        start=line["start"],
        end=line["end"],
        kind=kind,
        word=word,
        letter=letter,
        rule=finding["rule"],
        sentence=draft_words.RULES[finding["rule"]],
        quote=_quote(draft, line),
        normal=line["normal"],
        arithmetic=finding["arithmetic"],
        sides=tuple(
            (name.get(kind, draft_words.REPORTS), tuple(map(_cited, side)))
            for name, side in zip(names, sides, strict=True)
            if side
        ),
        origins=line["origins"],
        point=point,
        chosen=number == chosen,
    )


def _cited(statement: Statement) -> Cited:
    return Cited(
        source=statement.report.source,
        article=statement.report.id,
        quote=statement.claim.exact,
        normal=normal(statement.claim.reading),
        speaker=statement.speaker if statement.speaker != statement.report.source else "",
        as_of=statement.as_of,
        certainty=statement.certainty,
    )
