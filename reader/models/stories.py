"""The events and running subjects that several sources report."""

from typing import TYPE_CHECKING, ClassVar, Literal, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.people import Desk, User

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from reader.models.articles import Article

ComparisonState = Literal["empty", "pending", "failed", "ready"]


class StoryQuerySet(models.QuerySet["Story"]):
    """Sets of stories, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The stories of the desks on which the person has a role."""
        if not user.is_active:
            return self.none()
        # members see their desk's stories; being a superuser opens the admin, not another desk
        return self.filter(desk__memberships__user=user)

    def bump(self, **changes: object) -> int:
        """Note that something below the stories changed, in the transaction that changes it."""
        return self.update(revision=models.F("revision") + 1, changed_at=timezone.now(), **changes)


class Story(models.Model):
    """An event that several sources report.

    `revision` grows with every change below the story. `texts_revision` grows when the compared
    texts change, `compared_revision` is the one last compared (or tried, then `compare_error`
    says in one word why it failed; `compare_note` says in words of its own, parted by blanks, what
    a finished one had to do without).
    `origins` counts the independent texts among the reports then compared; 0 before the first
    comparison.
    """

    class Status(models.TextChoices):
        """A closed story is never regrouped."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="stories")
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    texts_revision = models.PositiveBigIntegerField(default=0, editable=False)
    compared_revision = models.PositiveBigIntegerField(default=0, editable=False)
    origins = models.PositiveIntegerField(default=0, editable=False)
    compare_error = models.CharField(max_length=200, blank=True, editable=False)
    compare_note = models.CharField(max_length=1000, blank=True, editable=False)

    objects = StoryQuerySet.as_manager()

    if TYPE_CHECKING:
        articles: RelatedManager["Article"]

    class Meta:
        """Newest work first."""

        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "closed"]), name="story_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(compared_revision__lte=models.F("texts_revision")),
                name="story_compared_not_ahead",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address of the side-by-side page."""
        return reverse("claims:compare", kwargs={"slug": self.slug})

    @property
    def comparison_state(self) -> ComparisonState:
        """Whether the points shown belong to the present texts.

        `empty`: no text was ever compared or waits to be. `pending`: a comparison waits or runs.
        `failed`: the last one could not be finished, and what is shown may be older.
        """
        if self.texts_revision == 0:
            return "empty"
        if self.compared_revision < self.texts_revision:
            return "pending"
        return "failed" if self.compare_error else "ready"
