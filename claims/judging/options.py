"""What the operator has set about the model: where it is, and what asking it may cost."""

from dataclasses import dataclass

from django.conf import settings

NAME_LENGTH = 60  # of the name that flags carry; of a longer one the end tells more


@dataclass(frozen=True, kw_only=True)
class Options:
    """Where the model is and how much it is asked.

    `address` is that of chat completions; `timeout` is for one answer and `most_seconds` for all
    of one comparison, both in seconds; `most_pairs` are asked in one comparison and `daily` in one
    day (UTC), by all workers together; `at_once` are asked at the same time. `unpublished`: drafts
    and embargoed reports may be sent too.
    """

    address: str
    model: str
    key: str
    timeout: int
    most_pairs: int
    most_seconds: int
    daily: int
    at_once: int
    unpublished: bool

    @property
    def name(self) -> str:
        """What flags that rest on the model name it by."""
        return self.model[-NAME_LENGTH:]


def configured() -> Options | None:
    """The operator's model; None, which is how Parallax comes, for none."""
    if not settings.JUDGE_URL:
        return None
    return Options(
        address=f"{settings.JUDGE_URL}/v1/chat/completions",
        model=settings.JUDGE_MODEL,
        key=settings.JUDGE_KEY,
        timeout=settings.JUDGE_TIMEOUT,
        most_pairs=settings.JUDGE_MAX_PAIRS,
        most_seconds=settings.JUDGE_MAX_SECONDS,
        daily=settings.JUDGE_DAILY_LIMIT,
        at_once=settings.JUDGE_AT_ONCE,
        unpublished=settings.JUDGE_ALLOW_UNPUBLISHED,
    )
