"""What the page of a person's draft is made of: the text with its lines marked, and their list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims import draft_words
from claims.draft_lines import BorneOut, Row, load_lines
from claims.evidence import PointFacts
from claims.models import Draft
from claims.statements import ReportFacts
from reader.models import Story
from reader.rendering import render_text
from reader.text import Block, Mark

State = Literal["none", "waiting", "failed", "ready"]


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """The draft as its writer sees it.

    `stale`: the story has changed since it was checked. `compared`: some line was held against
    something; of a text in another language, or on another matter, there is none. `unchecked`: how
    many sentences have neither a finding nor reports that bear them out.
    """

    state: State
    stale: bool
    html: SafeString
    rows: tuple[Row, ...]
    counts: tuple[tuple[Promise, Promise, str, int], ...]
    borne_out: tuple[BorneOut, ...]
    unchecked: int
    compared: bool
    failure: str


def build_page(
    draft: Draft,
    story: Story,
    reports: Sequence[ReportFacts],
    points: Sequence[PointFacts],
    chosen: int | None = None,
) -> DraftPage:
    """The page of the draft; one query, for what its lines quote. `chosen` is a line's number."""
    lines = load_lines(draft, story, reports, points, chosen)
    rows, fine = lines.found, lines.borne_out
    counted = Counter(row.kind for row in rows)
    return DraftPage(
        state=state_of(draft),
        stale=draft.checked_revision is not None and draft.checked_revision != story.revision,
        html=_html(draft, rows, fine),
        rows=rows,
        counts=tuple(
            (word, letter, kind, counted[kind])
            for kind, (word, letter) in draft_words.KINDS.items()
            if counted[kind]
        ),
        borne_out=fine,
        unchecked=lines.unchecked,
        compared=bool(rows or fine),
        failure=draft_words.failure(draft.error) if draft.error else "",
    )


def state_of(draft: Draft) -> State:
    """Whether the draft waits for its check, failed it, or has been checked."""
    if draft.error:
        return "failed"
    return "waiting" if draft.checked_revision is None else "ready"


def label(row: Row) -> str:
    """The accessible name of the letter behind a marked line."""
    return _("Finding %(number)s: %(word)s") % {"number": row.number, "word": row.word}


def _html(draft: Draft, rows: Sequence[Row], fine: Sequence[BorneOut]) -> SafeString:
    """The text with each finding's line marked and lettered, and those borne out marked faintly."""
    marks = [mark_of(row, point=row.number, number=row.number, chosen=row.chosen) for row in rows]
    marks += [
        plain_mark((row.start, row.end), row.number, row.number, chosen=row.chosen) for row in fine
    ]
    return render_text(
        draft.text,
        marks,
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


def plain_mark(at: tuple[int, int], point: int, number: int, *, chosen: bool) -> Mark:
    """The faint mark of a line of which there is nothing to say."""
    start, end = at
    return Mark(
        start=start,
        end=end,
        points=(point,),
        numbers=(number,),
        chosen=chosen,
        tint="draft-fine",
    )
