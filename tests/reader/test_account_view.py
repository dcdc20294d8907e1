"""Signing in and out, and the switch for single-letter keys."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from reader.models import AuditEntry, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.make_user("ada")


def test_sign_in_leads_to_where_the_person_wanted_to_go(client: Client, person: User) -> None:
    asked = client.get(reverse("reader:preferences"))
    assertRedirects(asked, "/sign-in/?next=/preferences/")
    done = client.post(
        "/sign-in/", {"username": "ada", "password": "password", "next": "/preferences/"}
    )
    assertRedirects(done, "/preferences/")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(client: Client, person: User, back: str) -> None:
    done = client.post("/sign-in/", {"username": "ada", "password": "password", "next": back})
    assertRedirects(done, "/", fetch_redirect_response=False)


def test_a_wrong_password_keeps_the_name_and_says_so(client: Client, person: User) -> None:
    answer = client.post("/sign-in/", {"username": "ada", "password": "wrong"})
    assertContains(answer, 'value="ada"')
    assertContains(answer, 'role="alert"')


def test_sign_out_ends_the_session_and_needs_a_post(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/sign-out/").status_code == 405
    assertRedirects(client.post("/sign-out/"), "/sign-in/")
    assert client.get("/").status_code == 302


def test_single_letter_keys_are_switched_and_the_person_goes_back(
    client: Client, person: User
) -> None:
    client.force_login(person)
    assertContains(client.get("/preferences/"), 'data-keys="on"')
    done = client.post(
        "/preferences/keys/",
        {"single_letter_keys": "off"},
        headers={"Referer": "http://testserver/preferences/?a=1"},
    )
    assertRedirects(done, "http://testserver/preferences/?a=1")
    assertContains(client.get("/preferences/"), 'data-keys="off"')
    done = client.post(
        "/preferences/keys/",
        {"single_letter_keys": "on"},
        headers={"Referer": "https://evil.example/"},
    )
    assertRedirects(done, "/preferences/")
    assertContains(client.get("/preferences/"), 'data-keys="on"')


def test_a_switch_of_the_keys_is_recorded_once(client: Client, person: User) -> None:
    client.force_login(person)
    for _ in range(2):
        client.post("/preferences/keys/", {"single_letter_keys": "off"})
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id) == (
        "reader.user.keys_switched",
        person,
        person.pk,
    )
    assert (entry.before, entry.after) == (
        {"single_letter_keys": True},
        {"single_letter_keys": False},
    )


@pytest.mark.parametrize("path", ["/sign-in/", "/preferences/", "/password/", "/admin/"])
def test_pages_about_people_are_not_kept_by_browsers(path: str) -> None:
    client = Client()
    if path != "/sign-in/":
        client.force_login(factories.make_user(is_superuser=True))
    page = client.get(path)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
