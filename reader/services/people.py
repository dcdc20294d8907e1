"""People: what they set for themselves, their roles on desks, who is let in.

Whoever loses a right loses their sessions with it: the next request of each leads to the sign-in.
"""

from axes.utils import reset
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from reader import audit
from reader.models import Desk, Invitation, Membership, Role, User
from reader.models.invitations import InvitationQuerySet


class Refused(Exception):
    """A change that cannot be made; `str()` is a sentence for the person, translated."""


@transaction.atomic
def switch_keys(*, person: User, wanted: bool) -> None:
    """Switch the person's single-letter keys on or off."""
    now = User.objects.select_for_update().get(pk=person.pk)
    if now.single_letter_keys == wanted:
        return
    now.single_letter_keys = wanted
    now.save(update_fields=["single_letter_keys"])
    audit.record(
        "reader.user.keys_switched",
        target=now,
        actor=person,
        before={"single_letter_keys": not wanted},
        after={"single_letter_keys": wanted},
    )


@transaction.atomic
def add_member(*, desk: Desk, person: User, role: Role, actor: User | None) -> Membership:
    """Give the person a role on a desk where they have none yet."""
    membership = Membership.objects.create(desk=desk, user=person, role=role)
    after = {"desk": desk.pk, "user": person.pk, "role": Role(role).value}
    audit.record("reader.membership.added", target=membership, actor=actor, after=after)
    return membership


@transaction.atomic
def change_role(*, membership_id: int, role: Role, actor: User) -> None:
    """Give a member another role; a lower one ends their sessions.

    Raises `Refused` for the desk's last admin.
    """
    membership = _held(membership_id)
    held = Role(membership.role)
    if held == role:
        return
    _keep_an_admin(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    where = {"desk": membership.desk_id, "user": membership.user_id}
    audit.record(
        "reader.membership.changed",
        target=membership,
        actor=actor,
        before={**where, "role": held.value},
        after={**where, "role": Role(role).value},
    )
    if not role.includes(held):
        _after_loss(membership, actor)


@transaction.atomic
def remove_member(*, membership_id: int, actor: User) -> None:
    """Take a person off a desk. Their account and their work stay; their sessions end.

    Raises `Refused` for the desk's last admin.
    """
    membership = _held(membership_id)
    _keep_an_admin(membership)
    before = {
        "desk": membership.desk_id,
        "user": membership.user_id,
        "role": Role(membership.role).value,
    }
    audit.record("reader.membership.removed", target=membership, actor=actor, before=before)
    Membership.objects.filter(pk=membership.pk).delete()
    _after_loss(membership, actor)


@transaction.atomic
def deactivate(*, person_id: int, actor: User) -> None:
    """Let the person in no more. Nothing of theirs is deleted; an admin can take it back.

    Raises `Refused` where `actor` may not decide that alone.
    """
    person = _account(person_id, actor)
    if not person.is_active:
        return
    User.objects.filter(pk=person.pk).update(is_active=False)
    audit.record("reader.user.deactivated", target=person, actor=actor)
    end_access(person, actor=actor)


@transaction.atomic
def reactivate(*, person_id: int, actor: User) -> None:
    """Let the person in again, with the roles that they still have.

    Raises `Refused` where `actor` may not decide that alone.
    """
    person = _account(person_id, actor)
    if person.is_active:
        return
    User.objects.filter(pk=person.pk).update(is_active=True)
    audit.record("reader.user.reactivated", target=person, actor=actor)


@transaction.atomic
def lift_lockout(*, person: User, actor: User) -> None:
    """Forget the wrong tries at the person's name, from wherever they came."""
    reset(username=person.get_username())
    audit.record("reader.user.lockout_lifted", target=person, actor=actor)


def password_was_set(person: User) -> None:
    """Record that the person set a new password; wrong tries at the old one no longer count.

    Belongs into the transaction that writes it. Its sessions end by themselves, since each hangs on
    the password's hash.
    """
    reset(username=person.get_username())
    audit.record("reader.user.password_changed", target=person, actor=person)


def end_access(person: User, *, actor: User | None) -> None:
    """End all sessions of a person who loses a right everywhere, and what they can hand on."""
    _end_sessions(person.pk)
    _withdraw(Invitation.objects.filter(invited_by=person), actor)


def _held(membership_id: int) -> Membership:
    """The membership, its desk locked, so that two admins cannot lower each other at once.

    Raises `Refused` if it is gone.
    """
    desk = Desk.objects.select_for_update().filter(memberships=membership_id).first()
    found = desk and desk.memberships.filter(pk=membership_id).first()
    if not found:
        raise Refused(_("This person is no longer a member of the desk."))
    return found


def _keep_an_admin(membership: Membership) -> None:
    """Raise `Refused` if nobody else could sign in and administer the desk."""
    admins = Membership.objects.filter(
        desk=membership.desk_id, role=Role.ADMIN, user__is_active=True
    )
    if membership.role == Role.ADMIN and not admins.exclude(pk=membership.pk).exists():
        raise Refused(_("A desk keeps at least one admin. Give somebody else that role first."))


def _account(person_id: int, actor: User) -> User:
    """The account, locked, if `actor` may let its person in or not.

    Superusers may; admins where each of the person's desks is theirs. Nobody shuts themselves out.
    """
    person = User.objects.select_for_update().get(pk=person_id)
    if person.pk == actor.pk:
        raise Refused(_("You cannot take away your own access. Ask another admin."))
    if actor.is_superuser:
        return person
    desks = set(person.memberships.values_list("desk", flat=True))
    theirs = set(actor.memberships.filter(role=Role.ADMIN).values_list("desk", flat=True))
    if person.is_superuser or not desks or desks - theirs:
        raise Refused(
            _("%(name)s works on other desks too. Remove them from yours, or ask a superuser.")
            % {"name": person.get_username()}
        )
    return person


def _after_loss(membership: Membership, actor: User) -> None:
    """What a lost or lowered role brings with it."""
    _end_sessions(membership.user_id)
    theirs = Invitation.objects.filter(desk=membership.desk_id, invited_by=membership.user_id)
    if not membership.user.is_superuser:
        _withdraw(theirs, actor)


def _end_sessions(person_id: int) -> None:
    User.objects.filter(pk=person_id).update(session_epoch=F("session_epoch") + 1)


def _withdraw(invitations: InvitationQuerySet, actor: User | None) -> None:
    """Withdraw invitations by somebody who may no longer invite: their links are a way back."""
    for invitation in invitations.unanswered().select_for_update():
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
        audit.record(
            "reader.invitation.withdrawn",
            target=invitation,
            actor=actor,
            after={"desk": invitation.desk_id},
        )
