"""An admin's day with people: inviting, roles, letting in and not; each by desk, each recorded."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from reader.models import AuditEntry, Invitation, Membership, Role, User
from reader.services import mails
from tests import factories, jobs
from tests.personas import Personas, make_personas
from tests.reader.admin_client import post_row, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Personas:
    return make_personas()


def act(person: User, model: type, action: str, *chosen: object) -> str:
    """Run an action of a list; what the page says afterwards."""
    form = {"action": action, "_selected_action": [getattr(row, "pk", 0) for row in chosen]}
    page = signed_in(person).post(url(model, "changelist"), {**form, "post": "yes"}, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


@pytest.mark.parametrize(
    "form",
    [
        {"email": "not an address"},
        {"role": "owner"},
        {"role": ""},
        {"email": "Reader@example.org"},  # a member
        {"email": "TWICE@example.org"},
    ],
    ids=str,
)
def test_an_invitation_that_makes_no_sense_is_refused_with_what_was_typed(
    them: Personas, form: dict[str, str]
) -> None:
    factories.make_invitation(them.desk, them.admin, email="twice@example.org")
    right = {"email": "new@example.org", "desk": str(them.desk.pk), "role": "reader"}
    page = signed_in(them.admin).post(url(Invitation, "add"), {**right, **form})
    assertContains(page, "errorlist")
    assertContains(page, {**right, **form}["email"])
    assert (Invitation.objects.count(), jobs.waiting()) == (1, [])


def test_an_admin_invites_to_their_own_desks_only(them: Personas) -> None:
    elsewhere = them.outsider.memberships.get().desk
    form = {"email": "new@example.org", "desk": elsewhere.pk, "role": "reader"}
    assert signed_in(them.admin).post(url(Invitation, "add"), form).status_code == 200
    assert not Invitation.objects.exists()


def test_the_same_address_may_be_invited_again_once_it_was_withdrawn(them: Personas) -> None:
    row, _ = factories.make_invitation(them.desk, them.admin, email="new@example.org")
    act(them.admin, Invitation, "withdraw", row)
    form = {"email": "New@example.org", "desk": them.desk.pk, "role": "reader"}
    assert signed_in(them.admin).post(url(Invitation, "add"), form).status_code == 302
    assert Invitation.objects.unanswered().get().email == "New@example.org"


def test_the_list_shows_what_waits(them: Personas) -> None:
    waiting, _ = factories.make_invitation(them.desk, them.admin)
    done, _ = factories.make_invitation(
        them.desk, them.admin, accepted_at=waiting.invited_at, accepted_by=them.editor
    )
    theirs, _ = factories.make_invitation(
        them.outsider.memberships.get().desk, them.outsider, email="theirs@example.org"
    )
    client = signed_in(them.admin)
    page = client.get(url(Invitation, "changelist") + "?state=waiting")
    assertContains(page, waiting.email)
    assertNotContains(page, done.email)
    answered = client.get(url(Invitation, "changelist") + "?state=accepted")
    assertContains(answered, done.email)
    assertNotContains(client.get(url(Invitation, "changelist")), theirs.email)
    assertNotContains(client.get(url(Invitation, "change", waiting.pk)), waiting.token_sha256)


def test_actions_reach_no_invitation_of_another_desk(them: Personas) -> None:
    row, _ = factories.make_invitation(them.desk, them.admin)
    act(them.outsider, Invitation, "withdraw", row)
    act(them.outsider, Invitation, "send_again", row)
    row.refresh_from_db()
    assert (row.state, jobs.waiting()) == ("open", [])


def test_an_invitation_is_sent_again_until_the_address_has_had_enough(them: Personas) -> None:
    row, _ = factories.make_invitation(them.desk, them.admin)
    told = [act(them.admin, Invitation, "send_again", row) for _ in range(mails.MOST + 1)]
    assert "On its way again" in told[0]
    assert f"has had {mails.MOST} mails within an hour" in told[-1]
    assert len(jobs.waiting()) == mails.MOST


def test_an_admin_takes_a_person_off_the_desk(them: Personas) -> None:
    held = them.editor.memberships.get()
    client = signed_in(them.admin)
    assertContains(client.get(url(Membership, "delete", held.pk)), "editor")
    assert client.post(url(Membership, "delete", held.pk), {"post": "yes"}).status_code == 302
    assert not them.editor.memberships.exists()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("reader.membership.removed", them.admin)


def test_several_are_taken_off_together_or_none(them: Personas) -> None:
    rows = [person.memberships.get() for person in (them.reader, them.editor, them.admin)]
    factories.make_user()  # nobody's business here
    told = act(them.admin, Membership, "delete_selected", *rows)
    assert "at least one admin" in told
    assert them.desk.memberships.count() == 5
    assert not AuditEntry.objects.exists()
    act(them.admin, Membership, "delete_selected", *rows[:2])
    assert them.desk.memberships.count() == 3


@pytest.mark.parametrize("how", ["lowered", "removed"])
def test_the_last_admin_stays_and_the_page_says_why(them: Personas, how: str) -> None:
    held = them.admin.memberships.get()
    client = signed_in(them.admin)
    if how == "lowered":
        post_row(client, held, role="reader")
        page = client.get(url(Membership, "change", held.pk))
    else:
        client.post(url(Membership, "delete", held.pk), {"post": "yes"})
        page = client.get(url(Membership, "delete", held.pk))
    assertContains(page, "A desk keeps at least one admin.")
    held.refresh_from_db()
    assert held.role == Role.ADMIN


def test_nobody_is_taken_off_another_desk(them: Personas) -> None:
    held = them.outsider.memberships.get()
    client = signed_in(them.admin)
    assert client.post(url(Membership, "delete", held.pk), {"post": "yes"}).status_code == 404
    act(them.admin, Membership, "delete_selected", held)
    assert them.outsider.memberships.exists()


def test_an_admin_deactivates_reactivates_and_lifts_a_lockout(them: Personas) -> None:
    assert "Deactivated: editor" in act(them.admin, User, "deactivate", them.editor)
    assert not User.objects.get(pk=them.editor.pk).is_active
    assert "Reactivated: editor" in act(them.admin, User, "reactivate", them.editor)
    assert User.objects.get(pk=them.editor.pk).is_active
    assert "May try again: editor" in act(them.admin, User, "lift_lockout", them.editor)
    assert "your own access" in act(them.admin, User, "deactivate", them.admin)
    actions = AuditEntry.objects.order_by("pk").values_list("action", "object_id")
    assert list(actions) == [
        ("reader.user.deactivated", them.editor.pk),
        ("reader.user.reactivated", them.editor.pk),
        ("reader.user.lockout_lifted", them.editor.pk),
    ]


def test_people_of_other_desks_cannot_be_reached_by_an_action(them: Personas) -> None:
    act(them.outsider, User, "deactivate", them.editor)
    act(them.outsider, User, "lift_lockout", them.editor)
    assert User.objects.get(pk=them.editor.pk).is_active
    assert not AuditEntry.objects.exists()


def test_the_list_of_people_names_roles_on_the_admins_desks_only(them: Personas) -> None:
    elsewhere = factories.make_desk("Somewhere else")
    Membership.objects.create(user=them.editor, desk=elsewhere, role=Role.READER)
    page = signed_in(them.admin).get(url(User, "changelist"))
    assertContains(page, f"{them.desk.name}: Editor")
    assertNotContains(page, "Somewhere else")


def test_an_admin_reads_in_the_trail_who_changed_which_role_on_their_desk(them: Personas) -> None:
    post_row(signed_in(them.admin), them.reader.memberships.get(), role="editor")
    held = them.editor.memberships.get()
    signed_in(them.admin).post(url(Membership, "delete", held.pk), {"post": "yes"})
    shown = {
        name: signed_in(person).get(url(AuditEntry, "changelist")).content.decode()
        for name, person in (("own", them.admin), ("other", them.outsider))
    }
    for action in ("reader.membership.changed", "reader.membership.removed"):
        assert action in shown["own"]
        assert action not in shown["other"]
