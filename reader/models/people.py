"""People, the desks they work on, and their role on each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.ingest.times import zones

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def validate_zone(value: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if value not in zones():
        raise ValidationError(_("%(zone)s is not a time zone."), params={"zone": value})


class User(AbstractUser):
    """A person who signs in. People are deactivated, never deleted.

    `zone` is empty for "the desk's zone", `language` for "as the browser asks". `is_demo` marks the
    sign-ins of the demo, which are refused on any address but loopback. All sessions of a person
    end when `session_epoch` grows, which `reader.services.people` does when they lose a right.
    `tour_seen_at`: when they went through the tour or skipped it; NULL offers it.
    """

    class Theme(models.TextChoices):
        """Which colours the pages have."""

        SYSTEM = "system", _("As the system has it")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Contrast(models.TextChoices):
        """How strong they are."""

        SYSTEM = "system", _("As the system has it")
        MORE = "more", _("High contrast")

    class TextSize(models.TextChoices):
        """How large the reports' text is set."""

        NORMAL = "normal", _("Normal")
        LARGE = "large", _("Large")
        LARGER = "larger", _("Larger")

    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    language = models.CharField(_("language"), max_length=12, blank=True)
    single_letter_keys = models.BooleanField(_("single-letter keys"), default=True)
    theme = models.CharField(_("colours"), max_length=8, choices=Theme, default=Theme.SYSTEM)
    contrast = models.CharField(
        _("contrast"), max_length=8, choices=Contrast, default=Contrast.SYSTEM
    )
    text_size = models.CharField(
        _("size of the reports' text"), max_length=8, choices=TextSize, default=TextSize.NORMAL
    )
    tour_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo sign-in"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    if TYPE_CHECKING:
        memberships: RelatedManager["Membership"]

    def get_session_auth_hash(self) -> str:
        """What a session must have been made with to be believed: this password, this epoch."""
        return self._of_this_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same by keys that were in use before."""
        return map(self._of_this_epoch, super().get_session_auth_fallback_hash())

    def _of_this_epoch(self, digest: str) -> str:
        return f"{digest}.{self.session_epoch}"


class Role(models.TextChoices):
    """What a member may do on a desk; each role includes the ones before it."""

    READER = "reader", _("Reader")
    FACT_CHECKER = "fact_checker", _("Fact-checker")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Admin")

    @property
    def rank(self) -> int:
        """The place in the order of roles; a higher rank includes the lower ones."""
        return list(Role).index(self)

    def includes(self, other: "Role") -> bool:
        """Whether a member with this role may do what `other` may."""
        return self.rank >= other.rank


class Desk(models.Model):
    """A team. Stories belong to a desk; a figure holds for `holding_days` (see the glossary)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_zone]
    )
    holding_days = models.PositiveSmallIntegerField(_("holding days"), default=7)

    if TYPE_CHECKING:
        memberships: RelatedManager["Membership"]

    class Meta:
        """Names for people."""

        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The one role that a person has on a desk."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Meta:
        """One role per desk, out of the four."""

        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "desk"], name="membership_one_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_username()} / {self.desk.name}: {self.role}"
