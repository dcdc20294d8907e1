"""What a newsroom or a caller may set about a comparison; all else follows from the texts."""

from dataclasses import dataclass

from claims.engine.gazetteer import Alias
from claims.engine.judges import Judge
from claims.engine.speakers import HOLDING_DAYS
from claims.engine.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to compare.

    `holding_days`: how long a stock figure stands until its speaker gives another. `weights`: how
    pairs of claims are weighed; None for the weights that come with the engine. `rules_off`: rules
    that flag nothing, by name. `aliases`: names of actors beside those that the engine knows.
    `judge`: who is asked where rules and scores are unsure; None for nobody.
    """

    holding_days: int = HOLDING_DAYS
    weights: Weights | None = None
    rules_off: frozenset[str] = frozenset()
    aliases: frozenset[Alias] = frozenset()
    judge: Judge | None = None


DEFAULT = Settings()
