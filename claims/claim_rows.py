"""Claims as rows of a list: quote in its sentence, what was read, where it stands, who decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy

from claims import stored_reading, words
from claims.decided import name_of
from claims.engine import actors
from claims.engine.readings import Reading
from claims.models import Claim, Decision, MadeBy
from claims.statements import normal
from reader.dates import date_format, short_days

LONGEST_CONTEXT: Final = 240  # code points on each side of a quote
STATUS_WORDS: words.Words = {
    "suggested": gettext_lazy("Suggested"),
    "accepted": gettext_lazy("Accepted"),
    "rejected": gettext_lazy("Rejected"),
    "withdrawn": gettext_lazy("No longer found"),
}
TONES: Final = {"accepted": "good", "rejected": "flag"}
DONE: words.Words = {
    "add": gettext_lazy("Marked by %(name)s, %(when)s"),
    "edit": gettext_lazy("Corrected by %(name)s, %(when)s"),
    "accept": gettext_lazy("Accepted by %(name)s, %(when)s"),
    "reject": gettext_lazy("Rejected by %(name)s, %(when)s"),
    "suggest": gettext_lazy("Made a suggestion again by %(name)s, %(when)s"),
    "place": gettext_lazy("Placed by %(name)s, %(when)s"),
}


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """One claim as a list shows it; `decision` is the one that an undo would reverse."""

    id: int
    row_version: int
    source: str
    language: str
    before: str
    quote: str
    behind: str
    normal: str
    speaker: str
    as_of: str
    certainty: str
    point: int | None
    point_label: str
    status: str
    status_word: str
    tone: str
    by_hand: bool
    corrected: bool
    unsure: bool
    decision: int | None
    done: str

    @property
    def may_accept(self) -> bool:
        """Whether accepting it would change it."""
        return self.status in ("suggested", "rejected")

    @property
    def may_reject(self) -> bool:
        """Whether rejecting it would change it."""
        return self.status in ("suggested", "accepted")


def rows_of(claims: Sequence[Claim], zone: ZoneInfo) -> list[ClaimRow]:
    """The claims as rows; one query, for the decisions that stand.

    Needs each claim's version, its report with source, and its point. Only the paragraphs that hold
    claims are cut into sentences.
    """
    decisions = _standing([claim.pk for claim in claims])
    contexts = _contexts(claims)
    return [_row(claim, contexts[claim.pk], decisions.get(claim.pk), zone) for claim in claims]


def _row(
    claim: Claim, context: tuple[str, str], decision: Decision | None, zone: ZoneInfo
) -> ClaimRow:
    read = stored_reading.from_json(claim.effective)
    article = claim.article_version.article
    return ClaimRow(
        id=claim.pk,
        row_version=claim.row_version,
        source=article.source.name,
        language=article.language,
        before=context[0],
        quote=claim.exact,
        behind=context[1],
        normal=normal(read),
        speaker=_speaker(read) or article.source.name,
        as_of=short_days(read.as_of.first, read.as_of.last) if read.as_of else "",
        certainty=words.word(words.CERTAINTIES, read.certainty) if read.quantities else "",
        point=claim.point_id,
        point_label=claim.point.label if claim.point else "",
        status=str(claim.status),
        status_word=words.word(STATUS_WORDS, claim.status),
        tone=TONES.get(str(claim.status), ""),
        by_hand=claim.made_by == MadeBy.PERSON,
        corrected=bool(claim.overrides) or claim.found_start is not None,
        unsure=claim.anchor_state in (Claim.AnchorState.CHANGED, Claim.AnchorState.ORPHAN),
        decision=decision.pk if decision else None,
        done=_done(decision, zone) if decision else "",
    )


def _speaker(read: Reading) -> str:
    """Whose word it is, as far as the report names them; empty for the report itself."""
    if read.response:
        return actors.display(read.response.actor)
    named = [link.name for link in read.attribution if link.name and link.kind != "outlet"]
    return named[-1] if named else ""


def _standing(ids: Sequence[int]) -> dict[int, Decision]:
    """The newest decision about each claim that is no undo and was not undone."""
    rows = Decision.objects.filter(claim__in=ids, undoes__isnull=True, undone_by__isnull=True)
    newest: dict[int, Decision] = {}
    for row in rows.select_related("person").order_by("pk"):
        if row.claim_id is not None:
            newest[row.claim_id] = row
    return newest


def _done(decision: Decision, zone: ZoneInfo) -> str:
    when = date_format(timezone.localtime(decision.at, zone), "j M, H:i")
    said = words.word(DONE, decision.action)
    return said % {"name": name_of(decision.person), "when": when} if "%(" in said else said


def _contexts(claims: Iterable[Claim]) -> dict[int, tuple[str, str]]:
    """What stands before and behind each quote in its sentence."""
    known: dict[tuple[int, int], list[int]] = {}
    return {claim.pk: _context(claim, known) for claim in claims}


def _context(claim: Claim, known: dict[tuple[int, int], list[int]]) -> tuple[str, str]:
    text, start, end = claim.article_version.text, claim.start, claim.end
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    last = len(text) if last < 0 else last
    key = (claim.article_version_id, first)
    if key not in known:
        known[key] = _borders(text[first:last], first)
    borders = [*known[key], last]
    inside = [(a, b) for a, b in pairwise(borders) if a < end and b > start]
    opening, closing = (inside[0][0], inside[-1][1]) if inside else (first, last)
    before = text[max(min(opening, start), start - LONGEST_CONTEXT) : start]
    behind = text[end : min(max(closing, end), end + LONGEST_CONTEXT)]
    return before.lstrip(), behind.rstrip()


def _borders(paragraph: str, at: int) -> list[int]:
    """Where the sentences of a paragraph begin. The engine is loaded where a page needs it."""
    from claims.engine import sentences

    return [at, *(at + found.start for found in sentences.split(paragraph, ()) if found.start > 0)]
