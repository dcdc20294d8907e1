"""One source of a sentence, with the words that name it and the stretch that it answers for."""

from dataclasses import dataclass

from claims.engine.memory import Named
from claims.engine.readings import Span

OUTER, MAIN, INNER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Saying:
    """One source: `own` are its words and its cue; `rank` orders those of equal scope."""

    named: Named
    at: Span
    cue: str
    own: Span
    scope: Span
    rank: int
    stem: str
