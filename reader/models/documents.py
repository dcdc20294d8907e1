"""What came in, untouched."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RawDocument(models.Model):
    """The bytes as they came in. Stands above stories; never changes (erasure empties it).

    A file of an archive and a row of a table are documents of their own, so that one can be erased
    without the others; `provenance` names the hash of what they came in, and their place in it.
    For what was fetched it holds the answer: `final_address`, `status`, `etag`, `last_modified`.
    """

    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    provenance = models.JSONField(_("provenance"), default=dict)
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
