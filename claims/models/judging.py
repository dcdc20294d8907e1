"""What a language model answered about pairs of claims, kept so that nothing is asked twice."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.points import Discrepancy


class JudgeAnswer(models.Model):
    """One answer, known by the hash of all that was asked; it holds no words of any article.

    `key` hashes model, instructions and both claims in context. `why` is empty for an answer that
    counts and says else what was wrong with it. `quotes` are start and end of the words quoted, in
    what was sent of each claim. Belongs to no story: the same words asked again have this answer.
    """

    class Same(models.TextChoices):
        """Whether both claims are about one point."""

        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("Unsure")

    class Why(models.TextChoices):
        """Why an answer does not count."""

        COUNTS = "", _("Counts")
        REFUSED = "refused", _("The model refused or was cut off")
        FORM = "form", _("Not in the form asked for")
        QUOTES = "quotes", _("Quotes what is not there")

    key = models.CharField(max_length=64, unique=True)
    model = models.CharField(_("model"), max_length=200)
    why = models.CharField(_("why not"), max_length=10, choices=Why, blank=True)
    same = models.CharField(_("same point"), max_length=6, choices=Same)
    relation = models.CharField(_("relation"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Discrepancy.Kind, blank=True)
    quotes = models.JSONField(default=list)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, db_index=True)

    class Meta:
        """Newest first."""

        verbose_name = _("answer of a model")
        verbose_name_plural = _("answers of models")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(same__in=["yes", "no", "unsure"]),
                name="judge_answer_same_known",
            ),
            models.CheckConstraint(
                condition=models.Q(why__in=["", "refused", "form", "quotes"]),
                name="judge_answer_why_known",
            ),
            models.CheckConstraint(
                condition=models.Q(why="") | models.Q(same="unsure", relation="", kind=""),
                name="judge_answer_counts_or_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.why or self.same}"
