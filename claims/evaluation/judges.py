"""The judges apart: what each makes of the same stories, beside rules and scores alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from claims.engine.judges import Judge
from claims.engine.vectors import Encoder
from claims.evaluation.corpus import LabelledStory
from claims.evaluation.label_judge import LabelJudge
from claims.evaluation.scoring import Scorecard, added_up, evaluate
from claims.evaluation.tables import row

JudgeOf = Callable[[LabelledStory], Judge | None]
# What a judge can change: readings are the same whoever is asked.
STAGES = (
    "matching, pairs",
    "matching, B-cubed",
    "verdicts",
    "flags, quiet",
    "flags, quiet, serious",
    "flags, thorough",
    "flags, thorough, serious",
)
RULES, LABELS = "rules", "labels"
ALWAYS: Mapping[str, JudgeOf] = {RULES: lambda story: None, LABELS: LabelJudge}


def score_judges(
    stories: Iterable[LabelledStory], encoder: Encoder | None, judges: Mapping[str, JudgeOf]
) -> list[Scorecard]:
    """A card for each judge on the open stories, and one on those that are only scored."""
    cards = []
    known = list(stories)
    for name, judge_of in judges.items():
        results = [evaluate(story, encoder, judge_of(story)) for story in known]
        for scored in sorted({story.scored for story in known}):
            title = f"{name}, {'scored' if scored else 'open'} stories"
            cards.append(added_up(results, title, scored=scored))
    return cards


def as_text(cards: Sequence[Scorecard]) -> str:
    """The cards one below the other."""
    heads = ("stage", "right", "found", "wanted", "precision", "recall", "F1")
    parts = []
    for card in cards:
        rows = [heads, *(row(stage, card.stages[stage]) for stage in STAGES)]
        widths = [max(len(cells[at]) for cells in rows) for at in range(len(heads))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
            for cells in rows
        ]
        parts.append("\n".join([card.name, *lines]))
    return "\n\n".join(parts) + "\n"
