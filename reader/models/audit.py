"""What happened, as it was known at the time."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.people import User
from reader.models.stories import Story


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Sets of entries, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The entries of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        return self.filter(story__desk__memberships__user=user)  # see StoryQuerySet


class AuditEntry(models.Model):
    """One thing that happened to one object. Append-only; outlives the people in it.

    `before` and `after` hold ids, hashes and normal forms, never article text. `object_id` is no
    foreign key, so that an entry outlives its object.
    """

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    act_id = models.UUIDField(_("act"), db_index=True)
    action = models.CharField(_("action"), max_length=80)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    story = models.ForeignKey(
        Story, null=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(_("who"), max_length=150)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
