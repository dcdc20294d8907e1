"""What one article says in one place."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, DecimalRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import ArticleVersion, Story, User


class MadeBy(models.TextChoices):
    """Who set a thing. The engine never overwrites what a person set."""

    ENGINE = "engine", _("Engine")
    PERSON = "person", _("Person")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Sets of claims, by who asks and by what is shown."""

    def visible_to(self, user: User) -> Self:
        """The claims of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories and all below them
        return self.filter(story__desk__memberships__user=user)

    def shown(self) -> Self:
        """Claims that stand: neither rejected by a person nor no longer found."""
        return self.exclude(status__in=[Claim.Status.REJECTED, Claim.Status.WITHDRAWN])

    def anchored(self) -> Self:
        """Claims whose place is sure, so that they may support a flag."""
        return self.filter(anchor_state__in=[Claim.AnchorState.EXACT, Claim.AnchorState.MOVED])


class Claim(models.Model):
    """A span of an article version with the reading of what it says.

    `start` and `end` are code points into the version's text, end exclusive; `exact` is that text.
    `reading` is the engine's, `overrides` a person's, field by field; `effective` is what counts.
    `reading_kind` and `slot` (where the principal value stands) let a re-run find the claim again,
    with the span as the engine found it.
    The columns from `unit` to `response_act` mirror the principal value for search and are made by
    `claims.stored_reading.mirror_columns` only.
    """

    class Status(models.TextChoices):
        """What people made of it; withdrawn: the engine no longer finds it."""

        SUGGESTED = "suggested", _("Suggested")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class AnchorState(models.TextChoices):
        """How sure the place is. Changed and orphan wait for a person and support no flag."""

        EXACT = "exact", _("Exact")
        MOVED = "moved", _("Moved")
        CHANGED = "changed", _("Changed")
        ORPHAN = "orphan", _("Orphan")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="claims")
    # the composite keys (article_version, story) and (point, story) stand for the plain ones
    article_version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="claims", db_constraint=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    # where the engine found it, once a person has moved its span; a re-run knows it again by this
    found_start = models.PositiveIntegerField(null=True, editable=False)
    found_end = models.PositiveIntegerField(null=True, editable=False)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUGGESTED)
    # the status that a withdrawn claim held, so that it comes back as it went
    status_before = models.CharField(max_length=10, choices=Status, blank=True, editable=False)
    anchor_state = models.CharField(
        _("anchor"), max_length=8, choices=AnchorState, default=AnchorState.EXACT
    )
    # where it may stand in the report's newest text, for a person to say; a changed claim only
    proposed_start = models.PositiveIntegerField(null=True, editable=False)
    proposed_end = models.PositiveIntegerField(null=True, editable=False)
    made_by = models.CharField(_("made by"), max_length=8, choices=MadeBy, default=MadeBy.ENGINE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reading = models.JSONField(default=dict)
    overrides = models.JSONField(default=dict)
    reading_kind = models.CharField(max_length=16, blank=True)
    slot = models.PositiveIntegerField(default=0)
    point = models.ForeignKey(
        "claims.Point",
        null=True,
        on_delete=models.PROTECT,
        related_name="claims",
        db_constraint=False,
    )
    # who put the claim into its point, or took it out of one
    point_by = models.CharField(max_length=8, choices=MadeBy, default=MadeBy.ENGINE)
    row_version = models.PositiveIntegerField(default=1)

    unit = models.CharField(max_length=120, blank=True, editable=False)
    whose = models.CharField(max_length=120, blank=True, editable=False)
    amount = DecimalRangeField(null=True, editable=False)
    as_of = DateRangeField(null=True, editable=False)
    certainty = models.CharField(max_length=12, blank=True, editable=False)
    response_act = models.CharField(max_length=12, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    if TYPE_CHECKING:
        story_id: int
        article_version_id: int
        point_id: int | None

    class Meta:
        """A span is never empty; its length is that of its text (empty once erased)."""

        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering: ClassVar = ["article_version", "start", "end", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["story", "unit"], name="claim_story_unit"),
            models.Index(
                fields=["story", "anchor_state"],
                condition=models.Q(anchor_state__in=["changed", "orphan"]),
                name="claim_waiting",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="claim_span_not_empty"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["suggested", "accepted", "rejected", "withdrawn"]),
                name="claim_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(anchor_state__in=["exact", "moved", "changed", "orphan"]),
                name="claim_anchor_known",
            ),
            models.CheckConstraint(
                condition=models.Q(made_by="engine", author__isnull=True)
                | models.Q(made_by="person", author__isnull=False),
                name="claim_author_if_person",
            ),
            models.CheckConstraint(
                condition=models.Q(found_start__isnull=True, found_end__isnull=True)
                | models.Q(found_start__isnull=False, found_end__isnull=False),
                name="claim_found_span_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_start__isnull=True, proposed_end__isnull=True)
                | models.Q(
                    anchor_state="changed",
                    proposed_start__isnull=False,
                    proposed_start__lt=models.F("proposed_end"),
                ),
                name="claim_proposed_if_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_version_id}[{self.start}:{self.end}]"

    @property
    def found_span(self) -> tuple[int, int]:
        """Where the engine found the claim, wherever a person has moved it since."""
        if self.found_start is None or self.found_end is None:
            return self.start, self.end
        return self.found_start, self.found_end

    @property
    def effective(self) -> Mapping[str, object]:
        """What is shown and compared: the engine's reading with a person's fields on top."""
        return {**self.reading, **self.overrides}
