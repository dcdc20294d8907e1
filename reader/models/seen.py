"""Which state of a story a person has looked at."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.stories import Story


class StorySeen(models.Model):
    """Until when a person knows a story: what happened in it later is new to them.

    A note for this person alone: not audited, and gone with nothing lost. `seen_at` is UTC,
    `revision` the story's at that moment.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField()

    if TYPE_CHECKING:
        person_id: int
        story_id: int

    class Meta:
        """One row for each person and story."""

        verbose_name = _("story seen")
        verbose_name_plural = _("stories seen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "story"], name="story_seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.story_id} at {self.revision}"
