"""What each report says on the chosen point, for the foot of its column."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims import words
from claims.engine import normal_form
from claims.engine.readings import AsOf, Quantity
from claims.statements import Statement


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one report says on the chosen point; `quote` stands in where no figure says it all.

    `claim` is the id of the claim whose value is shown, `figure` what it counts, if it does.
    """

    claim: int
    value: str
    quote: str
    verdict_word: str
    tone: str
    facts: tuple[str, ...]
    more: str
    figure: Quantity | None = None


def cells_of(verdict: str, also: Sequence[str], statements: Sequence[Statement]) -> dict[int, Cell]:
    """Each report's value: that of a flagged claim if it has one, else of its first."""
    beside = verdict if verdict != "conflict" else _beside(also)
    cells: dict[int, Cell] = {}
    for report in dict.fromkeys(statement.report.id for statement in statements):
        own = [statement for statement in statements if statement.report.id == report]
        own.sort(key=lambda item: (not item.flagged, item.claim.start))
        cells[report] = _cell(own, beside)
    return cells


def _cell(own: Sequence[Statement], beside: str) -> Cell:
    main = own[0]
    verdict = "conflict" if main.flagged else beside
    value = normal_form.value(main.claim.reading)
    others = dict.fromkeys(normal_form.value(item.claim.reading) for item in own[1:])
    others.pop(value, None)
    more = ", ".join(others)
    facts = [main.speaker] if main.speaker.casefold() != main.report.source.casefold() else []
    told = value == normal_form.days(AsOf(first=main.first, last=main.last))
    facts += ["" if told else main.as_of, main.certainty]
    return Cell(
        claim=main.id,
        value=value,
        quote="" if main.claim.reading.quantities else main.claim.exact,
        verdict_word=words.word(words.VERDICTS, verdict),
        tone={"conflict": "tone-flag", "agree": "tone-good"}.get(verdict, "tone-warn"),
        facts=tuple(fact for fact in facts if fact),
        more=_("also %(values)s") % {"values": more} if more else "",
        figure=next(iter(main.claim.reading.quantities), None),
    )


def _beside(also: Sequence[str]) -> str:
    """The word for a claim of a conflicting point that is in no flag: what stands beside it."""
    return next((verdict for verdict in also if verdict != "conflict"), "refined")
