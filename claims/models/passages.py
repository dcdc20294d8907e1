"""What two reports of a story share word for word."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import ArticleVersion, Story


class SharedPassage(models.Model):
    """A stretch of one text that stands in another, but for small edits; offsets in code points.

    Made by the comparison from the texts alone and replaced by the next one. `words` are those
    that are the same. `one_origin`: the two texts as wholes count as one origin.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="passages")
    # composite keys with the story stand for the plain ones
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    other = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    other_start = models.PositiveIntegerField()
    other_end = models.PositiveIntegerField()
    words = models.PositiveIntegerField(_("words"))
    one_origin = models.BooleanField(_("one origin"), default=False)

    if TYPE_CHECKING:
        story_id: int
        version_id: int
        other_id: int

    class Meta:
        """Two different texts, and stretches that are not empty."""

        verbose_name = _("shared passage")
        verbose_name_plural = _("shared passages")
        ordering: ClassVar = ["story", "version", "other", "start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(version=models.F("other")), name="passage_in_two_texts"
            ),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end"))
                & models.Q(other_start__lt=models.F("other_end")),
                name="passage_is_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.start}-{self.end}"
