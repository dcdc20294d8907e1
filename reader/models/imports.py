"""What is being imported: one batch for each act, one item for each report that may come of it."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.documents import RawDocument
from reader.models.people import Desk, User
from reader.models.stories import Story

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """Sets of imports, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The imports of the desks on which the person is an admin now."""
        if not user.is_active:
            return self.none()
        return self.filter(desk__memberships__user=user, desk__memberships__role="admin")


class ImportBatch(models.Model):
    """One act of importing: who, how, into which story.

    A story that is to be made with the import (`new_story` is its title) is not there before
    something is stored in it. `said` holds the facts that were typed for all its reports, `mapping`
    which column of a table holds what.
    """

    class How(models.TextChoices):
        """The way in."""

        PASTE = "paste", _("Paste")
        UPLOAD = "upload", _("Files")
        ADDRESS = "address", _("Addresses")
        TABLE = "table", _("Table")
        FEED = "feed", _("Feed")
        COMMAND = "command", _("Command")

    class State(models.TextChoices):
        """From what came in to the last report stored. Only a waiting one can be confirmed."""

        MAPPING = "mapping", _("Waiting for its columns")
        READING = "reading", _("Being read")
        WAITING = "waiting", _("Waiting for you")
        STORING = "storing", _("Being stored")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="import_batches")
    story = models.ForeignKey(
        Story, null=True, on_delete=models.PROTECT, related_name="import_batches"
    )
    new_story = models.CharField(_("new story"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(_("how"), max_length=8, choices=How)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    said = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    if TYPE_CHECKING:
        items: RelatedManager["ImportItem"]
        containers: RelatedManager["ImportContainer"]
        desk_id: int
        story_id: int | None

    class Meta:
        """Names for people."""

        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["mapping", "reading", "waiting", "storing", "done", "cancelled"]
                ),
                name="import_batch_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.made_at:%Y-%m-%d %H:%M}"


class ImportContainer(models.Model):
    """An archive or a table that came in, kept until its parts are documents of their own.

    Its hash stays, and each part's document names it, so that what came can be told later.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="containers")
    name = models.CharField(_("name"), max_length=2000, blank=True)
    content = models.BinaryField(_("bytes"))
    content_type = models.CharField(_("content type"), max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        """Names for people."""

        verbose_name = _("archive or table")
        verbose_name_plural = _("archives and tables")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(emptied_at__isnull=True) | models.Q(content=b""),
                name="import_container_emptied",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class ImportItem(models.Model):
    """One thing on its way from what came in to a report, and what became of it.

    `name` says what it is (a file's name, an address), `part` its place in an archive or table;
    `address` is where it is to be fetched from, if anywhere. `proposed` holds what the person may
    still correct (see `services.proposals.Proposal`); `text`, `blocks` and `body_html` are the
    cleaned text that the preview shows, `original` the visible text of what came in and `cuts` the
    spans of it that were left out ([start, end) in code points). All of these are emptied when the
    item is done or has expired. `planned` says what confirming it will do, `reason` why it is
    skipped or has failed, as a code that `import_words` puts into words; `warnings` are codes too.
    """

    class Status(models.TextChoices):
        """From reading to the end. A failed one can be tried again or mended."""

        READING = "reading", _("Being read")
        WAITING = "waiting", _("Waiting for you")
        CONFIRMED = "confirmed", _("To be stored")
        CREATED = "created", _("New report")
        VERSION = "version", _("New version")
        DUPLICATE = "duplicate", _("Already here")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("Expired")
        DISCARDED = "discarded", _("Discarded")
        CANCELLED = "cancelled", _("Cancelled")

    class Planned(models.TextChoices):
        """What confirming the item will do."""

        CREATE = "create", _("New report")
        RENEW = "renew", _("New version")
        SKIP = "skip", _("Already here")

    story = models.ForeignKey(Story, null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(default=0)
    raw_document = models.ForeignKey(
        RawDocument, null=True, on_delete=models.PROTECT, related_name="import_items"
    )
    name = models.CharField(_("name"), max_length=2000, blank=True)
    part = models.CharField(_("part"), max_length=2000, blank=True)
    address = models.CharField(_("address"), max_length=2000, blank=True)
    proposed = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    blocks = models.JSONField(default=list)
    body_html = models.TextField(blank=True)
    original = models.TextField(blank=True)
    cuts = models.JSONField(default=list)
    planned = models.CharField(_("planned"), max_length=6, choices=Planned, blank=True)
    renews = models.ForeignKey(
        "reader.Article", null=True, on_delete=models.PROTECT, related_name="+"
    )
    warnings = models.JSONField(default=list)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.READING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    article = models.ForeignKey(
        "reader.Article", null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        "reader.ArticleVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    if TYPE_CHECKING:
        batch_id: int
        story_id: int | None
        article_id: int | None
        raw_document_id: int | None

    class Meta:
        """Names for people."""

        verbose_name = _("import item")
        verbose_name_plural = _("import items")
        ordering: ClassVar = ["batch", "position", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["batch", "status"], name="import_item_by_status"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(story__isnull=False)
                | ~models.Q(status__in=["created", "version", "duplicate"]),
                name="import_item_done_has_story",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"


class ColumnMapping(models.Model):
    """Which column of a table holds what, remembered by desk for tables with the same heads."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="column_mappings")
    heads_sha256 = models.CharField(max_length=64)
    heads = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One mapping for each set of heads."""

        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "heads_sha256"], name="column_mapping_once"),
        ]

    def __str__(self) -> str:
        return ", ".join(str(head) for head in self.heads)
