"""Where the upper app learns of changed texts, inside the transaction that changes them."""

from typing import Any

from django.dispatch import receiver

from claims import tasks
from reader.signals import article_version_added, story_texts_changed


@receiver([article_version_added, story_texts_changed])
def compare_again(sender: Any, story_id: int, **kwargs: Any) -> None:
    """Other texts may agree and differ elsewhere: compare the story once they are saved."""
    tasks.queue_comparison(story_id)
