"""Where the upper app learns of changed texts and corrections, inside the changing transaction."""

from typing import Any

from django.dispatch import receiver

from claims import tasks
from claims.signals import claims_corrected
from reader.signals import article_version_added, story_texts_changed


@receiver([article_version_added, story_texts_changed, claims_corrected])
def compare_again(sender: Any, story_id: int, **kwargs: Any) -> None:
    """Other texts or readings may agree and differ elsewhere: compare once all is saved."""
    tasks.queue_comparison(story_id)
