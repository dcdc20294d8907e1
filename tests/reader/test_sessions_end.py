"""Sessions end when a right does: the next request of each leads to the sign-in."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from reader.models import Membership, Role, User
from reader.services import people
from tests import factories
from tests.personas import Personas, make_personas
from tests.reader.admin_client import post_row, signed_in, url

pytestmark = pytest.mark.django_db
PAGE = "/preferences/"


@pytest.fixture
def them() -> Personas:
    return make_personas()


@pytest.fixture
def root() -> User:
    return factories.make_user("root", is_superuser=True)


def remove(them: Personas, root: User) -> None:
    page = url(Membership, "delete", them.editor.memberships.get().pk)
    assert signed_in(them.admin).post(page, {"post": "yes"}).status_code == 302


def lower(them: Personas, root: User) -> None:
    assert post_row(signed_in(them.admin), them.editor.memberships.get(), role="reader") == 302


def deactivate(them: Personas, root: User) -> None:
    people.deactivate(person_id=them.editor.pk, actor=them.admin)


def deactivate_on_the_account(them: Personas, root: User) -> None:
    assert post_row(signed_in(root), them.editor, is_active=False) == 302


def deactivate_and_reactivate(them: Personas, root: User) -> None:
    deactivate(them, root)
    people.reactivate(person_id=them.editor.pk, actor=them.admin)


def set_a_password_for_them(them: Personas, root: User) -> None:
    page = reverse("admin:auth_user_password_change", args=[them.editor.pk])
    new = {"password1": "a long enough one", "password2": "a long enough one"}
    assert signed_in(root).post(page, {**new, "usable_password": "true"}).status_code == 302


def change_the_password_elsewhere(them: Personas, root: User) -> None:
    new = {"new_password1": "a long enough one", "new_password2": "a long enough one"}
    elsewhere = signed_in(them.editor)
    done = elsewhere.post("/password/", {**new, "old_password": "password"})
    assert done.status_code == 302
    assert elsewhere.get(PAGE).status_code == 200  # the session that changed it goes on


LOSSES: list[Callable[[Personas, User], None]] = [
    remove,
    lower,
    deactivate,
    deactivate_on_the_account,
    deactivate_and_reactivate,
    set_a_password_for_them,
    change_the_password_elsewhere,
]


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_session_ends_with_the_right(
    lose: Callable[[Personas, User], None], them: Personas, root: User
) -> None:
    client, bystander = signed_in(them.editor), signed_in(them.reader)
    key = client.session.session_key
    assert client.get(PAGE).status_code == 200
    lose(them, root)
    answer = client.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={PAGE}")
    assert bystander.get(PAGE).status_code == 200
    assert not Session.objects.filter(session_key=key).exists()


def test_a_superuser_who_is_one_no_more_signs_in_again(them: Personas, root: User) -> None:
    other = factories.make_user("other", is_superuser=True)
    client = signed_in(other)
    assert post_row(signed_in(root), other, is_superuser=False) == 302
    assert client.get(PAGE).status_code == 302


def test_a_higher_role_ends_no_session(them: Personas) -> None:
    client = signed_in(them.reader)
    held = them.reader.memberships.get().pk
    people.change_role(membership_id=held, role=Role.EDITOR, actor=them.admin)
    assert client.get(PAGE).status_code == 200


def test_an_open_page_is_told_to_leave_for_the_sign_in(them: Personas) -> None:
    client = signed_in(them.editor)
    people.deactivate(person_id=them.editor.pk, actor=them.admin)
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#evidence"}
    answer = client.get(PAGE, headers=htmx)
    assert (answer.status_code, answer["HX-Redirect"][:9]) == (401, "/sign-in/")


def test_who_was_ended_can_sign_in_again_while_they_are_active(them: Personas) -> None:
    lower(them, them.admin)
    client = Client()
    client.post("/sign-in/", {"username": "editor", "password": "password"})
    assert client.get(PAGE).status_code == 200


def test_nobody_takes_away_their_own_access(root: User) -> None:
    client = signed_in(root)
    for right in ("is_active", "is_superuser"):
        post_row(client, root, **{right: False})
    root.refresh_from_db()
    assert (root.is_active, root.is_superuser) == (True, True)
