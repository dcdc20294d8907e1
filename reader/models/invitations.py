"""Invitations to a desk, and how many mails an address has had."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.people import Desk, Role, User

ONCE = _(
    "This address is invited to the desk already. Send that invitation again, or withdraw it first."
)
OPEN = models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sets of invitations, by what has become of them."""

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; they may have run out, and can be sent again."""
        return self.filter(OPEN)

    def open(self) -> Self:
        """Those whose link can still be used."""
        return self.unanswered().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An address is invited to a desk, with a role.

    The link that was mailed holds a random token; only its SHA-256 is kept, so nobody who reads the
    database can use it. There is none while the mail waits to be sent.
    """

    class State(models.TextChoices):
        """What has become of it."""

        OPEN = "open", _("Open")
        EXPIRED = "expired", _("Expired")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    expires_at = models.DateTimeField(_("can be used until"))
    token_sha256 = models.CharField(
        max_length=64, blank=True, null=True, unique=True, editable=False
    )
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """Newest first; one unanswered invitation of an address to a desk."""

        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar = ["-invited_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "desk",
                Lower("email"),
                condition=OPEN,
                name="invitation_one_unanswered",
                violation_error_message=ONCE,
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="invitation_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True)
                | models.Q(withdrawn_at__isnull=True, accepted_by__isnull=False),
                name="invitation_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} / {self.desk.name}: {self.role}"

    @property
    def state(self) -> "Invitation.State":
        """What has become of it by now."""
        if self.accepted_at:
            return Invitation.State.ACCEPTED
        if self.withdrawn_at:
            return Invitation.State.WITHDRAWN
        is_over = self.expires_at <= timezone.now()
        return Invitation.State.EXPIRED if is_over else Invitation.State.OPEN


class MailCount(models.Model):
    """One mail to one address, for the limit on mails an hour. The address is kept as a hash."""

    address_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """Looked up by address."""

        indexes: ClassVar = [
            models.Index(fields=["address_hash", "at"], name="mail_count_by_address")
        ]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]} {self.at:%Y-%m-%d %H:%M}"
