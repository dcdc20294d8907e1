"""Outlets and agencies."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """An outlet or agency, shared by all desks."""

    class Kind(models.TextChoices):
        """An agency's copy may appear in many outlets."""

        OUTLET = "outlet", _("Outlet")
        AGENCY = "agency", _("Agency")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OUTLET)
    home_page = models.URLField(_("home page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")

    class Meta:
        """One row per name, whatever its capitals."""

        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="source_name_once")]

    def __str__(self) -> str:
        return self.name
