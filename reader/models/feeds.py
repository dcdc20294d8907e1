"""Feeds that are polled, what each poll gave, and the entries that wait in the inbox."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.documents import RawDocument
from reader.models.imports import ImportItem
from reader.models.people import Desk, User
from reader.models.sources import Source
from reader.models.stories import Story

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class FeedQuerySet(models.QuerySet["Feed"]):
    """Sets of feeds, by who asks."""

    def visible_to(self, user: User) -> Self:
        """The feeds of the person's desks."""
        if not user.is_active:
            return self.none()
        return self.filter(desk__memberships__user=user)


class Feed(models.Model):
    """An address of RSS, Atom or JSON that a desk polls.

    With a `story` its entries go straight into that story, those only that hold one of `words`
    (separated by commas) if there are any; without one they wait in the inbox.
    """

    class Outcome(models.TextChoices):
        """What the last poll gave."""

        NEVER = "never", _("Not polled yet")
        READ = "read", _("Read")
        UNCHANGED = "unchanged", _("Unchanged")
        FAILED = "failed", _("Failed")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="feeds")
    address = models.CharField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="feeds"
    )
    story = models.ForeignKey(
        Story,
        verbose_name=_("straight into the story"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feeds",
    )
    words = models.CharField(_("only with one of these words"), max_length=500, blank=True)
    is_active = models.BooleanField(_("polled"), default=True)
    interval_minutes = models.PositiveIntegerField(_("minutes between polls"), default=30)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    last_outcome = models.CharField(
        _("last result"), max_length=10, choices=Outcome, default=Outcome.NEVER
    )
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    last_polled_at = models.DateTimeField(_("last poll"), null=True)
    next_poll_at = models.DateTimeField(_("next poll"), null=True, db_index=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = FeedQuerySet.as_manager()

    if TYPE_CHECKING:
        polls: RelatedManager["FeedPoll"]
        entries: RelatedManager["FeedEntry"]
        desk_id: int
        source_id: int
        story_id: int | None

    class Meta:
        """A desk polls an address once."""

        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "address"], name="feed_address_once"),
            models.CheckConstraint(
                condition=models.Q(interval_minutes__gte=5, interval_minutes__lte=10080),
                name="feed_interval_sensible",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address


class FeedPoll(models.Model):
    """What one poll of a feed gave."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="polls")
    at = models.DateTimeField(_("at"))
    outcome = models.CharField(_("result"), max_length=10, choices=Feed.Outcome)
    http_status = models.PositiveIntegerField(null=True)
    seen = models.PositiveIntegerField(_("entries"), default=0)
    fresh = models.PositiveIntegerField(_("new entries"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)

    if TYPE_CHECKING:
        feed_id: int

    class Meta:
        """Newest first."""

        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.at:%Y-%m-%d %H:%M}"


class FeedEntry(models.Model):
    """One entry of a feed: waiting in the inbox, sent to a story, or put aside.

    `key_sha256` is the hash of what the feed calls it (its guid, else its address), `digest` of
    what it says now, so that a changed entry is seen. `raw_document` holds the entry as it came.
    """

    class Status(models.TextChoices):
        """What became of it."""

        NEW = "new", _("New")
        SENT = "sent", _("Sent to a story")
        DISMISSED = "dismissed", _("Put aside")

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries")
    key_sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    address = models.CharField(_("address"), max_length=2000, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    raw_document = models.ForeignKey(
        RawDocument, null=True, on_delete=models.PROTECT, related_name="+"
    )
    first_seen_at = models.DateTimeField(_("first seen"))
    changed_at = models.DateTimeField(_("changed"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    item = models.ForeignKey(ImportItem, null=True, on_delete=models.PROTECT, related_name="+")
    row_version = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        feed_id: int
        item_id: int | None

    class Meta:
        """An entry of a feed is there once."""

        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["-first_seen_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["feed", "status"], name="feed_entry_by_status"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "key_sha256"], name="feed_entry_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.address


class FeedTrial(models.Model):
    """An address that somebody would like to have polled, tried once before it becomes a feed.

    `found` is what the try gave: title, number of entries, the newest of them, or the feeds that a
    page at this address names. Forgotten after a day.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(_("address"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        """Names for people."""

        verbose_name = _("tried feed")
        verbose_name_plural = _("tried feeds")

    def __str__(self) -> str:
        return self.address
