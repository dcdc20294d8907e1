"""Roles given and taken, people let in and not: what is refused, and what the trail says."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from reader.models import AuditEntry, Desk, Invitation, Membership, Role, User
from reader.services import people
from tests import factories
from tests.personas import Personas, make_personas


@pytest.fixture
def them(db: None) -> Personas:
    return make_personas()


def membership_of(person: User) -> int:
    return person.memberships.get().pk


def entries() -> list[tuple[str, User | None, dict[str, object], dict[str, object]]]:
    return [
        (entry.action, entry.actor, entry.before, entry.after)
        for entry in AuditEntry.objects.order_by("pk")
    ]


def test_a_role_is_changed_and_the_trail_says_from_what_to_what(them: Personas) -> None:
    people.change_role(membership_id=membership_of(them.reader), role=Role.EDITOR, actor=them.admin)
    assert them.reader.memberships.get().role == Role.EDITOR
    where = {"desk": them.desk.pk, "user": them.reader.pk}
    assert entries() == [
        (
            "reader.membership.changed",
            them.admin,
            {**where, "role": "reader"},
            {**where, "role": "editor"},
        )
    ]


def test_the_role_that_one_has_is_no_change(them: Personas) -> None:
    people.change_role(membership_id=membership_of(them.admin), role=Role.ADMIN, actor=them.admin)
    assert entries() == []


def test_a_person_is_taken_off_a_desk_and_their_account_stays(them: Personas) -> None:
    people.remove_member(membership_id=membership_of(them.editor), actor=them.admin)
    assert not them.editor.memberships.exists()
    assert User.objects.get(pk=them.editor.pk).is_active
    before = {"desk": them.desk.pk, "user": them.editor.pk, "role": "editor"}
    assert entries() == [("reader.membership.removed", them.admin, before, {})]


def test_the_last_admin_is_neither_removed_nor_lowered(them: Personas) -> None:
    held = membership_of(them.admin)  # the other admin of the desk is deactivated
    with pytest.raises(people.Refused, match="at least one admin"):
        people.remove_member(membership_id=held, actor=them.admin)
    with pytest.raises(people.Refused, match="at least one admin"):
        people.change_role(membership_id=held, role=Role.EDITOR, actor=them.admin)
    assert them.admin.memberships.get().role == Role.ADMIN
    assert entries() == []


def test_one_of_two_admins_may_go(them: Personas) -> None:
    factories.make_member(them.desk, Role.ADMIN)
    people.remove_member(membership_id=membership_of(them.admin), actor=them.admin)
    assert not them.admin.memberships.exists()


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_lower_each_other_at_once_leave_one() -> None:
    desk = factories.make_desk()
    two = [factories.make_member(desk, Role.ADMIN) for _ in range(2)]
    start = Barrier(2)

    def lower(number: int) -> bool:
        start.wait(10)
        try:
            other = membership_of(two[1 - number])
            people.change_role(membership_id=other, role=Role.READER, actor=two[number])
        except people.Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as threads:
        done = sorted(threads.map(lower, range(2)))
    assert done == [False, True]
    assert Membership.objects.filter(desk=desk, role=Role.ADMIN).count() == 1


def test_a_membership_that_is_gone_is_said_to_be(them: Personas) -> None:
    with pytest.raises(people.Refused, match="no longer a member"):
        people.remove_member(membership_id=0, actor=them.admin)


def test_an_admin_deactivates_and_reactivates_who_works_on_their_desk_alone(
    them: Personas,
) -> None:
    for _ in range(2):
        people.deactivate(person_id=them.editor.pk, actor=them.admin)
    assert not User.objects.get(pk=them.editor.pk).is_active
    for _ in range(2):
        people.reactivate(person_id=them.editor.pk, actor=them.admin)
    assert User.objects.get(pk=them.editor.pk).is_active
    assert them.editor.memberships.get().role == Role.EDITOR
    assert [action for action, *_ in entries()] == [
        "reader.user.deactivated",
        "reader.user.reactivated",
    ]


def someone_elsewhere_too(desk: Desk) -> User:
    person = factories.make_member(desk, Role.READER)
    Membership.objects.create(user=person, desk=factories.make_desk(), role=Role.READER)
    return person


@pytest.mark.parametrize("who", ["oneself", "a superuser", "somebody of two desks", "a stranger"])
def test_an_admin_deactivates_nobody_else(them: Personas, who: str) -> None:
    person = {
        "oneself": lambda: them.admin,
        "a superuser": lambda: factories.make_member(them.desk, Role.READER, is_superuser=True),
        "somebody of two desks": lambda: someone_elsewhere_too(them.desk),
        "a stranger": lambda: them.outsider,
    }[who]()
    with pytest.raises(people.Refused):
        people.deactivate(person_id=person.pk, actor=them.admin)
    person.refresh_from_db()
    assert person.is_active


def test_a_superuser_deactivates_even_the_last_admin_but_not_themselves(them: Personas) -> None:
    root = factories.make_user("root", is_superuser=True)
    people.deactivate(person_id=them.admin.pk, actor=root)
    with pytest.raises(people.Refused, match="your own access"):
        people.deactivate(person_id=root.pk, actor=root)


@pytest.mark.parametrize("how", ["removed", "lowered", "deactivated"])
def test_invitations_of_an_admin_end_with_their_right_to_invite(them: Personas, how: str) -> None:
    root = factories.make_user("root", is_superuser=True)
    leaver = factories.make_member(them.desk, Role.ADMIN)
    theirs, _ = factories.make_invitation(them.desk, leaver)
    other, _ = factories.make_invitation(them.desk, them.admin)
    held = membership_of(leaver)
    if how == "removed":
        people.remove_member(membership_id=held, actor=them.admin)
    elif how == "lowered":
        people.change_role(membership_id=held, role=Role.EDITOR, actor=them.admin)
    else:
        people.deactivate(person_id=leaver.pk, actor=root)
    states = {row.pk: row.state for row in Invitation.objects.all()}
    assert states == {theirs.pk: "withdrawn", other.pk: "open"}
    assert AuditEntry.objects.filter(
        action="reader.invitation.withdrawn", object_id=theirs.pk
    ).exists()
