"""What another judge of two claims is asked, and what it may answer.

Rules and scores are the judge that is always there. A second one, such as a language model that the
newsroom runs, is asked only where these are unsure. It sees claims in their context and answers in
the few words below; what its answers change is the business of `consulting`. Nothing here knows
where a judge gets its answers from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from claims.engine.readings import Claim, Document, Kind, Span

RelationWord = Literal["agree", "refined", "updated", "different_question", "conflict"]


@dataclass(frozen=True, kw_only=True)
class InContext:
    """One claim with what stands around it: its own sentence and those right beside it."""

    claim: Claim
    sentence: str
    before: str
    after: str
    headline: str
    source: str
    published: date | None
    sentence_start: int


@dataclass(frozen=True, kw_only=True)
class ClaimPair:
    """Two claims of different reports, in context. Their order carries no meaning."""

    a: InContext
    b: InContext


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Whether two claims answer one question. A judge that is not sure has no opinion."""

    same: bool


@dataclass(frozen=True, kw_only=True)
class Finding:
    """How two claims relate, with the words that it rests on.

    `quote_a` and `quote_b` are stretches of the two reports' texts. `kind` says what differs where
    the relation is a conflict.
    """

    relation: RelationWord
    kind: Kind | None
    quote_a: Span
    quote_b: Span


class Judge(Protocol):
    """Somebody who can be asked. One answer for each pair, in order; None where it has none.

    The same pair gets the same answer, whichever of its claims comes first.
    """

    @property
    def name(self) -> str:
        """What flags that rest on the judge name it by, at most 60 characters."""

    def same_point(self, pairs: Sequence[ClaimPair]) -> Sequence[Opinion | None]:
        """Whether the claims of each pair answer one question."""

    def relation(self, pairs: Sequence[ClaimPair]) -> Sequence[Finding | None]:
        """How the claims of each pair, which answer one question, relate."""


def in_context(claim: Claim, document: Document) -> InContext:
    """A claim with its sentence, its neighbours and what its report is."""
    sentences, text, at = document.sentences, document.text, claim.sentence
    own = sentences[at]
    start, end = min(own.start, claim.start), max(own.end, claim.end)
    return InContext(
        claim=claim,
        sentence=text[start:end],
        before=_beside(document, at - 1),
        after=_beside(document, at + 1),
        headline=document.report.title,
        source=document.report.source,
        published=document.report.published,
        sentence_start=start,
    )


def _beside(document: Document, at: int) -> str:
    """The sentence there, or nothing at the ends and beside headings and furniture."""
    if not 0 <= at < len(document.sentences) or document.sentences[at].kind != "sentence":
        return ""
    return document.sentences[at].of(document.text)
