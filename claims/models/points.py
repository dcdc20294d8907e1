"""The questions that matched claims answer, and the typed conflicts inside them."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim, MadeBy
from reader.models import Story, User

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Verdict(models.TextChoices):
    """How the claims of a point relate, in the order in which a mixed point takes them."""

    CONFLICT = "conflict", _("Conflict")
    UPDATED = "updated", _("Updated")
    DIFFERENT_QUESTION = "different_question", _("Different question")
    REFINED = "refined", _("Refined")
    AGREE = "agree", _("Agree")
    SINGLE_SOURCE = "single_source", _("Single source")


class PointQuerySet(models.QuerySet["Point"]):
    """Sets of points, by who asks and by what is shown."""

    def visible_to(self, user: User) -> Self:
        """The points of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories and all below them
        return self.filter(story__desk__memberships__user=user)

    def shown(self) -> Self:
        """Points that still have claims."""
        return self.exclude(status=Point.Status.RETIRED)


class Point(models.Model):
    """A point of comparison. Keeps its id over re-runs; an emptied one is retired.

    `origins` counts the independent texts among its reports: wire copy counts once. `label_by`
    says who named it: a person's label is not overwritten.
    """

    class Status(models.TextChoices):
        """Closed by an editor, or retired because no claim is left."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        RETIRED = "retired", _("Retired")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="points")
    label = models.CharField(_("label"), max_length=300)
    label_by = models.CharField(max_length=8, choices=MadeBy, default=MadeBy.ENGINE)
    made_by = models.CharField(max_length=8, choices=MadeBy, default=MadeBy.ENGINE)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    also = ArrayField(models.CharField(max_length=20, choices=Verdict), default=list, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    position = models.PositiveIntegerField(_("position"), default=0)
    origins = models.PositiveIntegerField(_("origins"), default=1)
    row_version = models.PositiveIntegerField(default=1)

    objects = PointQuerySet.as_manager()

    if TYPE_CHECKING:
        story_id: int
        claims: RelatedManager[Claim]
        discrepancies: RelatedManager["Discrepancy"]

    class Meta:
        """In the order of the list of points."""

        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering: ClassVar = ["story", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "closed", "retired"]),
                name="point_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="point_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    """Sets of discrepancies, by who asks and by what is shown."""

    def visible_to(self, user: User) -> Self:
        """The discrepancies of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories and all below them
        return self.filter(story__desk__memberships__user=user)

    def flags(self) -> Self:
        """Those that quiet mode shows: suggestions only where a person confirmed them."""
        return self.filter(
            models.Q(suggestion=False) | models.Q(status=Discrepancy.Status.CONFIRMED)
        )

    def found(self) -> Self:
        """Discrepancies that the last comparison found, whatever people decided."""
        return self.exclude(status__in=[Discrepancy.Status.SUPERSEDED, Discrepancy.Status.SETTLED])

    def unsettled(self) -> Self:
        """Open flags, which wait for a decision."""
        return self.filter(status=Discrepancy.Status.OPEN)


class Discrepancy(models.Model):
    """A typed difference inside a point, between articles or within one.

    `natural_key` hashes point, kind, rule and claims: what it is. `values_key` hashes the normal
    forms it rests on: what was decided on. `evidence` holds ids and normal forms, no article text.
    `status_before` is the status that a superseded or settled one held, so that it comes back as it
    went.
    `suggestion` marks what only thorough mode shows until a person confirms it. `found_at`: when a
    comparison first found it. `settlement` says which new text settled it: the version, and the
    normal forms before and after (see `services.settling`); empty for all others.
    """

    class Kind(models.TextChoices):
        """What differs."""

        QUANTITY = "quantity", _("Quantity")
        DATE = "date", _("Date")
        ATTRIBUTION = "attribution", _("Attribution")
        RESPONSE = "response", _("Response")
        CERTAINTY = "certainty", _("Certainty")
        ACTOR = "actor", _("Actor")
        DESCRIPTION = "description", _("Description")
        PLACE = "place", _("Place")

    class Severity(models.TextChoices):
        """How much it matters; the rules are in docs/engine.md."""

        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    class Status(models.TextChoices):
        """What people made of it; superseded: the engine no longer finds it."""

        OPEN = "open", _("Open")
        CONFIRMED = "confirmed", _("Confirmed")
        DISMISSED = "dismissed", _("Dismissed")
        SETTLED = "settled", _("Settled")
        SUPERSEDED = "superseded", _("Superseded")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="discrepancies")
    # the composite key (point, story) stands for the plain one
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="discrepancies", db_constraint=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    within_article = models.BooleanField(_("within one article"), default=False)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    confidence = models.CharField(_("confidence"), max_length=20, blank=True)
    judge = models.CharField(_("judge"), max_length=60, default="rules")
    rule = models.CharField(_("rule"), max_length=80)
    explanation = models.TextField(_("explanation"), blank=True)
    evidence = models.JSONField(default=dict)
    suggestion = models.BooleanField(_("suggestion"), default=False)
    natural_key = models.CharField(max_length=64)
    values_key = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    status_before = models.CharField(max_length=10, choices=Status, blank=True, editable=False)
    row_version = models.PositiveIntegerField(default=1)
    settlement = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found at"), default=timezone.now, editable=False)
    claims = models.ManyToManyField(
        Claim, through="claims.DiscrepancyClaim", related_name="discrepancies"
    )

    objects = DiscrepancyQuerySet.as_manager()

    if TYPE_CHECKING:
        story_id: int
        point_id: int
        links: RelatedManager["DiscrepancyClaim"]

    class Meta:
        """One row per natural key."""

        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        ordering: ClassVar = ["story", "point", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story", "natural_key"], name="discrepancy_natural_key_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["open", "confirmed", "dismissed", "settled", "superseded"]
                ),
                name="discrepancy_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rule}"

    @property
    def is_suggestion(self) -> bool:
        """Whether only thorough mode shows it; a person who confirms it stands behind it."""
        return self.suggestion and self.status != self.Status.CONFIRMED


class DiscrepancyClaim(models.Model):
    """That a claim takes part in a discrepancy; both belong to the same point."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    # the composite keys (discrepancy, point) and (claim, point) stand for the plain ones
    discrepancy = models.ForeignKey(
        Discrepancy, on_delete=models.PROTECT, related_name="links", db_constraint=False
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="discrepancy_links", db_constraint=False
    )
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )

    if TYPE_CHECKING:
        discrepancy_id: int
        claim_id: int
        point_id: int

    class Meta:
        """A claim takes part once."""

        verbose_name = _("discrepancy's claim")
        verbose_name_plural = _("discrepancies' claims")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["discrepancy", "claim"], name="discrepancy_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.discrepancy_id}: {self.claim_id}"
