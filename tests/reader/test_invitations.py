"""Invitations: mailed, answered once, sent again, withdrawn; nobody learns who has an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import AuditEntry, Invitation, Role, User
from reader.services import invitations
from reader.services.people import Refused
from tests import factories, jobs
from tests.personas import Personas, make_personas
from tests.reader.admin_client import signed_in, url
from tests.reader.mailing import link_in, send_waiting

pytestmark = pytest.mark.django_db
PASSWORD = "nine blue harbours"


@pytest.fixture
def them() -> Personas:
    return make_personas()


def invite(them: Personas, email: str = "new@example.org", role: str = "editor") -> Client:
    """Invite as the desk's admin does, on the page."""
    client = signed_in(them.admin)
    form = {"email": email, "desk": them.desk.pk, "role": role}
    assert client.post(url(Invitation, "add"), form).status_code == 302
    return client


def act(client: Client, action: str, *rows: Invitation) -> None:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    assert client.post(url(Invitation, "changelist"), chosen).status_code == 302


def opened(path: str, client: Client | None = None) -> Client:
    """A browser that has followed the mailed link."""
    client = client or Client()
    assertRedirects(client.get(path), "/invitation/")
    return client


def answer(client: Client, name: str = "newcomer") -> int:
    form = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/invitation/", form).status_code


def test_an_invited_person_makes_an_account_and_works_on_the_desk(them: Personas) -> None:
    invite(them)
    (mail,) = send_waiting()
    assert (mail.to, "admin invites you" in str(mail.body)) == (["new@example.org"], True)
    client = opened(link_in(mail))
    assertContains(client.get("/invitation/"), "new@example.org")
    assert answer(client) == 302
    person = User.objects.get(username="newcomer")
    assert (person.email, person.is_staff, person.is_superuser) == (mail.to[0], False, False)
    assert person.memberships.get().role == Role.EDITOR
    client.post("/sign-in/", {"username": "newcomer", "password": PASSWORD})
    assert client.get(f"/stories/{factories.make_story(them.desk).slug}/").status_code == 200


def test_every_step_is_recorded_and_no_secret_is(them: Personas) -> None:
    client = invite(them)
    act(client, "send_again", Invitation.objects.get())
    mail = send_waiting()[-1]
    answer(opened(link_in(mail)))
    person = User.objects.get(username="newcomer")
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "actor")) == [
        ("reader.invitation.sent", them.admin.pk),
        ("reader.invitation.sent_again", them.admin.pk),
        ("reader.user.added", person.pk),
        ("reader.membership.added", person.pk),
        ("reader.invitation.accepted", person.pk),
    ]
    told = str(list(AuditEntry.objects.values())) + str(jobs.job_rows())
    token = link_in(mail).split("/")[2]
    assert token not in told + str(list(Invitation.objects.values()))
    assert PASSWORD not in told


def test_a_link_works_once(them: Personas) -> None:
    invite(them)
    (mail,) = send_waiting()
    first, second = opened(link_in(mail)), opened(link_in(mail))
    assert answer(first) == 302
    assert answer(second, "another") == 410
    assert Client().get(link_in(mail)).status_code == 410
    assert not User.objects.filter(username="another").exists()


def test_a_link_that_others_only_look_at_is_not_used_up(them: Personas) -> None:
    invite(them)
    (mail,) = send_waiting()
    for _ in range(3):
        Client().head(link_in(mail))
        Client().get(link_in(mail))
    assert answer(opened(link_in(mail))) == 302


def test_a_link_ends_after_three_days(them: Personas) -> None:
    invite(them)
    (mail,) = send_waiting()
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.invited_at <= timedelta(days=3, seconds=1)
    client = opened(link_in(mail))
    Invitation.objects.update(expires_at=timezone.now())
    assert answer(client) == 410
    assert Invitation.objects.get().state == "expired"


def test_a_withdrawn_invitation_cannot_be_used_nor_mailed(them: Personas) -> None:
    client = invite(them)
    (mail,) = send_waiting()
    guest = opened(link_in(mail))
    invitation = Invitation.objects.get()
    act(client, "send_again", invitation)
    act(client, "withdraw", invitation)
    assert answer(guest) == 410
    assert len(send_waiting()) == 1
    page = client.get(url(Invitation, "changelist"))
    assertContains(page, "Withdrawn")


def test_an_invitation_that_is_sent_again_has_a_new_link_and_new_days(them: Personas) -> None:
    client = invite(them)
    (first,) = send_waiting()
    Invitation.objects.update(expires_at=timezone.now())
    act(client, "send_again", Invitation.objects.get())
    second = send_waiting()[-1]
    assert Client().get(link_in(first)).status_code == 410
    assert answer(opened(link_in(second))) == 302


def test_an_answered_invitation_is_neither_sent_again_nor_withdrawn(them: Personas) -> None:
    invitation, token = factories.make_invitation(them.desk, them.admin)
    invitations.accept_as(token=token, person=factories.make_user())
    for change in (invitations.send_again, invitations.withdraw):
        with pytest.raises(Refused, match="accepted or withdrawn"):
            change(invitation_id=invitation.pk, actor=them.admin)


def test_the_mail_and_the_answer_to_the_admin_do_not_tell_who_has_an_account(
    them: Personas,
) -> None:
    client, texts = signed_in(them.admin), []
    for email in (them.outsider.email, "nobody@example.org"):
        form = {"email": email, "desk": them.desk.pk, "role": "reader"}
        page = client.post(url(Invitation, "add"), form, follow=True)
        mail = send_waiting()[-1]
        token = link_in(mail).split("/")[2]
        said = [str(message) for message in page.context["messages"]]
        texts.append((str(mail.body).replace(token, "T"), str(said).replace(email, "E")))
    assert texts[0][0].splitlines()[:6] == texts[1][0].splitlines()[:6]
    ids = [str(row.pk) for row in Invitation.objects.order_by("pk")]
    assert texts[0][1].replace(f"/{ids[0]}/", "") == texts[1][1].replace(f"/{ids[1]}/", "")


