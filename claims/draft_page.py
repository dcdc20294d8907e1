"""What the page of a person's draft is made of: the text with its findings, and the quotes to them.

The reports' words are looked up when the page is shown, and only of reports that are shown: what is
kept of a finding are ids and normal forms.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims import draft_words
from claims.evidence import PointFacts
from claims.models import Draft
from claims.statements import ReportFacts, Statement, load_cited, normal
from reader.models import Story
from reader.rendering import render_text
from reader.text import Block, Mark

State = Literal["none", "waiting", "failed", "ready"]
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
class DraftPage:
    """The draft as its writer sees it. `stale`: the story has changed since it was checked."""

    state: State
    stale: bool
    title: str
    html: SafeString
    rows: tuple[Row, ...]
    counts: tuple[tuple[Promise, Promise, str, int], ...]
    borne_out: int
    words: int
    failure: str


def build_page(
    draft: Draft,
    story: Story,
    reports: Sequence[ReportFacts],
    points: Sequence[PointFacts],
    chosen: int | None = None,
) -> DraftPage:
    """The page of the draft; one query, for what its findings quote. `chosen` is a row's number."""
    cited = load_cited(story, _cited_ids(draft.findings), reports)
    rows = tuple(_rows(draft, cited, {point.id: point for point in points}, chosen))
    counted = Counter(row.kind for row in rows)
    return DraftPage(
        state=state_of(draft),
        stale=draft.checked_revision is not None and draft.checked_revision != story.revision,
        title=draft.title,
        html=_html(draft, rows),
        rows=rows,
        counts=tuple(
            (word, letter, kind, counted[kind])
            for kind, (word, letter) in draft_words.KINDS.items()
            if counted[kind]
        ),
        borne_out=sum(bool(line["told"]) and not line["findings"] for line in draft.findings),
        words=len(draft.text.split()),
        failure=draft_words.failure(draft.error) if draft.error else "",
    )


def state_of(draft: Draft) -> State:
    """Whether the draft waits for its check, failed it, or has been checked."""
    if draft.error:
        return "failed"
    return "waiting" if draft.checked_revision is None else "ready"


def _cited_ids(lines: Sequence[Mapping[str, Any]]) -> set[int]:
    return {
        int(name)
        for line in lines
        for finding in line["findings"]
        for name in (*finding["told"], *finding["against"])
    }


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
            homes = (one.point for one in (*told, *against))
            point = next((points[home] for home in homes if home in points), None)
            rows.append(_row(draft, line, finding, (told, against), point, len(rows) + 1, chosen))
    return rows


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
    quote = " ".join(draft.text[line["start"] : line["end"]].split())
    return Row(
        number=number,
        start=line["start"],
        end=line["end"],
        kind=kind,
        word=word,
        letter=letter,
        rule=finding["rule"],
        sentence=draft_words.RULES[finding["rule"]],
        quote=quote if len(quote) <= _LONGEST else quote[:_LONGEST].rstrip() + " …",
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


def label(row: Row) -> str:
    """The accessible name of the letter behind a marked line."""
    return _("Finding %(number)s: %(word)s") % {"number": row.number, "word": row.word}


def _html(draft: Draft, rows: Sequence[Row]) -> SafeString:
    """The text with each finding's line marked and lettered."""
    return render_text(
        draft.text,
        [mark_of(row, point=row.number, number=row.number, chosen=row.chosen) for row in rows],
        [Block.from_json(block) for block in draft.blocks],
        {row.number: label(row) for row in rows},
    )


def mark_of(row: Row, *, point: int, number: int, chosen: bool) -> Mark:
    """The mark of a finding's line, which leads to a row of a list."""
    return Mark(
        start=row.start,
        end=row.end,
        claims=(row.number,),
        points=(point,),
        numbers=(number,),
        flags=(row.kind,),
        chosen=chosen,
        tint=f"draft-{row.kind}",
        letter=str(row.letter),
    )
