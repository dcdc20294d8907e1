"""How far a thing has come: talks here, signed there; charged here, convicted there.

Steps of one ladder follow each other, so a higher step in a later report is to be expected. The
same day, or a lower step later, is a suggestion: one report is behind, or ahead of the facts.
"""

import functools
from collections.abc import Mapping

from claims.engine.lexicon import read_lines, stems
from claims.engine.readings import CERTAINTY_CLASS, Claim
from claims.engine.rules import wording
from claims.engine.rules.base import Relation, RuleCard
from claims.engine.speakers import Context

CARD = RuleCard(
    name="status-ladder",
    kind="description",
    sentence=(
        "Two claims put the same thing on different steps of one ladder, and the report with the "
        "higher step is not the later one."
    ),
    example="“The fishing bill was passed” / a day later “The fishing bill was proposed”",
)
Step = tuple[int, int, str]  # ladder, step, word


def relate(a: Claim, b: Claim, context: Context) -> Relation | None:
    """Relate the stages of one thing; None unless one ladder holds a word of each claim."""
    if a.report == b.report or a.reading.response or b.reading.response:
        return None
    if {CERTAINTY_CLASS[claim.reading.certainty] for claim in (a, b)} != {"stated"}:
        return None
    if any(claim.reading.frame is not None and claim.reading.frame.negated for claim in (a, b)):
        return None
    found = _apart(steps(a.exact), steps(b.exact))
    if found is None:
        return None
    one, other = found
    common = wording.shared(a, b) - wording.content(f"{one[2]} {other[2]}")
    if len(common) < 2:
        return None
    low, high = ((a, one), (b, other)) if one[1] < other[1] else ((b, other), (a, one))
    arithmetic = f"“{low[1][2]}” comes before “{high[1][2]}”"
    days = context.reports[low[0].report].published, context.reports[high[0].report].published
    if days[0] is not None and days[1] is not None and days[0] < days[1]:
        return None  # the later report is a step further, as is to be expected
    return CARD.says(
        a,
        b,
        "conflict",
        arithmetic=arithmetic,
        severity="medium",
        suggestion=True,
        values=(one[2], other[2]),
    )


def _apart(one: frozenset[Step], other: frozenset[Step]) -> tuple[Step, Step] | None:
    """The first two steps of one ladder that differ; None where some step is common to both."""
    for ladder in sorted({step[0] for step in one} & {step[0] for step in other}):
        here, there = (max(s for s in side if s[0] == ladder) for side in (one, other))
        if here[1] != there[1]:
            return here, there
    return None


@functools.lru_cache(maxsize=8192)
def steps(text: str) -> frozenset[Step]:
    """The steps that the words of a text stand for."""
    return frozenset(
        (ladder, step, run)
        for run in wording.runs(text)
        for word in (run, *stems(run))
        for ladder, step in _ladders().get(word, ())
    )


@functools.cache
def _ladders() -> Mapping[str, tuple[tuple[int, int], ...]]:
    """For each word its ladders and steps."""
    found: dict[str, list[tuple[int, int]]] = {}
    for ladder, line in enumerate(read_lines("ladders.txt")):
        for step, words in enumerate(line.split(">")):
            for word in words.split():
                found.setdefault(word, []).append((ladder, step))
    return {word: tuple(places) for word, places in found.items()}
