"""Articles and their immutable versions."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.ingest.times import YEARS
from reader.models.documents import RawDocument
from reader.models.people import User, validate_zone
from reader.models.sources import Source
from reader.models.stories import Story

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def validate_published(value: datetime) -> None:
    """Refuse years that no report has; those at the ends of the calendar fit into no other zone."""
    if value.year not in YEARS:
        raise ValidationError(_("%(year)s is no year of a report."), params={"year": value.year})


class ArticleQuerySet(models.QuerySet["Article"]):
    """Sets of articles, by who asks and by what is shown."""

    def visible_to(self, user: User) -> Self:
        """The articles of the stories that the person may see."""
        if not user.is_active:
            return self.none()
        return self.filter(story__desk__memberships__user=user)  # see StoryQuerySet

    def live(self) -> Self:
        """The articles that are shown: neither drafts nor embargoed nor taken down."""
        return self.filter(status=Article.Status.LIVE)

    def comparable(self) -> Self:
        """The live articles with a text that the engine can read."""
        return self.live().filter(language__startswith="en", current_version__isnull=False)


class Article(models.Model):
    """One source's report in a story.

    `published_at` is UTC; `published_precision` says whether only the day is known, and
    `published_zone` in which zone it was given. `external_key` is the canonical address, else the
    path given; a paste has none (NULL).
    """

    class Precision(models.TextChoices):
        """How much of the published time is known."""

        MINUTE = "minute", _("Minute")
        DAY = "day", _("Day")

    class Status(models.TextChoices):
        """Only live articles are shown and compared."""

        LIVE = "live", _("Live")
        DRAFT = "draft", _("Draft")
        EMBARGOED = "embargoed", _("Embargoed")
        TAKEN_DOWN = "taken_down", _("Taken down")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="articles")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    external_key = models.CharField(max_length=2000, null=True, blank=True)  # noqa: DJ001
    title = models.CharField(_("title"), max_length=500)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), validators=[validate_published])
    published_precision = models.CharField(
        _("precision"), max_length=8, choices=Precision, default=Precision.MINUTE
    )
    published_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_zone]
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.LIVE)
    # why it is not shown, in an admin's words, and when an embargo ends (NULL: not by itself)
    status_note = models.CharField(_("reason"), max_length=300, blank=True)
    embargo_until = models.DateTimeField(_("embargoed until"), null=True)
    # its texts are gone for good; the row stays, so that the report is known when it comes again
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    # the composite key (current_version, article) stands for the plain one
    current_version = models.ForeignKey(
        "reader.ArticleVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    current_sha256 = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    if TYPE_CHECKING:
        versions: RelatedManager["ArticleVersion"]
        source_id: int
        story_id: int
        current_version_id: int | None

    class Meta:
        """One row per report: neither the same address nor the same text twice in a story."""

        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering: ClassVar = ["published_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story", "source", "external_key"], name="article_key_once"
            ),
            models.UniqueConstraint(
                fields=["story", "source", "current_sha256"], name="article_text_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["live", "draft", "embargoed", "taken_down"]),
                name="article_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(published_precision__in=["minute", "day"]),
                name="article_precision_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status="embargoed") | models.Q(embargo_until__isnull=True),
                name="article_embargo_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(status="taken_down"),
                name="article_erased_is_taken_down",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def published_on(self, desk_zone: str) -> date:
        """The calendar day of publication, which relative dates in the text count from.

        In the desk's zone; a report that came with a day only keeps that day, also if the desk has
        moved since.
        """
        day_only = self.published_precision == self.Precision.DAY
        zone = self.published_zone if day_only else desk_zone
        return self.published_at.astimezone(ZoneInfo(zone)).date()


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    """Sets of versions, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The versions of the articles that the person may see."""
        if not user.is_active:
            return self.none()
        return self.filter(story__desk__memberships__user=user)  # see StoryQuerySet


class ArticleVersion(models.Model):
    """One immutable text of an article.

    Offsets are Unicode code points into `text`. `blocks` is a list of objects with kind (heading,
    paragraph, quote, list_item), start, end and links. `body_html` is the cleaned markup and may be
    cleaned again; text, blocks and hash never change, except that an erasure empties them. `change`
    says how much differs from the version before; `found_in` where each fact about the report was
    found (a page's JSON-LD, its byline, a table's column, typed by a person), by the fact's name.
    `words` and `extent` (see `reader.versions.Extent`) are counted once, when the version is
    stored, so that no list needs the texts.
    """

    class Change(models.TextChoices):
        """What is new against the version before. All but the last three are of no interest."""

        FIRST = "first", _("First version")
        SPACING = "spacing", _("Only spaces and marks")
        DATE_LINE = "date_line", _("Only a date line")
        FLIP_FLOP = "flip_flop", _("Back to an earlier text")
        WORDS = "words", _("Changed words")
        CORRECTION = "correction", _("Correction")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    # the composite key (article, story) stands for the plain one
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="versions", db_constraint=False
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    blocks = models.JSONField(default=list)
    text_sha256 = models.CharField(max_length=64)
    correction_note = models.CharField(_("correction note"), max_length=1000, blank=True)
    body_html = models.TextField(blank=True)
    change = models.CharField(_("change"), max_length=10, choices=Change, default=Change.WORDS)
    words = models.PositiveIntegerField(_("words"), default=0)
    extent = models.JSONField(default=dict)
    modified_at = models.DateTimeField(_("changed by the source"), null=True)
    found_in = models.JSONField(default=dict)
    raw_document = models.ForeignKey(
        RawDocument, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = ArticleVersionQuerySet.as_manager()

    if TYPE_CHECKING:
        article_id: int
        story_id: int

    class Meta:
        """Numbers run from 1 without gaps (a trigger sees to it)."""

        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar = ["article", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="version_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"
