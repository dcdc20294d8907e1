"""A desk's own draft, held against the reports of a story. It is its writer's alone."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Story


class Draft(models.Model):
    """The text that one person is writing on a story: no report, and never counted as one.

    Nobody else sees it, no export or search knows it, and no audit entry holds its words. `text`
    and `blocks` are cleaned as a report's are, but a headline, which is `title` too, stays in the
    text as its first block, for it is checked as well. `findings` holds what the last check found,
    with ids and normal forms of the reports' claims and none of their words. `checked_revision` is
    the story's revision that the check knew; NULL while it waits. `error` says in one word why a
    check failed. `incoming` is what was pasted or sent until the worker has read it, which may
    never be: then it stays, so that nothing typed is lost; `incoming_kind` is what it is to be read
    as.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    blocks = models.JSONField(default=list)
    incoming = models.BinaryField(null=True)
    incoming_kind = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(default=list)
    checked_revision = models.PositiveBigIntegerField(null=True, editable=False)
    error = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    row_version = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        story_id: int
        person_id: int

    class Meta:
        """One draft of a person in a story."""

        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "person"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}: {self.person_id}"
