"""Inviting people to a desk by mail: sent, answered once, sent again, withdrawn."""

import hashlib
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader import audit
from reader.models import Desk, Invitation, Membership, Role, User
from reader.models.invitations import ONCE, InvitationQuerySet
from reader.services import mails
from reader.services.people import Refused, add_member

LIFETIME = timedelta(days=3)
_TOKEN_BYTES = 32


@transaction.atomic
def invite(*, desk: Desk, email: str, role: Role, actor: User) -> Invitation:
    """Note the invitation; the mail is the caller's to queue, in the same transaction.

    The same is done whether or not the address belongs to an account, so that nobody learns which.
    Raises `Refused` when the address is invited already, or has had too many mails.
    """
    _count(email)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                desk=desk,
                email=email,
                role=role,
                invited_by=actor,
                expires_at=timezone.now() + LIFETIME,
            )
    except IntegrityError as error:
        raise Refused(str(ONCE)) from error
    after = {"desk": desk.pk, "email": email, "role": Role(role).value}
    audit.record("reader.invitation.sent", target=invitation, actor=actor, after=after)
    return invitation


@transaction.atomic
def send_again(*, invitation_id: int, actor: User) -> Invitation:
    """Renew an invitation that has no answer yet: another three days, another link.

    The link in the earlier mail ends. Raises `Refused`.
    """
    invitation = _unanswered(Invitation.objects.filter(pk=invitation_id))
    if invitation is None:
        raise Refused(_("This invitation was accepted or withdrawn."))
    _count(invitation.email)
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.token_sha256 = invitation.mailed_at = None
    invitation.save(update_fields=["expires_at", "token_sha256", "mailed_at"])
    after = {"desk": invitation.desk_id}
    audit.record("reader.invitation.sent_again", target=invitation, actor=actor, after=after)
    return invitation


@transaction.atomic
def withdraw(*, invitation_id: int, actor: User) -> None:
    """End an invitation that has no answer yet. Raises `Refused` where it has one."""
    invitation = _unanswered(Invitation.objects.filter(pk=invitation_id))
    if invitation is None:
        raise Refused(_("This invitation was accepted or withdrawn."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    after = {"desk": invitation.desk_id}
    audit.record("reader.invitation.withdrawn", target=invitation, actor=actor, after=after)


@transaction.atomic
def mail(invitation_id: int, *, site: str) -> None:
    """Make the invitation's link and mail it; one that ended meanwhile is not sent.

    Run twice, it sends two mails, of which the later one works.
    """
    invitation = _unanswered(Invitation.objects.filter(pk=invitation_id))
    if invitation is None:
        return
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    invitation.token_sha256, invitation.mailed_at = _digest(token), timezone.now()
    invitation.save(update_fields=["token_sha256", "mailed_at"])
    mails.send_invitation(invitation, token=token, site=site)


def find_open(token: str) -> Invitation | None:
    """The invitation whose link holds this token, if it can still be used."""
    found = Invitation.objects.open().filter(token_sha256=_digest(token))
    return found.select_related("desk", "invited_by").first()


def account_of(invitation: Invitation) -> User | None:
    """The account that has the invited address already. For who has the link, nobody else."""
    return User.objects.filter(email__iexact=invitation.email).order_by("-is_active", "pk").first()


@transaction.atomic
def accept_as_new(*, token: str, person: User) -> None:
    """Store the new person, whose name and password they chose, as a member of the desk.

    The account gets the invited address. Raises `Refused` when the link was used meanwhile, the
    address has an account, or the name is taken.
    """
    invitation = _usable(token)
    mails.hold(invitation.email)  # two desks may have invited it, and both are answered at once
    if account_of(invitation) is not None:
        raise Refused(_("There is an account with this address already."))
    person.email = invitation.email
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise Refused(_("A user with that username already exists.")) from error
    audit.record(
        "reader.user.added",
        target=person,
        actor=person,
        after={"username": person.get_username(), "email": person.email},
    )
    _accept(invitation, person)


@transaction.atomic
def accept_as(*, token: str, person: User) -> None:
    """Make somebody who has an account a member of the desk.

    Raises `Refused` when the link was used meanwhile, or they are a member already: the role of a
    member is changed by an admin, not by a mail.
    """
    invitation = _usable(token)
    if Membership.objects.filter(desk=invitation.desk_id, user=person).exists():
        raise Refused(_("You are a member of this desk already."))
    _accept(invitation, person)


def _accept(invitation: Invitation, person: User) -> None:
    add_member(desk=invitation.desk, person=person, role=Role(invitation.role), actor=person)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        "reader.invitation.accepted",
        target=invitation,
        actor=person,
        after={"desk": invitation.desk_id, "user": person.pk, "role": invitation.role},
    )


def _usable(token: str) -> Invitation:
    """The open invitation, locked, so that a link works once. Raises `Refused`."""
    found = Invitation.objects.open().filter(token_sha256=_digest(token))
    invitation = _unanswered(found)
    if invitation is None:
        raise Refused(_("This invitation can no longer be used."))
    return invitation


def _unanswered(invitations: InvitationQuerySet) -> Invitation | None:
    """The first of them, locked, unless somebody answered or withdrew it while we waited."""
    return invitations.unanswered().select_for_update(of=("self",)).first()


def _count(email: str) -> None:
    if not mails.reserve(email):
        raise Refused(
            _("%(address)s has had %(count)d mails within an hour. Wait a while, then try again.")
            % {"address": email, "count": mails.MOST}
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
