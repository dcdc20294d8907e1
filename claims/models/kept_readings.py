"""What the engine read of a text, kept so that a comparison need not read it again."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import ArticleVersion, Story


class KeptReading(models.Model):
    """Sentences, claims and vectors of one version, as bytes of the engine's own.

    `key` hashes the report as it was read, the names of actors and the engine itself: a row with
    another key is worth nothing. `vectors_key` adds the model's name. Holds words of the text, so
    the database drops it when the text is erased and refuses it afterwards.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    # a composite key with the story stands for the plain one
    version = models.OneToOneField(
        ArticleVersion,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    key = models.CharField(max_length=64)
    body = models.BinaryField(_("claims"))
    vectors_key = models.CharField(max_length=200, blank=True)
    vectors = models.BinaryField(_("vectors"), default=b"")

    if TYPE_CHECKING:
        story_id: int
        version_id: int

    class Meta:
        """One row for each version that is compared."""

        verbose_name = _("kept reading")
        verbose_name_plural = _("kept readings")
        ordering: ClassVar = ["version"]

    def __str__(self) -> str:
        return str(self.version_id)
