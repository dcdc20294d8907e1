"""Weights of matching that were fitted with what a desk decided."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models import Desk


class FittedWeights(models.Model):
    """Weights that `manage.py learn` fitted for a desk, with what they were measured to change.

    `numbers` is the readable file of `claims.engine.weights`. `measured` is the table that was
    shown, row by row. None is in use until a person switches it on; at most one of a desk is.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="fitted_weights")
    fitted_at = models.DateTimeField(_("fitted at"), default=timezone.now)
    numbers = models.TextField(_("numbers"))
    measured = models.JSONField(_("measured"), default=list)
    on = models.BooleanField(_("on"), default=False)

    if TYPE_CHECKING:
        desk_id: int

    class Meta:
        """One in use for each desk."""

        verbose_name = _("fitted weights")
        verbose_name_plural = _("fitted weights")
        ordering: ClassVar = ["desk", "-fitted_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["desk"], condition=models.Q(on=True), name="fitted_weights_on_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.fitted_at:%Y-%m-%d %H:%M}"
