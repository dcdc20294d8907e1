"""Six wrong tries at one name from one address pause it; nobody learns whether the name exists."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains

from reader.models import User
from reader.services import people
from reader.signin import client_address
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return factories.make_user("ada")


def attempt(name: str = "ada", password: str = "wrong", address: str = "127.0.0.1") -> object:
    """The status of a try to sign in: 302 let in, 200 refused, 429 locked out."""
    form = {"username": name, "password": password}
    return Client().post("/sign-in/", form, REMOTE_ADDR=address).status_code


def lock(name: str = "ada") -> None:
    assert [attempt(name) for _ in range(6)] == [200] * 5 + [429]


def test_six_wrong_tries_lock_and_the_right_password_does_not_help(ada: User) -> None:
    lock()
    assert attempt(password="password") == 429


def test_five_wrong_tries_and_a_right_one_count_from_new(ada: User) -> None:
    for _ in range(2):
        assert [attempt() for _ in range(5)] == [200] * 5
        assert attempt(password="password") == 302


def test_others_are_not_locked_out_nor_the_person_at_another_address(ada: User) -> None:
    factories.make_user("ben")
    lock()
    assert attempt("ben", "password") == 302
    assert attempt(password="password", address="192.0.2.7") == 302


def test_the_answer_is_the_same_for_names_that_nobody_has(ada: User) -> None:
    answers = {}
    for name in ("ada", "zora"):
        client = Client()
        form = {"username": name, "password": "wrong"}
        got = [client.post("/sign-in/", form) for _ in range(7)]
        answers[name] = [(one.status_code, text_without_tokens(one.content, name)) for one in got]
    assert answers["ada"] == answers["zora"]


def text_without_tokens(content: bytes, name: str) -> list[str]:
    lines = content.decode().replace(name, "NAME").splitlines()
    return [line for line in lines if "csrf" not in line.lower()]


def test_the_page_says_how_long_and_is_not_kept(ada: User) -> None:
    lock()
    page = Client().post("/sign-in/", {"username": "ada", "password": "wrong"})
    assertContains(page, "for 15 minutes", status_code=429)
    assert "no-store" in page["Cache-Control"]


def test_a_lockout_ends_after_a_while_however_often_one_tries(
    ada: User, settings: Settings
) -> None:
    lock()
    assert attempt() == 429
    long_ago = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    assert attempt(password="password") == 302


def test_a_try_during_a_lockout_does_not_make_it_longer(ada: User) -> None:
    lock()
    before = AccessAttempt.objects.values_list("attempt_time", "failures_since_start")
    counted = list(before.all())
    assert attempt() == 429
    assert list(before.all()) == counted


def test_an_admin_lifts_a_lockout(ada: User) -> None:
    root = factories.make_user("root", is_superuser=True)
    lock()
    people.lift_lockout(person=ada, actor=root)
    assert attempt(password="password") == 302


def test_what_was_typed_as_a_password_is_not_stored(ada: User) -> None:
    attempt(password="my secret guess")
    assert "my secret guess" not in str(list(AccessAttempt.objects.values()))
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("behind", "proxies", "passed", "expected"),
    [
        (False, 1, "203.0.113.9", "10.0.0.1"),  # nobody vouches for the header
        (True, 1, "203.0.113.9", "203.0.113.9"),
        (True, 1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the client made up the first
        (True, 2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (True, 2, "203.0.113.9", "203.0.113.9"),
        (True, 1, "", "10.0.0.1"),
        (True, 1, "2001:db8::0:9", "2001:db8::9"),
        (True, 1, "not an address", None),
    ],
)
def test_the_address_of_who_tries(
    behind: bool,
    proxies: int,
    passed: str,
    expected: str | None,
    settings: Settings,
    rf: RequestFactory,
) -> None:
    settings.BEHIND_PROXY, settings.PROXIES = behind, proxies
    request = rf.get("/", headers={"X-Forwarded-For": passed}, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == expected


def test_without_any_address_a_name_is_locked_all_the_same(ada: User) -> None:
    assert [attempt(address="unix:") for _ in range(6)] == [200] * 5 + [429]