def test_somebody_known_signs_in_and_joins(them: Personas) -> None:
    invite(them, them.outsider.email)
    (mail,) = send_waiting()
    client = opened(link_in(mail))
    assertContains(client.get("/invitation/"), "/sign-in/?next=/invitation/")
    assert answer(client) == 200  # no second account for the address
    form = {"username": "outsider", "password": "password", "next": "/invitation/"}
    assertRedirects(client.post("/sign-in/", form), "/invitation/")
    assertContains(client.get("/invitation/"), "Join as outsider")
    assertRedirects(client.post("/invitation/", {"answer": "join"}), "/")
    assert them.outsider.memberships.get(desk=them.desk).role == Role.EDITOR
    assert Invitation.objects.get().accepted_by == them.outsider


def test_a_member_is_told_so_and_keeps_their_role(them: Personas) -> None:
    _, token = factories.make_invitation(them.desk, them.admin, role=Role.ADMIN)
    client = opened(f"/invitation/{token}/", signed_in(them.reader))
    page = client.get("/invitation/")
    assertContains(page, "a member of this desk already: Reader")
    assertNotContains(page, "Join as")
    assert client.post("/invitation/", {"answer": "join"}).status_code == 422
    assert them.reader.memberships.get().role == Role.READER


def test_who_is_signed_in_as_somebody_else_can_leave_and_answer(them: Personas) -> None:
    _, token = factories.make_invitation(them.desk, them.admin)
    client = opened(f"/invitation/{token}/", signed_in(them.admin))
    assertRedirects(client.post("/invitation/", {"answer": "leave"}), "/invitation/")
    assert answer(client) == 302
    assert User.objects.get(username="newcomer").memberships.get().desk == them.desk


def test_a_deactivated_persons_link_opens_nothing(them: Personas) -> None:
    _, token = factories.make_invitation(
        them.desk, them.admin, email=them.deactivated.email.upper()
    )
    client = opened(f"/invitation/{token}/")
    assertContains(client.get("/invitation/"), "is deactivated")
    assert answer(client) == 200
    assert not User.objects.filter(username="newcomer").exists()


@pytest.mark.parametrize(
    "form",
    [
        {"username": "newcomer", "password1": "short", "password2": "short"},
        {"username": "newcomer", "password1": "1234567890123", "password2": "not the same"},
        {"username": "Admin", "password1": PASSWORD, "password2": PASSWORD},
        {"username": "", "password1": PASSWORD, "password2": PASSWORD},
        {"username": "n", "password1": "somebody.invited1", "password2": "somebody.invited1"},
    ],
    ids=["short", "different", "taken", "nameless", "like the address"],
)
def test_a_refused_answer_says_why_and_uses_nothing_up(
    them: Personas, form: dict[str, str]
) -> None:
    email = "somebody.invited@example.org"
    _, token = factories.make_invitation(them.desk, them.admin, email=email)
    client = opened(f"/invitation/{token}/")
    page = client.post("/invitation/", form)
    assertContains(page, "errorlist", status_code=422)
    assert "aria-invalid" in page.content.decode()
    assert answer(client) == 302


def test_extra_fields_of_the_answer_give_no_rights(them: Personas) -> None:
    _, token = factories.make_invitation(them.desk, them.admin)
    form = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}
    more = {"is_superuser": "on", "is_staff": "on", "role": "admin", "email": "x@example.org"}
    opened(f"/invitation/{token}/").post("/invitation/", {**form, **more})
    person = User.objects.get(username="newcomer")
    assert (person.is_superuser, person.is_staff, person.email[:5]) == (False, False, "token")
    assert person.memberships.get().role == Role.READER


def test_a_name_that_is_taken_meanwhile_is_refused_by_the_service(them: Personas) -> None:
    _, token = factories.make_invitation(them.desk, them.admin)
    with pytest.raises(Refused, match="already exists"):
        invitations.accept_as_new(token=token, person=User(username="reader"))
    _, token = factories.make_invitation(them.desk, them.admin, email=them.reader.email)
    with pytest.raises(Refused, match="account with this address"):
        invitations.accept_as_new(token=token, person=User(username="newcomer"))


@pytest.mark.parametrize("path", ["/invitation/made-up/", "/invitation/"])
def test_what_is_no_open_invitation_is_gone(path: str, client: Client) -> None:
    page = client.get(path)
    assertContains(page, "cannot be used", status_code=410)
    assert "no-store" in page["Cache-Control"]


def test_the_token_leaks_by_no_address_and_no_copy(them: Personas) -> None:
    _, token = factories.make_invitation(them.desk, them.admin, email="x@example.org")
    client = Client()
    moved = client.get(f"/invitation/{token}/")
    assert moved["Referrer-Policy"] == "no-referrer"
    assert client.get("/invitation/made-up/")["Referrer-Policy"] == "no-referrer"
    page = client.get("/invitation/")
    assert token not in page.content.decode() + moved["Location"]
    for response in (moved, page):
        assert "no-store" in response["Cache-Control"]


def test_a_token_by_itself_is_not_what_the_database_holds(them: Personas) -> None:
    invitation, _ = factories.make_invitation(them.desk, them.admin)
    assert invitation.token_sha256
    assert Client().get(f"/invitation/{invitation.token_sha256}/").status_code == 410
