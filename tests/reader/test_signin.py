"""The demo's sign-ins work on this computer only, and only where the server is a demo."""

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from reader.models import User
from reader.signin import SignInBackend, SignInForm

pytestmark = pytest.mark.django_db
PASSWORD = "demo-editor"


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def demo_user() -> User:
    return User.objects.create_user("editor", password=PASSWORD, is_demo=True)


def a_request(address: str = "127.0.0.1") -> HttpRequest:
    return RequestFactory(REMOTE_ADDR=address).post("/sign-in/")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_demo_sign_in_works_from_loopback(demo_user: User, address: str) -> None:
    request = a_request(address)
    assert authenticate(request, username="editor", password=PASSWORD) == demo_user


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "2001:db8::1", "", "unix:"])
def test_demo_sign_in_is_refused_from_elsewhere(demo_user: User, address: str) -> None:
    request = a_request(address)
    assert authenticate(request, username="editor", password=PASSWORD) is None


@pytest.mark.parametrize(
    "header",
    [
        "CF-Connecting-IP",
        "Forwarded",
        "True-Client-IP",
        "Via",
        "X-Client-IP",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Real-IP",
    ],
)
def test_demo_sign_in_is_refused_behind_a_proxy(demo_user: User, header: str) -> None:
    request = RequestFactory(headers={header: "127.0.0.1"}).post("/sign-in/")
    assert authenticate(request, username="editor", password=PASSWORD) is None


def test_demo_sign_in_is_refused_without_the_flag(demo_user: User, settings: Settings) -> None:
    settings.DEMO = False
    assert authenticate(a_request(), username="editor", password=PASSWORD) is None


def test_demo_sign_in_is_refused_without_a_request(demo_user: User) -> None:
    assert SignInBackend().authenticate(None, username="editor", password=PASSWORD) is None


def test_demo_session_is_nobodys_once_the_flag_is_gone(
    demo_user: User, client: Client, settings: Settings
) -> None:
    assert SignInBackend().get_user(demo_user.pk) == demo_user
    settings.DEMO = False
    assert SignInBackend().get_user(demo_user.pk) is None


def test_others_sign_in_from_anywhere() -> None:
    person = User.objects.create_user("ana", password="a long password")
    request = a_request("192.168.1.5")
    assert authenticate(request, username="ana", password="a long password") == person


def test_form_gives_the_reason_only_to_who_knows_the_password(demo_user: User) -> None:
    request = a_request("192.168.1.5")
    right = SignInForm(request, {"username": "editor", "password": PASSWORD})
    wrong = SignInForm(request, {"username": "editor", "password": "guess"})
    assert right.errors.as_data()["__all__"][0].code == "demo"
    assert wrong.errors.as_data()["__all__"][0].code == "invalid_login"
    assert str(wrong.non_field_errors()[0]).startswith("User name or password is wrong.")


def test_deactivated_people_cannot_sign_in() -> None:
    User.objects.create_user("gone", password="a long password", is_active=False)
    assert authenticate(a_request(), username="gone", password="a long password") is None
