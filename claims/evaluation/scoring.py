"""The engine on every story of a corpus: a scorecard each, and one for all of a kind together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from claims.engine import compare, documents, matching
from claims.engine.judges import Judge
from claims.engine.readings import Comparison
from claims.engine.settings import Settings
from claims.engine.vectors import Encoder
from claims.evaluation import pairs
from claims.evaluation.corpus import LabelledStory
from claims.evaluation.flags import JudgedFlag, judge_flags
from claims.evaluation.labels import Difference
from claims.evaluation.stages import Evaluated, best_partners, tallies
from claims.evaluation.tallies import Tally, total


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The tallies of one story, or of several added up, by the name of the stage."""

    name: str
    scored: bool
    stages: Mapping[str, Tally]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One story with its scorecard, its judged flags and the differences that no flag found.

    `given` holds what the rules see between claims that people put side by side.
    """

    story: LabelledStory
    card: Scorecard
    flags: tuple[JudgedFlag, ...]
    missed: tuple[Difference, ...]
    given: pairs.Given


def evaluate(story: LabelledStory, encoder: Encoder | None, judge: Judge | None = None) -> Result:
    """Compare the story's reports in thorough mode and judge what comes out.

    `judge` is asked beside the rules and scores.
    """
    settings = Settings(judge=judge)
    comparison = compare.compare(
        list(story.reports.values()), mode="thorough", encoder=encoder, settings=settings
    )
    evaluated = Evaluated.of(story, comparison)
    stages = tallies(evaluated)
    given = pairs.Given.of(evaluated)
    stages |= pairs.tallies(given)
    stages["best partner"] = best_partners(evaluated, _scores(story, comparison, encoder))
    flags = tuple(judge_flags(story, comparison))
    quiet = [one for one in flags if not one.flag.suggestion]
    missed = (
        one
        for one in story.labels.differences
        if not any(one in flag.differences for flag in quiet)
    )
    card = Scorecard(name=story.slug, scored=story.scored, stages=stages)
    return Result(story=story, card=card, flags=flags, missed=tuple(missed), given=given)


def _scores(
    story: LabelledStory, comparison: Comparison, encoder: Encoder | None
) -> Callable[[str, str], float]:
    """How near two claims are, by their ids; a pair that matching did not list is last."""
    parsed = {report.id: documents.parse(report) for report in story.reports.values()}
    pairs = matching.score(comparison.claims, parsed, encoder).pairs
    return lambda one, other: pairs.get((min(one, other), max(one, other)), float("-inf"))


def added_up(results: Iterable[Result], name: str, *, scored: bool) -> Scorecard:
    """The counts of several stories in one card."""
    cards = [result.card for result in results if result.card.scored == scored]
    stages = {
        stage: total(card.stages[stage] for card in cards)
        for stage in (cards[0].stages if cards else ())
    }
    return Scorecard(name=name, scored=scored, stages=stages)
