"""What came in, untouched, and what waits for a person's confirmation."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.stories import Story

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class RawDocument(models.Model):
    """The bytes as they came in. Stands above stories; never changes (erasure empties it)."""

    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(_("content type"), max_length=100)
    where_from = models.CharField(_("where from"), max_length=2000, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        """Names for people."""

        verbose_name = _("raw document")
        verbose_name_plural = _("raw documents")

    def __str__(self) -> str:
        return self.where_from or self.sha256[:12]


class ImportBatch(models.Model):
    """One act of importing: who, how, into which story.

    A story that is to be made with the import is not there before a person confirms it.
    """

    class How(models.TextChoices):
        """The way in."""

        PASTE = "paste", _("Paste")
        UPLOAD = "upload", _("Upload")
        COMMAND = "command", _("Command")

    story = models.ForeignKey(
        Story, null=True, on_delete=models.PROTECT, related_name="import_batches"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(_("how"), max_length=8, choices=How)

    if TYPE_CHECKING:
        items: RelatedManager["ImportItem"]

    class Meta:
        """Names for people."""

        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.how} {self.made_at:%Y-%m-%d %H:%M}"


class ImportItem(models.Model):
    """One thing between upload and confirmation, and what became of it.

    `proposed` holds what the person may still correct (see `services.previews.Proposal`); `text`,
    `blocks` and `body_html` are the cleaned text that the preview showed. They are emptied when the
    item is done or has expired.
    """

    class Status(models.TextChoices):
        """From reading to the end."""

        READING = "reading", _("Being read")
        WAITING = "waiting", _("Waiting for you")
        CREATED = "created", _("New report")
        VERSION = "version", _("New version")
        DUPLICATE = "duplicate", _("Already here")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("Expired")
        DISCARDED = "discarded", _("Discarded")

    story = models.ForeignKey(Story, null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="items")
    raw_document = models.ForeignKey(
        RawDocument, null=True, on_delete=models.PROTECT, related_name="import_items"
    )
    name = models.CharField(_("name"), max_length=2000, blank=True)
    proposed = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    blocks = models.JSONField(default=list)
    body_html = models.TextField(blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READING)
    error = models.CharField(_("error"), max_length=500, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    article = models.ForeignKey(
        "reader.Article", null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        "reader.ArticleVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Names for people."""

        verbose_name = _("import item")
        verbose_name_plural = _("import items")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(story__isnull=False)
                | ~models.Q(status__in=["created", "version", "duplicate"]),
                name="import_item_done_has_story",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"
