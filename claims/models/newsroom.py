"""What a newsroom sets about comparing: rules that are switched off, and names of its own."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models import Desk

MAX_NAME = 80


class RuleSwitch(models.Model):
    """Whether a rule may flag in a desk's stories; a rule without a row is on.

    `reason` is why it was switched last, in the person's own words.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="rule_switches")
    rule = models.CharField(_("rule"), max_length=80)
    on = models.BooleanField(_("on"), default=True)
    reason = models.CharField(_("reason"), max_length=300)
    switched_at = models.DateTimeField(_("switched at"), default=timezone.now)

    if TYPE_CHECKING:
        desk_id: int

    class Meta:
        """One switch for a desk and a rule."""

        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering: ClassVar = ["desk", "rule"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "rule"], name="rule_switch_once"),
        ]

    def __str__(self) -> str:
        return self.rule


class Alias(models.Model):
    """Another name for an actor, which holds in a desk's stories alone.

    `folded` is the name as the engine looks it up; the same one twice would be one name of two.
    """

    class Kind(models.TextChoices):
        """What is named."""

        INSTITUTION = "institution", _("A body, or a house, palace or place that stands for one")
        NATION = "nation", _("A country, as land too")
        AGENCY = "agency", _("A news agency or outlet")
        DOCUMENT = "document", _("A document")

    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="aliases", verbose_name=_("desk")
    )
    name = models.CharField(
        _("name"), max_length=MAX_NAME, help_text=_("As reports write it, without “the”.")
    )
    folded = models.CharField(max_length=2 * MAX_NAME, editable=False)
    canonical = models.CharField(
        _("stands for"),
        max_length=MAX_NAME,
        help_text=_(
            "Any name of an actor that Parallax knows, such as a country, or the full name of a "
            "body that it does not know."
        ),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INSTITUTION)
    note = models.CharField(_("note"), max_length=300, blank=True)

    if TYPE_CHECKING:
        desk_id: int

    class Meta:
        """A name once on a desk."""

        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering: ClassVar = ["desk", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "folded"], name="alias_name_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["institution", "nation", "agency", "document"]),
                name="alias_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
