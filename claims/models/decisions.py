"""What people decided."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.counterparts import Counterpart
from claims.models.points import Discrepancy, Point
from reader.models import Story, User


def _exactly_one(*keys: str) -> Q:
    """That one of the keys is set and the others are not."""
    condition = Q()
    for chosen in keys:
        condition |= Q(**{f"{key}__isnull": key != chosen for key in keys})
    return condition


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Sets of decisions, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The decisions of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories and all below them
        return self.filter(story__desk__memberships__user=user)


class Decision(models.Model):
    """What a person decided about one claim, point, discrepancy or pair in doubt. Append-only.

    `values` holds the keys and normal forms that were decided on. An undo is a decision that
    reverses the one in `undoes`.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="decisions")
    # composite keys with the story stand for the plain ones
    discrepancy = models.ForeignKey(
        Discrepancy,
        null=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        db_constraint=False,
    )
    point = models.ForeignKey(
        Point, null=True, on_delete=models.PROTECT, related_name="decisions", db_constraint=False
    )
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.PROTECT, related_name="decisions", db_constraint=False
    )
    counterpart = models.ForeignKey(
        Counterpart,
        null=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        db_constraint=False,
    )
    action = models.CharField(_("action"), max_length=40)
    old_status = models.CharField(_("old status"), max_length=12, blank=True)
    new_status = models.CharField(_("new status"), max_length=12, blank=True)
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)
    values = models.JSONField(default=dict)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    undoes = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
        db_constraint=False,
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        """About exactly one thing; undone once at most."""

        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_exactly_one("discrepancy", "point", "claim", "counterpart"),
                name="decision_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.old_status} > {self.new_status}"
