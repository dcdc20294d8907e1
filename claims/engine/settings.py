"""What a newsroom or a caller may set about a comparison; all else follows from the texts."""

from dataclasses import dataclass

from claims.engine.speakers import HOLDING_DAYS


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to compare.

    `holding_days`: how long a stock figure stands until its speaker gives another.
    """

    holding_days: int = HOLDING_DAYS


DEFAULT = Settings()
