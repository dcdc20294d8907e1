"""Claims in context, made by hand."""

from datetime import date

from claims.engine.judges import ClaimPair, InContext
from claims.engine.readings import Claim, Reading
from claims.judging.question import Question, question

FIRST = "The owner praised the rescue teams on Monday."
SECOND = "On Tuesday the owner blamed the rescue teams, twice."


def side(
    report: str, sentence: str, claim: str = "", before: str = "", after: str = ""
) -> InContext:
    """A claim in its sentence, which begins at code point 10 of its report."""
    exact = claim or sentence
    start = 10 + sentence.index(exact)
    return InContext(
        claim=Claim(
            id=f"claim of {report}",
            report=report,
            start=start,
            end=start + len(exact),
            exact=exact,
            sentence=0,
            reading=Reading(),
        ),
        sentence=sentence,
        before=before,
        after=after,
        headline=f"Headline of {report}",
        source=f"Source of {report}",
        published=date(2026, 3, 3),
        sentence_start=10,
    )


def pair(first: str = FIRST, second: str = SECOND) -> ClaimPair:
    """Two whole sentences of reports a and b."""
    return ClaimPair(a=side("a", first), b=side("b", second))


def asked(of: ClaimPair | None = None, model: str = "tested-model") -> Question:
    """The question about a pair."""
    found = question(of or pair(), model)
    assert found is not None  # the pairs of these tests are short
    return found
