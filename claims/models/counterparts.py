"""Pairs of claims that may answer one question, and what people said of them."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.points import Discrepancy
from reader.models import Story, User


class CounterpartQuerySet(models.QuerySet["Counterpart"]):
    """Sets of pairs, by who asks and by what people said."""

    def visible_to(self, user: User) -> Self:
        """The pairs of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories and all below them
        return self.filter(story__desk__memberships__user=user)

    def shown(self) -> Self:
        """Pairs that are in doubt, or that a person decided on."""
        return self.exclude(status=Counterpart.Status.SUPERSEDED)

    def told(self) -> Self:
        """Pairs of which a person said whether they are about the same."""
        return self.filter(status__in=[Counterpart.Status.JOINED, Counterpart.Status.KEPT_APART])


class Counterpart(models.Model):
    """Two claims of two reports that are perhaps about the same point. Never a flag.

    Too near to be passed over, too unlike to be matched.
    `claim` is the one with the smaller id. `score` is the engine's, of use only to rank pairs of
    one story. Where the rules would flag a difference if both were one point, `kind` to `evidence`
    say which, as in a discrepancy; `kind` is empty where they would not. A pair that no person
    decided on goes as soon as the engine no longer finds it; a decided one stays.
    """

    class Status(models.TextChoices):
        """What people made of it; superseded: undone, and the engine no longer finds it."""

        OPEN = "open", _("Open")
        JOINED = "joined", _("The same point")
        KEPT_APART = "kept_apart", _("Kept apart")
        SUPERSEDED = "superseded", _("No longer found")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="counterparts")
    # composite keys with the story stand for the plain ones
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="counterparts", db_constraint=False
    )
    other = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="counterparts_before", db_constraint=False
    )
    score = models.FloatField(_("score"))
    kind = models.CharField(_("kind"), max_length=12, choices=Discrepancy.Kind, blank=True)
    severity = models.CharField(
        _("severity"), max_length=6, choices=Discrepancy.Severity, blank=True
    )
    judge = models.CharField(_("judge"), max_length=60, blank=True)
    rule = models.CharField(_("rule"), max_length=80, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    evidence = models.JSONField(default=dict)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    row_version = models.PositiveIntegerField(default=1)

    objects = CounterpartQuerySet.as_manager()

    if TYPE_CHECKING:
        story_id: int
        claim_id: int
        other_id: int

    class Meta:
        """A pair once, whichever way round."""

        verbose_name = _("pair in doubt")
        verbose_name_plural = _("pairs in doubt")
        ordering: ClassVar = ["story", "-score", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "other"], name="counterpart_pair_once"),
            models.CheckConstraint(
                condition=models.Q(claim__lt=models.F("other")), name="counterpart_smaller_first"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "joined", "kept_apart", "superseded"]),
                name="counterpart_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}, {self.other_id}"
