"""The tables of the upper app; import models from here."""

from claims.models.claims import Claim, MadeBy
from claims.models.counterparts import Counterpart
from claims.models.decisions import Decision
from claims.models.drafts import Draft
from claims.models.judging import JudgeAnswer
from claims.models.kept_readings import KeptReading
from claims.models.learning import FittedWeights
from claims.models.newsroom import Alias, RuleSwitch
from claims.models.passages import SharedPassage
from claims.models.points import Discrepancy, DiscrepancyClaim, Point, Verdict

__all__ = [
    "Alias",
    "Claim",
    "Counterpart",
    "Decision",
    "Discrepancy",
    "DiscrepancyClaim",
    "Draft",
    "FittedWeights",
    "JudgeAnswer",
    "KeptReading",
    "MadeBy",
    "Point",
    "RuleSwitch",
    "SharedPassage",
    "Verdict",
]
