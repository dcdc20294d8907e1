"""Where the upper app learns of changed texts and corrections, inside the changing transaction."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from claims import tasks
from claims.services.carrying import carry_claims
from claims.services.drafts import forget_findings
from claims.services.erasing import erase_claims
from claims.signals import claims_corrected
from reader.models import User
from reader.signals import article_erased, article_version_added, story_texts_changed


@receiver(article_version_added)
def carry_along(sender: Any, version_id: int, number: int = 0, **kwargs: Any) -> None:
    """Claims go along to a report's new text in the transaction that stores it."""
    if number != 1:  # a first text has no claims before it
        carry_claims(version_id)


@receiver([article_version_added, story_texts_changed, claims_corrected])
def compare_again(sender: Any, story_id: int, more: bool = False, **kwargs: Any) -> None:
    """Other texts or readings may agree and differ elsewhere: compare once all is saved."""
    if not more:  # the last text of a chunk asks for all of them
        tasks.queue_comparison(story_id)


@receiver(article_erased)
def forget_words(
    sender: Any, story_id: int, version_ids: Sequence[int], person: User, **kwargs: Any
) -> None:
    """A report's words go from its claims in the transaction in which they go from its text."""
    erase_claims(story_id=story_id, version_ids=version_ids, person=person)
    forget_findings(story_id)
