"""A comparison with the operator's model beside rules and scores."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from claims.engine.judges import Judge
from claims.engine.readings import Comparison
from claims.judging.asking import Asking, MayLeave
from claims.judging.notebook import Notebook
from claims.judging.options import Options

# Opinions move claims between points, and other points ask other questions; then it settles.
MOST_ROUNDS = 4

Note = Literal["", "judge_failed", "judge_limit", "judge_daily"]
_NOTES: dict[str, Note] = {
    "": "",
    "failed": "judge_failed",
    "limit": "judge_limit",
    "daily": "judge_daily",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Consulted:
    """A comparison with the judge that it rests on, who now knows its answers by heart.

    `note` says in one word why the model was not asked all that was open; mostly empty.
    """

    comparison: Comparison
    judge: Judge
    note: Note


def consult(
    options: Options, relate: Callable[[Judge], Comparison], may_leave: MayLeave
) -> Consulted:
    """Compare, ask what was left open, and compare again with the answers.

    Where the server fails or a limit is reached, rules and scores decide the rest as they do with
    no model. Waits for the server, so never call it inside a transaction.
    """
    notebook, asking = Notebook(options.model, options.name), Asking(options, may_leave)
    comparison = relate(notebook)
    for _ in range(MOST_ROUNDS):
        questions = notebook.open()
        if not questions:
            break
        found = asking.answers(questions)
        notebook.learn(found)
        if found:
            comparison = relate(notebook)
    if asking.ended:
        logger.warning(
            "Compared without all answers of %s (%s); asked %s.",
            options.name,
            asking.ended,
            asking.asked,
        )
    return Consulted(comparison=comparison, judge=notebook, note=_NOTES[asking.ended])
